import { describe, expect, test } from '@jest/globals';
import type { Entry } from '../../src/model/feed.ts';
import { anEntry } from '../support/an-entry.ts';
import { entryMarks } from '../../src/admit/entry-marks.ts';
import { ids, kinds, remembered as ledger } from './remembered.ts';

const entry = (id: string | null, link: string | null, title = 'A title'): Entry => anEntry({ id, link, title });

describe('an entry', () => {
  test('is new once, and costs nothing when it comes again', () => {
    const poll = ledger();
    expect(kinds(poll(entry('a', 'https://x.example/a')))).toEqual(['new']);
    const again = poll(entry('a', 'https://x.example/a'));
    expect(kinds(again)).toEqual(['known']);
    expect(again[0]!.learnt).toBe(false);
  });

  test('has the same id in every history that begins alike', () => {
    expect(ids(ledger()(entry('a', null)))).toEqual(
      ids(ledger()(entry('a', 'https://x.example/elsewhere', 'Other words'))),
    );
  });

  test.each([
    ['a new guid', entry('b', 'https://x.example/a')],
    ['https instead of http', entry('c', 'http://www.x.example/a')],
    ['tracking parameters', entry('c', 'https://x.example/a?utm_source=rss')],
    ['a moved permalink', entry('a', 'https://x.example/2026/a')],
    ['an edited title', entry('a', 'https://x.example/a', 'Another title')],
    ['no guid any more', entry(null, 'https://x.example/a')],
  ])('keeps its id through %s', (_, later) => {
    const poll = ledger();
    const first = ids(poll(entry('a', 'https://x.example/a')));
    expect(ids(poll(later))).toEqual(first);
  });

  test('is known under each of its marks, one change after the other', () => {
    const poll = ledger();
    const first = ids(poll(entry('a', 'https://x.example/a')));
    poll(entry('b', 'https://x.example/a'));
    expect(ids(poll(entry('b', 'https://x.example/b')))).toEqual(first);
  });

  test('without guid and link is known by its title and date', () => {
    const poll = ledger();
    const first = poll(anEntry({ title: 'Notice', published: '2026-11-01T00:00:00Z' }));
    expect(kinds(poll(anEntry({ title: 'Notice', published: '2026-11-01T00:00:00Z' })))).toEqual(['known']);
    expect(ids(poll(anEntry({ title: 'Notice', published: '2026-11-02T00:00:00Z' })))).not.toEqual(ids(first));
  });
});

describe('a link that several entries have one after the other', () => {
  const release = (version: number, more: Partial<Entry> = {}): Entry =>
    anEntry({
      id: `v${version}`,
      link: 'https://x.example/changes',
      title: `Version ${version}`,
      published: `2026-11-0${version}T07:30:00Z`,
      ...more,
    });

  test('is no sign that they are one', () => {
    const poll = ledger();
    const first = ids(poll(release(1)));
    const second = poll(release(2));
    expect(kinds(second)).toEqual(['new']);
    expect(ids(second)).not.toEqual(first);
    expect(kinds(poll(release(1)))).toEqual(['known']);
    expect(kinds(poll(release(2)))).toEqual(['known']);
  });

  test('is none either where all have the same title, and each its date', () => {
    const poll = ledger();
    const each = [1, 2, 3].map((day) => ids(poll(release(day, { title: 'Daily digest' })))[0]);
    expect(new Set(each).size).toBe(3);
  });

  test('is none either where the parts of one page are linked to', () => {
    const poll = ledger();
    const part = (version: number): Entry =>
      entry(`v${version}`, `https://x.example/changes#v${version}`, `Version ${version}`);
    const first = ids(poll(part(1)));
    expect(kinds(poll(part(2)))).toEqual(['new']);
    expect(ids(poll(part(1)))).toEqual(first);
  });

  test('is none without guids either, where the address names a part of the page', () => {
    const poll = ledger();
    expect(kinds(poll(entry(null, 'https://x.example/changes#v1', 'One')))).toEqual(['new']);
    expect(kinds(poll(entry(null, 'https://x.example/changes#v2', 'Two')))).toEqual(['new']);
  });

  test('counts as shared however it is written', () => {
    const poll = ledger();
    const first = poll(entry('a', 'https://x.example/alerts'), entry('b', 'http://x.example/alerts?utm_source=rss'));
    expect(new Set(ids(first)).size).toBe(2);
    expect(kinds(poll(entry('c', 'https://x.example/alerts', 'A title')))).toEqual(['new']);
  });

  test('is enough where the date agrees, or where the guid was but the address', () => {
    const poll = ledger();
    const first = ids(poll(release(1)));
    expect(ids(poll(release(1, { id: 'other', title: 'Version 1, corrected' })))).toEqual(first);
    const other = ledger();
    const permalink = ids(other(entry('http://x.example/a', 'http://x.example/a', 'One')));
    expect(ids(other(entry('https://x.example/a', 'https://x.example/a', 'One, edited')))).toEqual(permalink);
  });

  test('needs more than a date that is but a day', () => {
    const poll = ledger();
    const day = '2026-11-24T00:00:00Z';
    poll(release(1, { published: day }));
    expect(kinds(poll(release(2, { published: day })))).toEqual(['new']);
  });
});

