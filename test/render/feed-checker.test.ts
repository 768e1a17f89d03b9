import { beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import type { Edition, EditionEntry } from '../../src/model/edition.ts';
import { renderAtom } from '../../src/render/atom.ts';
import { renderJsonFeed } from '../../src/render/json-feed.ts';
import { renderRss } from '../../src/render/rss.ts';
import { sampleEdition } from '../../bench/support/sample-edition.ts';
import { plusSeconds } from '../../src/support/instant.ts';
import { aFullEntry, anEdition, anEditionEntry } from '../support/an-edition.ts';

// The checker of emitted feeds, where it lies beside the repository: no error and no warning, in any format.

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const checker = `${shared}bench/check-feed.mjs`;
const present = existsSync(checker);
if (!present) console.warn('skipped: the checker of emitted feeds is not beside this repository (../shared/bench)');

type Finding = { readonly code: string; readonly msg: string };
type Checked = {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly entries: readonly unknown[];
};
type Checker = {
  checkFeed(input: Uint8Array, options: object): Promise<Checked>;
  sameSet(results: readonly object[]): readonly Finding[];
};

let check: Checker;

beforeAll(async () => {
  if (present) check = (await import(pathToFileURL(checker).href)) as Checker;
});

const NOW = '2026-11-24T18:00:00Z';

const FORMATS = [
  ['atom', renderAtom, 'application/atom+xml; charset=utf-8'],
  ['rss', renderRss, 'application/rss+xml; charset=utf-8'],
  ['json', renderJsonFeed, 'application/feed+json; charset=utf-8'],
] as const;

/** What the checker says of an edition's documents, each for itself and all together; of their HTML if that is asked. */
async function findings(edition: Edition, { html }: { readonly html: boolean }): Promise<readonly string[]> {
  const said: string[] = [];
  const results: object[] = [];
  for (const [format, render, contentType] of FORMATS) {
    const options = { url: edition.feedLinks[format], contentType, html, now: Date.parse(NOW) };
    const result = await check.checkFeed(new TextEncoder().encode(render(edition)), options);
    said.push(...[...result.errors, ...result.warnings].map(({ code, msg }) => `${format}: ${code}: ${msg}`));
    if (result.entries.length !== edition.entries.length) said.push(`${format}: ${result.entries.length} entries`);
    results.push({ file: format, ...result });
  }
  return [...said, ...check.sameSet(results).map(({ code, msg }) => `${code}: ${msg}`)];
}

/** Entries with ids, pages and dates of their own, newest first. */
function numbered(entries: readonly Partial<EditionEntry>[], updated: string): Edition {
  return anEdition({
    updated,
    entries: entries.map((given, index) =>
      anEditionEntry({
        ...given,
        id: `urn:uuid:00000000-0000-8000-8000-${String(index).padStart(12, '0')}`,
        url: `https://news.example.org/articles/2026/11/${index}.html`,
        published: plusSeconds(updated, -60 * (index + 1)),
        updated: plusSeconds(updated, -60 * index),
      }),
    ),
  });
}

const NEWEST = '2026-11-24T16:00:00Z';

const words = fc
  .array(
    fc.constantFrom(']]>', '&', '< 5', '"', "'", '🌉', '\ufffd', '𝔘', 'جسر', '橋', 'bridge', 'mark:title;', '&amp;'),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((some) => some.join(' '));
const orNull = (one: fc.Arbitrary<string>): fc.Arbitrary<string | null> => fc.option(one, { nil: null });
const address = fc.webUrl({ withQueryParameters: true, validSchemes: ['https'] });

const special: fc.Arbitrary<Partial<EditionEntry>> = fc.record({
  title: words,
  summary: fc.oneof(fc.constant(''), words),
  sourceUrl: orNull(address),
  authors: fc.array(fc.record({ name: words, email: orNull(fc.emailAddress()), url: orNull(address) }), {
    maxLength: 2,
  }),
  categories: fc.array(words, { maxLength: 3 }),
  language: fc.constantFrom('en', 'ar', 'zh-Hant', 'not a language', null),
  rights: orNull(words),
  licence: orNull(address),
  image: fc.option(
    fc.record({
      url: address,
      width: fc.constantFrom(null, 0, 800),
      height: fc.constantFrom(null, 600),
      type: fc.constantFrom(null, 'image/jpg', 'image'),
      alt: orNull(words),
      caption: orNull(words),
      credit: orNull(words),
      licence: orNull(address),
    }),
    { nil: null },
  ),
  enclosures: fc.array(
    fc.record({
      url: address,
      type: fc.constantFrom(null, 'audio/mpeg', 'mp3'),
      lengthBytes: fc.constantFrom(null, 0, 5_000_000),
      title: orNull(words),
      durationSeconds: fc.constantFrom(null, 61),
    }),
    { maxLength: 4 },
  ),
  otherReports: fc.array(fc.record({ title: words, url: address, publisher: words }), { maxLength: 2 }),
});

(present ? describe : describe.skip)('the checker of emitted feeds finds nothing', () => {
  test('in an edition of a hundred entries', async () => {
    expect(await findings(sampleEdition(100), { html: false })).toEqual([]);
  });

  test('in an edition without entries', async () => {
    expect(await findings(anEdition({ entries: [], subtitle: null, icon: null }), { html: true })).toEqual([]);
  });

  test('in entries that have everything, and nothing', async () => {
    const nothing = anEditionEntry({
      sourceUrl: null,
      topicIds: [],
      language: null,
      summary: '',
      publisher: { name: 'Somebody', url: null },
      origin: { id: 'urn:x-test:1', title: 'Somebody', feedUrl: '', siteUrl: null, updated: null, rights: null },
    });
    expect(await findings(numbered([aFullEntry(), nothing, aFullEntry()], NEWEST), { html: true })).toEqual([]);
  });

  test('whatever strangers write', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(special, { minLength: 1, maxLength: 4 }), async (entries) => {
        expect(await findings(numbered(entries, NEWEST), { html: true })).toEqual([]);
      }),
      { numRuns: 40, seed: 20_261_124 },
    );
  });

  test('in titles from the corpus of hostile strings', async () => {
    const file = `${shared}corpus/hostile/strings.jsonl`;
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    const titles = lines.map((line) => (JSON.parse(line) as { readonly text: string }).text).filter(isATitle);
    expect(titles.length).toBeGreaterThan(100);
    expect(
      await findings(
        numbered(
          titles.map((title) => ({ title })),
          NEWEST,
        ),
        { html: false },
      ),
    ).toEqual([]);
  });
});

/** Blank titles and bidi controls do not come this far; `[object Object]` the checker takes for a fault of ours. */
function isATitle(text: string): boolean {
  return text !== '[object Object]' && /[^\s\p{C}]/u.test(text) && !/[\u202a-\u202e\u2066-\u2069]/.test(text);
}
