import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { extractArticle } from '../../src/extract/extract-article.ts';
import { readAnswer, type ForEntry, type PageAnswer } from '../../src/extract/page-wishes.ts';
import type { Article } from '../../src/model/article.ts';
import type { Entry, FeedFacts } from '../../src/model/feed.ts';
import type { FetchedPage } from '../../src/model/fetched-feed.ts';
import type { Source } from '../../src/model/source.ts';
import { anArticle, anEntry, aSource } from '../support/an-entry.ts';

// Each case is a folder: input.json (entry, and what differs from the usual source, feed and moment), page.html if the
// page was fetched, and expected.json, the fields of the article that the case is about.

type Input = {
  readonly entry: Partial<Entry>;
  readonly source?: Partial<Source>;
  readonly feed?: Partial<FeedFacts>;
  readonly page?: FetchedPage | { readonly url: string };
  readonly previous?: Partial<Article>;
  readonly distrust?: string;
  readonly now?: string;
};

const folder = fileURLToPath(new URL('../fixtures/extract/', import.meta.url));
const FIRST_SEEN = '2026-11-20T09:00:00Z';

function pageOf(page: Input['page'], path: string): FetchedPage | null {
  if (page === undefined) return null;
  if ('kind' in page) return page;
  return { kind: 'fetched', url: page.url, contentType: 'text/html', body: new Uint8Array(readFileSync(path)) };
}

function answersOf(
  page: FetchedPage | null,
  given: Omit<ForEntry, 'leadsTo'> & { readonly now: string },
): PageAnswer[] {
  return page === null ? [] : [readAnswer({ url: page.url, as: 'page' }, page, given, [])];
}

const cases = readdirSync(folder).map((name) => {
  const read = (file: string): unknown => JSON.parse(readFileSync(`${folder}${name}/${file}`, 'utf8'));
  return {
    sentence: name.replaceAll('-', ' '),
    input: read('input.json') as Input,
    expected: read('expected.json') as Partial<Article>,
    pagePath: `${folder}${name}/page.html`,
  };
});

test.each(cases)('$sentence', ({ input, expected, pagePath }) => {
  expect(input.page !== undefined && !('kind' in input.page)).toBe(existsSync(pagePath));
  const now = input.now ?? FIRST_SEEN;
  const source = aSource({ url: 'https://www.harbournews.example/feed.xml', ...input.source });
  const article = extractArticle({
    entry: anEntry(input.entry),
    id: 'urn:uuid:1',
    entryId: 'a',
    source,
    feed: {
      url: 'https://www.harbournews.example/feed.xml',
      title: 'Harbour News',
      link: 'https://www.harbournews.example/',
      language: null,
      rights: null,
      licence: null,
      rsl: [],
      authors: [],
      ...input.feed,
    },
    answers: answersOf(pageOf(input.page, pagePath), { entry: anEntry(input.entry), source, now }),
    distrust: input.distrust ?? null,
    firstSeenAt: FIRST_SEEN,
    now,
    previous: input.previous === undefined ? null : anArticle(input.previous),
  });
  const asked = Object.keys(expected) as (keyof Article)[];
  expect(Object.fromEntries(asked.map((key) => [key, article[key]]))).toEqual(expected);
});

describe('any article', () => {
  const given = { entry: anEntry({ id: 'a', link: 'https://www.harbournews.example/a', title: 'A' }) };
  const facts: FeedFacts = {
    url: 'https://www.harbournews.example/feed.xml',
    title: null,
    link: null,
    language: 'de',
    rights: '© Harbour News',
    licence: null,
    rsl: [],
    authors: [{ name: 'The desk', email: null, url: null }],
  };
  const extract = (page: FetchedPage | null): Article =>
    extractArticle({
      ...given,
      id: 'urn:uuid:1',
      entryId: 'a',
      source: aSource(),
      feed: facts,
      answers: answersOf(page, { entry: given.entry, source: aSource(), now: FIRST_SEEN }),
      firstSeenAt: FIRST_SEEN,
      now: FIRST_SEEN,
      previous: null,
    });

  test('takes from the feed what neither entry nor page says', () => {
    const { language, rights, authors } = extract(null);
    expect({ language, rights, authors }).toEqual({
      language: 'de',
      rights: { text: '© Harbour News', licence: null, declared: [] },
      authors: [{ name: 'The desk', email: null, url: null }],
    });
  });

  test.each([
    ['nothing', ''],
    ['tags that never end', '<div>'.repeat(60_000)],
    ['angle brackets', '<'.repeat(200_000)],
    ['one endless attribute', `<a href="${'x'.repeat(300_000)}">t</a>`],
    ['zeroes', '\u0000'.repeat(10_000)],
  ])('is made of a page of %s without an error', (_what, html) => {
    const page: FetchedPage = {
      kind: 'fetched',
      url: 'https://www.harbournews.example/a',
      contentType: null,
      body: new TextEncoder().encode(html),
    };
    expect(extract(page).title).toBe('A');
  });

  test('is the same for the same input', () => {
    expect(extract(null)).toEqual(extract(null));
  });
});
