import { describe, expect, test } from '@jest/globals';
import { sampleEdition } from '../../bench/support/sample-edition.ts';
import { tryMutations } from '../../bench/support/try-mutations.ts';
import type { Edition, EditionEntry } from '../../src/model/edition.ts';
import { gate, gateXml } from '../../src/publish/gate.ts';
import { renderAtom } from '../../src/render/atom.ts';
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

  test('names the place and the difference', () => {
    const meant = anEdition();
    const rendered = anEdition({ entries: [anEditionEntry({ title: 'The bridge is open' })] });
    expect(refusals(rendered, meant)).toEqual([
      'world.atom: /feed[10]/entry[1]/title: "The bridge is open" instead of "The bridge opens"',
      'world.rss: /rss[1]/channel[10]/item[1]/title: "The bridge is open" instead of "The bridge opens"',
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
  publisher: { publisher: { name: 'Other News', url: 'https://harbour.example/' } },
  origin: { origin: { ...aFullEntry().origin, title: 'Other feed' } },
  rights: { rights: '© somebody else' },
  licence: { licence: 'https://creativecommons.org/licenses/by-sa/4.0/' },
  otherReports: { otherReports: [] },
  corrections: { corrections: [] },
};

/** Fields that only JSON Feed has a place for. */
const IN_JSON_ALONE = new Set(['extent', 'extentReason', 'wordCount', 'corrections']);

test.each(Object.keys(OTHERWISE) as (keyof EditionEntry)[])('the gate compares the field %s of an entry', (field) => {
  const meant = anEdition({ entries: [aFullEntry()] });
  const rendered = anEdition({ entries: [aFullEntry(OTHERWISE[field])] });
  const refused = refusals(rendered, meant).map((refusal) => refusal !== null);
  expect(refused).toEqual(IN_JSON_ALONE.has(field) ? [false, false, true] : [true, true, true]);
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
