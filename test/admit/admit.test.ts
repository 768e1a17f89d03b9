import { describe, expect, test } from '@jest/globals';
import { admit, type Admitted } from '../../src/admit/admit.ts';
import { entryMarks } from '../../src/admit/entry-marks.ts';
import type { Entry } from '../../src/model/feed.ts';
import type { KnownEntry } from '../../src/model/ledger.ts';
import type { Source } from '../../src/model/source.ts';
import { anEntry } from '../support/an-entry.ts';

/** A ledger in memory: what a store would answer, over several polls of one source. */
function ledger(identity: Source['identity'] = 'guid') {
  const known = new Map<string, KnownEntry>();
  return (...entries: Entry[]): Admitted[] => {
    const marks = entryMarks(entries, identity);
    const asked = new Set(marks.flatMap(({ aliases }) => aliases.map(({ kind, value }) => `${kind}:${value}`)));
    const found = [...known.values()].filter(({ aliases }) =>
      aliases.some(({ kind, value }) => asked.has(`${kind}:${value}`)),
    );
    const admitted = admit(marks, found, { sourceId: 'harbour', now: '2026-11-24T06:00:00Z' });
    const owned = new Set(
      [...known.values()].flatMap(({ aliases }) => aliases.map(({ kind, value }) => `${kind}:${value}`)),
    );
    for (const { ledger: one } of admitted) {
      const before = known.get(one.articleId);
      const fresh = one.aliases.filter(({ kind, value }) => !owned.has(`${kind}:${value}`));
      for (const { kind, value } of fresh) owned.add(`${kind}:${value}`);
      known.set(one.articleId, { ...one, aliases: [...(before?.aliases ?? []), ...fresh], state: 'published' });
    }
    return admitted;
  };
}

const ids = (admitted: readonly Admitted[]): string[] => admitted.map((one) => one.ledger.articleId);
const kinds = (admitted: readonly Admitted[]): string[] => admitted.map(({ kind }) => kind);
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

describe('two entries of one document', () => {
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
