import { describe, expect, test } from '@jest/globals';
import { sampleArchive, sampleEdition } from '../../bench/support/sample-edition.ts';
import { tryMutations } from '../../bench/support/try-mutations.ts';
import type { Edition, EditionEntry } from '../../src/model/edition.ts';
import { wholeText } from '../../src/model/feed-parts.ts';
import { gate, gateXml, openGate } from '../../src/publish/gate.ts';
import { openAtom, renderAtom } from '../../src/render/atom.ts';
import { renderJsonFeed } from '../../src/render/json-feed.ts';
import { renderOpml } from '../../src/render/opml.ts';
import { renderRss } from '../../src/render/rss.ts';
import { aFullEntry, anEdition, anEditionEntry } from '../support/an-edition.ts';

const RENDERERS = [
  ['atom', renderAtom],
  ['rss', renderRss],
  ['json', renderJsonFeed],
] as const;

/** What the gate says of each format's document of one edition, held against another. */
function refusals(rendered: Edition, meant: Edition): readonly (string | null)[] {
  return RENDERERS.map(([format, render]) => {
    try {
      gate({ path: `world.${format}`, text: render(rendered), format }, meant);
      return null;
    } catch (error) {
      return (error as { readonly detail: string }).detail;
    }
  });
}

describe('the gate', () => {
  test('lets a document through that says what the edition says', () => {
    expect(refusals(sampleEdition(20), sampleEdition(20))).toEqual([null, null, null]);
    expect(refusals(anEdition({ entries: [] }), anEdition({ entries: [] }))).toEqual([null, null, null]);
  });

  test('refuses every single change of a document, of whatever kind', () => {
    const trials = tryMutations(sampleEdition(8), { count: 450, seed: 7 });
    expect(trials).toHaveLength(450);
    expect(new Set(trials.map(({ kind }) => kind))).toEqual(
      new Set([
        'byte',
        'white space',
        'declaration',
        'element',
        'entry',
        'date',
        'id',
        'link',
        'caption',
        'text',
        'namespace',
      ]),
    );
    expect(trials.filter(({ refusal }) => refusal === null)).toEqual([]);
  });

  test('that has found all entries right before refuses every single change all the same', () => {
    const of = (edition: Edition) => tryMutations(edition, { count: 225, seed: 11, gate: 'remembering' });
    const trials = [...of(sampleEdition(8)), ...of(sampleArchive(8))];
    expect(trials).toHaveLength(450);
    expect(trials.filter(({ refusal }) => refusal === null)).toEqual([]);
  });

  test('that knows some entries lets a document with a new one through, and gives its text', () => {
    const ask = openGate();
    const render = openAtom();
    const before = sampleEdition(4);
    ask({ path: 'world.atom', parts: render(before), format: 'atom' }, before);
    const entries = [anEditionEntry({ id: 'urn:x:new' }), ...before.entries.slice(1)];
    const after = { ...before, updated: '2026-11-25T00:00:00Z', entries };
    const parts = render(after);
    expect(ask({ path: 'world.atom', parts, format: 'atom' }, after)).toBe(wholeText(parts));
    expect(wholeText(parts)).toBe(renderAtom(after));
  });

  test('that knows an entry refuses it in another place, and another one in its place', () => {
    const ask = openGate();
    const edition = sampleEdition(4);
    const parts = openAtom()(edition);
    const look = (entries: readonly string[], meant: Edition = edition) =>
      ask({ path: 'world.atom', parts: { ...parts, entries }, format: 'atom' }, meant);
    look(parts.entries);
    const [first, second, ...others] = parts.entries as [string, string, ...string[]];
    expect(() => look([second, first, ...others])).toThrow('not what was meant');
    expect(() => look([first, first, ...others])).toThrow('not what was meant');
    expect(() => look([first, ...others])).toThrow('not what was meant');
    expect(() => look([...parts.entries, first])).toThrow('not what was meant');
    const corrected = { ...edition.entries[0]!, title: 'Corrected' };
    expect(() => look(parts.entries, { ...edition, entries: [corrected, ...edition.entries.slice(1)] })).toThrow(
      'Corrected',
    );
  });

  test('names the place and the difference', () => {
    const meant = anEdition();
    const rendered = anEdition({ entries: [anEditionEntry({ title: 'The bridge is open' })] });
    expect(refusals(rendered, meant)).toEqual([
      'world.atom: /feed[11]/entry[1]/title: "The bridge is open" instead of "The bridge opens"',
      'world.rss: /rss[1]/channel[11]/item[1]/title: "The bridge is open" instead of "The bridge opens"',
      'world.json: $.items.0.title: "The bridge is open" instead of "The bridge opens"',
    ]);
  });

  test('throws gate-refused with the path', () => {
    const document = { path: 'feeds/world.atom', text: '<feed', format: 'atom' } as const;
    expect(() => gate(document, anEdition())).toThrow(
      expect.objectContaining({ name: 'StageError', code: 'gate-refused', url: 'feeds/world.atom' }),
    );
  });

  test('refuses an edition whose ids, texts or addresses no feed may have', () => {
    const twice = anEdition({ entries: [anEditionEntry(), anEditionEntry({ url: 'https://news.example.org/b' })] });
    expect(refusals(twice, twice)[0]).toContain('occurs twice');
    const relative = anEdition({ link: '/topics/world/' });
    expect(refusals(relative, relative)[0]).toContain('"/topics/world/"');
    const empty = anEdition({ entries: [anEditionEntry({ title: '' })] });
    expect(refusals(empty, empty)[0]).toContain('lacks');
  });
});

