import { beforeAll, describe, expect, test } from '@jest/globals';
import { extract } from '../../bench/adapters/articles.ts';
import { parse } from '../../bench/adapters/feeds.ts';
import { sanitise } from '../../bench/adapters/sanitise.ts';
import { sourceLink } from '../../bench/adapters/source-links.ts';
import { readArticles } from '../../demo/newsroom/read-articles.ts';
import { PUBLISHERS } from '../../demo/newsroom/publishers.ts';
import { startNewsroom } from '../../demo/newsroom/start-newsroom.ts';
import { bodyText } from '../../src/extract/body/body-text.ts';
import type { Article } from '../../src/model/article.ts';
import { refreshSource, type RefreshTools } from '../../src/pipeline/refresh-source.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { aSource } from '../support/an-entry.ts';

// What is measured in bench/ is what runs: the adapters and the pipeline give the same for the same bytes.

const NOW = '2026-11-24T06:00:00Z';
type Bytes = { readonly body: Uint8Array; readonly contentType: string | null };
type Parsed = {
  readonly items: readonly {
    readonly id?: string;
    readonly title?: string;
    readonly url?: string;
    readonly published?: string;
  }[];
};

const seen = { feeds: new Map<string, Bytes>(), pages: new Map<string, Bytes>(), articles: [] as Article[] };

async function bytesOf(url: string): Promise<Bytes> {
  const response = await fetch(url);
  return { body: new Uint8Array(await response.arrayBuffer()), contentType: response.headers.get('content-type') };
}

beforeAll(async () => {
  await using newsroom = await startNewsroom({
    articles: readArticles(),
    epoch: NOW,
    round: 0,
    ports: PUBLISHERS.map(() => 0),
    controlPort: 0,
    slowMs: 1,
  });
  await using store = await openMemoryStore();
  const tools: RefreshTools = {
    outbound: async ({ url }) => {
      const bytes = await bytesOf(url);
      seen.feeds.set(url, bytes);
      return {
        url,
        status: 200,
        headers: { 'content-type': bytes.contentType ?? '' },
        body: bytes.body,
        redirects: [],
      };
    },
    fetchPage: async (url) => {
      const bytes = await bytesOf(url);
      seen.pages.set(url, bytes);
      return { kind: 'fetched', url, ...bytes };
    },
    store,
    clock: stoppedClock(NOW),
    log: silentLog,
    limits: { maxFeedBytes: 1e7, timeoutMs: 1000 },
  };
  for (const { id, title, feed } of newsroom.publishers) {
    if (id === 'ghost-town') continue;
    await refreshSource(
      tools,
      aSource({ id, title, url: feed, content: id === 'tidewater-times' ? 'page' : 'auto' }),
      null,
      new AbortController().signal,
    );
  }
  seen.articles = [...(await store.awaitingArticles())];
}, 30_000);

const articlesOf = (feed: string): Article[] =>
  seen.articles.filter(
    ({ link, sourceId }) => link !== null && new URL(link).port === new URL(feed).port && sourceId !== '',
  );

describe('the adapters', () => {
  test('were given something: thirteen feeds, some pages, a hundred articles', () => {
    expect([seen.feeds.size, seen.pages.size > 20, seen.articles.length > 100]).toEqual([13, true, true]);
  });

  test('read the same entries out of a feed as the pipeline', async () => {
    for (const [url, { body, contentType }] of seen.feeds) {
      const { items } = (await parse(body, { contentType: contentType ?? '', url })) as Parsed;
      const stored = articlesOf(url);
      expect(stored.length).toBeGreaterThan(4);
      for (const { entryId, published } of stored) {
        const item = items.find(({ id, url: link }) => id === entryId || link === entryId);
        expect([entryId, item?.published ?? published]).toEqual([entryId, published]);
      }
    }
  });

  test('read the same body, picture and authors out of a page as the pipeline', () => {
    const fromPages = seen.articles.filter(
      ({ contentFrom, link }) => contentFrom === 'page' && link !== null && seen.pages.has(link),
    );
    expect(fromPages.length).toBeGreaterThan(8);
    for (const article of fromPages) {
      const read = extract(seen.pages.get(article.link!)!.body, { url: article.link! }) as {
        readonly articleBody: string;
        readonly image: string | null;
      };
      expect(bodyText(article.contentHtml)).toBe(read.articleBody);
      if (read.image !== null) expect(article.image?.url).toBe(read.image);
    }
  });

  test('find the same source of a page as the pipeline', () => {
    const found = seen.articles.filter(
      ({ link, sourceLink: source }) => source !== null && link !== null && seen.pages.has(link),
    );
    for (const article of found) {
      const html = new TextDecoder().decode(seen.pages.get(article.link!)!.body);
      expect(sourceLink({ html, url: article.link!, item: null }).url).toBe(article.sourceLink!.url);
    }
    expect(found.filter(({ link, sourceLink: source }) => source!.url !== link).length).toBeGreaterThan(5);
  });

  test('sanitise as the pipeline does: what was stored is what the sanitiser would leave', () => {
    for (const { contentHtml, link } of seen.articles)
      expect(sanitise(contentHtml, { baseUrl: link! })).toBe(contentHtml);
  });
});