describe('entries without guids that pile up under one link', () => {
  test('are known again, and never written over', () => {
    const poll = ledger();
    const alert = (title: string): Entry => entry(null, 'https://x.example/alerts', title);
    const first = ids(poll(alert('One')));
    const both = poll(alert('Two'), alert('One'));
    expect(kinds(both)).toEqual(['new', 'known']);
    expect(ids(both)[1]).toBe(first[0]);
    expect(kinds(poll(alert('Three'), alert('Two')))).toEqual(['new', 'known']);
  });
});

describe('two entries of one document', () => {
  test('that are the same in everything are one, and known the next time', () => {
    const poll = ledger();
    const one = entry('a', 'https://x.example/a');
    expect(entryMarks([one, { ...one }], 'guid')).toHaveLength(1);
    expect(kinds(poll(one, { ...one }))).toEqual(['new']);
    expect(kinds(poll(one, { ...one }, entry('b', 'https://x.example/b')))).toEqual(['known', 'new']);
  });

  test.each(['guid', 'link', 'title'] as const)('that differ in their text alone stay two (policy %s)', (identity) => {
    const poll = ledger(identity);
    const twin = (text: string): Entry => ({
      ...entry('same', 'https://x.example/1', 'One'),
      content: { type: 'text', value: text },
    });
    const both = [twin('first'), twin('second')];
    const first = ids(poll(...both));
    expect(new Set(first).size).toBe(2);
    const again = poll(...both.toReversed());
    expect(kinds(again)).toEqual(['known', 'known']);
    expect(ids(again)).toEqual(first.toReversed());
    expect(again.some(({ learnt }) => learnt)).toBe(false);
    expect(ids(poll(both[1]!))).toEqual([first[1]]);
  });

  test('that share a guid, of which one is gone, do not lend it to the next', () => {
    const poll = ledger();
    const numbered = (number: number): Entry => entry('same', `https://x.example/${number}`, `Number ${number}`);
    const first = ids(poll(numbered(1), numbered(2)));
    const next = poll(numbered(2), numbered(3));
    expect(kinds(next)).toEqual(['known', 'new']);
    expect(first).not.toContain(ids(next)[1]);
  });

  test('that share a guid stay two, poll after poll, also alone', () => {
    const poll = ledger();
    const both = [entry('same', 'https://x.example/1', 'One'), entry('same', 'https://x.example/2', 'Two')];
    const first = ids(poll(...both));
    expect(new Set(first).size).toBe(2);
    expect(ids(poll(...both.toReversed()))).toEqual(first.toReversed());
    expect(ids(poll(both[1]!))).toEqual([first[1]]);
  });

  test('that share guid and link stay two by their titles', () => {
    const poll = ledger();
    const both = [entry('same', 'https://x.example/', 'One'), entry('same', 'https://x.example/', 'Two')];
    const first = ids(poll(...both));
    expect(new Set(first).size).toBe(2);
    expect(kinds(poll(...both))).toEqual(['known', 'known']);
  });

  test('that all link to the home page are told apart by their guids', () => {
    const poll = ledger();
    const first = ids(poll(entry('a', 'https://x.example/'), entry('b', 'https://x.example/')));
    expect(new Set(first).size).toBe(2);
    expect(kinds(poll(entry('c', 'https://x.example/'), entry('a', 'https://x.example/')))).toEqual(['new', 'known']);
  });
});

describe('the policy of a source', () => {
  test('link: guids that change with every poll do no harm', () => {
    const poll = ledger('link');
    const first = ids(poll(entry('1', 'https://x.example/a'), entry('2', 'https://x.example/b')));
    expect(ids(poll(entry('3', 'https://x.example/a'), entry('4', 'https://x.example/b')))).toEqual(first);
  });

  test('title: nothing else counts', () => {
    const poll = ledger('title');
    const first = ids(poll(entry('1', 'https://x.example/a', 'Weather')));
    expect(ids(poll(entry('2', 'https://x.example/b', 'WEATHER')))).toEqual(first);
    expect(ids(poll(entry('1', 'https://x.example/a', 'Tides')))).not.toEqual(first);
  });
});