const OTHERWISE: Readonly<Record<keyof EditionEntry, Partial<EditionEntry>>> = {
  id: { id: 'urn:uuid:00000000-0000-8000-8000-00000000000b' },
  url: { url: 'https://news.example.org/other.html' },
  sourceUrl: { sourceUrl: 'https://harbour.example/other' },
  title: { title: 'Another title' },
  authors: { authors: [{ name: 'Somebody else', email: null, url: null }] },
  categories: { categories: ['Other'] },
  topicIds: { topicIds: ['business'] },
  published: { published: '2026-11-20T08:00:01Z' },
  updated: { updated: '2026-11-20T09:30:01Z' },
  language: { language: 'de' },
  summary: { summary: 'Another summary.' },
  contentHtml: { contentHtml: '<p>Another text.</p>' },
  extent: { extent: 'excerpt' },
  extentReason: { extentReason: 'its page says something else' },
  wordCount: { wordCount: 8 },
  image: { image: { ...aFullEntry().image!, credit: 'Photo: somebody else' } },
  enclosures: { enclosures: aFullEntry().enclosures.slice(1) },
  episode: { episode: { ...aFullEntry().episode!, number: 8 } },
  publisher: { publisher: { name: 'Other News', url: 'https://harbour.example/' } },
  origin: { origin: { ...aFullEntry().origin, title: 'Other feed' } },
  rights: { rights: '© somebody else' },
  licence: { licence: 'https://creativecommons.org/licenses/by-sa/4.0/' },
  otherReports: { otherReports: [] },
  corrections: { corrections: [] },
};

/** Fields that only JSON Feed has a place for. */
const IN_JSON_ALONE = new Set(['extent', 'extentReason', 'wordCount', 'corrections']);
/** What Atom has no place for. */
const NOT_IN_ATOM = new Set([...IN_JSON_ALONE, 'episode']);

test.each(Object.keys(OTHERWISE) as (keyof EditionEntry)[])('the gate compares the field %s of an entry', (field) => {
  const meant = anEdition({ entries: [aFullEntry()] });
  const rendered = anEdition({ entries: [aFullEntry(OTHERWISE[field])] });
  const refused = refusals(rendered, meant).map((refusal) => refusal !== null);
  expect(refused).toEqual([!NOT_IN_ATOM.has(field), !IN_JSON_ALONE.has(field), true]);
});

