import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Edition, EditionEntry } from '../../src/model/edition.ts';
import { gate } from '../../src/publish/gate.ts';
import { layOutAtom, layOutJsonFeed, layOutRss } from '../../src/render/feed-layout.ts';
import { renderAtom } from '../../src/render/atom.ts';
import { renderJsonFeed } from '../../src/render/json-feed.ts';
import { renderRss } from '../../src/render/rss.ts';
import { aFullEntry, anEdition, anEditionEntry } from '../support/an-edition.ts';

const RENDERERS = [
  { format: 'atom', render: renderAtom, layOut: layOutAtom },
  { format: 'rss', render: renderRss, layOut: layOutRss },
  { format: 'json', render: renderJsonFeed, layOut: layOutJsonFeed },
] as const;

type Format = (typeof RENDERERS)[number]['format'];
/** An edition with one plain entry, and what is special about it. */
type Input = { readonly edition?: Partial<Edition>; readonly entry?: Partial<EditionEntry> };
/** Pieces that the document of each format has, and pieces that it has not. */
type Expected = Readonly<Record<Format, { readonly has: readonly string[]; readonly lacks: readonly string[] }>>;

const folder = fileURLToPath(new URL('../fixtures/render/', import.meta.url));
const cases = readdirSync(folder).map((name) => ({
  sentence: name.replaceAll('-', ' '),
  input: JSON.parse(readFileSync(`${folder}${name}/input.json`, 'utf8')) as Input,
  expected: JSON.parse(readFileSync(`${folder}${name}/expected.json`, 'utf8')) as Expected,
}));

test.each(cases)('$sentence', ({ input, expected }) => {
  const edition = anEdition({ entries: [anEditionEntry(input.entry ?? {})], ...input.edition });
  for (const { format, render } of RENDERERS) {
    const text = render(edition);
    for (const piece of expected[format].has) expect(text).toContain(piece);
    for (const piece of expected[format].lacks) expect(text).not.toContain(piece);
    gate({ path: `world.${format}`, text, format }, edition);
  }
});

test('the same edition gives the same bytes', () => {
  const edition = (): Edition => anEdition({ entries: [aFullEntry(), anEditionEntry({ id: 'urn:x:2' })] });
  for (const { render } of RENDERERS) expect(render(edition())).toBe(render(edition()));
});

test('ids, order, titles and dates agree in the three formats', () => {
  const entries = [aFullEntry(), anEditionEntry({ id: 'urn:x:2', title: 'Second' })];
  const edition = anEdition({ entries });
  const json = JSON.parse(renderJsonFeed(edition)) as { readonly items: readonly { readonly id: string }[] };
  const ids = entries.map(({ id }) => id);
  expect(json.items.map(({ id }) => id)).toEqual(ids);
  expect([...renderAtom(edition).matchAll(/<id>(.*?)<\/id>\n {8}<link rel="alt/g)].map(([, id]) => id)).toEqual(ids);
  expect([...renderRss(edition).matchAll(/<guid isPermaLink="false">(.*?)</g)].map(([, id]) => id)).toEqual(ids);
});

test('the feed package lays out the documents: what takes its place is seen in them', () => {
  const edition = anEdition();
  for (const { format, render, layOut } of RENDERERS) {
    const another = (): string => layOut().replace('mark:title;', 'laid out by another: mark:title;');
    expect(layOut()).toContain('mark:title;');
    const text = render(edition, another);
    // In JSON a string is one mark or stays as it is.
    expect(text).toContain(`laid out by another: ${format === 'json' ? 'mark:title;' : edition.title}`);
    expect(() => gate({ path: 'x', text, format }, edition)).toThrow('laid out by another');
  }
});

test('a layout of which nothing is known comes out as it is, and the gate refuses it', () => {
  const text = renderAtom(anEdition(), () => 'not XML at all\n<feed>\n');
  expect(text).toBe('not XML at all\n<feed/>\n');
  expect(() => gate({ path: 'x', text, format: 'atom' }, anEdition())).toThrow('not what was meant');
});

test('the feed package is given no word of the edition', () => {
  for (const { layOut } of RENDERERS) {
    const fixed = layOut();
    expect(fixed).toBe(layOut());
    expect(fixed).not.toMatch(/\d{4}-\d\d-\d\d/);
  }
});