const OF_EDITION: readonly (readonly [keyof Edition, Partial<Edition>, readonly boolean[]])[] = [
  ['id', { id: 'urn:x:other' }, [true, false, true]],
  ['title', { title: 'Other' }, [true, true, true]],
  ['subtitle', { subtitle: 'Other' }, [true, true, true]],
  ['link', { link: 'https://news.example.org/other/' }, [true, true, true]],
  ['feedLinks', { feedLinks: sampleArchive(1).feedLinks }, [true, true, true]],
  ['language', { language: 'de' }, [true, true, true]],
  ['updated', { updated: '2026-11-24T16:18:26Z' }, [true, true, true]],
  ['author', { author: { name: 'Other', email: null, url: null } }, [true, false, true]],
  ['generator', { generator: 'Other' }, [true, true, true]],
  ['rights', { rights: null }, [true, true, true]],
  ['icon', { icon: null }, [true, true, true]],
  ['stylesheet', { stylesheet: 'https://news.example.org/assets/other.css' }, [true, true, false]],
  ['hub', { hub: null }, [true, true, true]],
  ['paging', { paging: sampleArchive(1).paging }, [true, true, true]],
  ['entries', { entries: [] }, [true, true, true]],
  ['deleted', { deleted: sampleEdition(1).deleted.slice(1) }, [true, false, true]],
  ['variant', { variant: 'excerpt' }, [false, false, true]],
  ['topicId', { topicId: 'other' }, [false, false, true]],
];

test.each(OF_EDITION)('the gate compares the field %s of an edition', (_field, otherwise, expected) => {
  const meant = sampleEdition(1);
  expect(refusals({ ...meant, ...otherwise }, meant).map((refusal) => refusal !== null)).toEqual(expected);
});

test('every field of an edition is compared, or names a place alone', () => {
  const compared = new Set<string>(OF_EDITION.map(([field]) => field));
  expect(Object.keys(sampleEdition(1)).filter((field) => !compared.has(field))).toEqual(['path']);
});

describe('an edition that no feed may be made of', () => {
  test.each([
    ['a relative hub', { hub: '/hub' }, '/hub'],
    ['a relative style sheet', { stylesheet: 'feed.css' }, 'feed.css'],
    [
      'a relative archive',
      { paging: { previous: { atom: '/1', rss: '/1', json: '/1' }, next: null, current: null } },
      '/1',
    ],
    [
      'an entry that was taken back',
      { deleted: [{ id: sampleEdition(1).entries[0]!.id, at: '2026-11-24T16:18:25Z' }] },
      'taken back',
    ],
  ])('has %s', (_what, otherwise, named) => {
    const edition = { ...sampleEdition(1), ...otherwise };
    expect(refusals(edition, edition)).toEqual([0, 1, 2].map(() => expect.stringContaining(named)));
  });
});

describe('other XML', () => {
  const meant = { root: 'opml', namespace: '' };
  const opml = renderOpml({ title: 'Sources', outlines: [] });

  test('passes when it is well-formed, of that root, and written in our way', () => {
    gateXml({ path: 'sources.opml', text: opml }, meant);
  });

  test.each([
    ['is cut off', opml.slice(0, -9)],
    ['has another root', opml.replaceAll('opml', 'omel')],
    ['is of another namespace', opml.replace('<opml ', '<opml xmlns="urn:x" ')],
    ['holds a comment', opml.replace('<head>', '<!-- a --><head>')],
    ['is written otherwise', opml.replace('"2.0"', "'2.0'")],
  ])('is refused when it %s', (_how, text) => {
    expect(() => gateXml({ path: 'sources.opml', text }, meant)).toThrow('not what was meant');
  });
});
