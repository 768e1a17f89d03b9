import { expect, test } from '@jest/globals';
import type { FetchedPage } from '../../src/model/fetched-feed.ts';
import { refreshDue } from '../../src/pipeline/refresh-due.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { aSource } from '../support/an-entry.ts';

// One feed, whose pages are bad in every way: each costs its own article the page's text, and nothing else.

const HOME = 'https://harbour.example';
const prose = (name: string): string =>
  `Keeper ${name} said on Tuesday that lantern and rope of the ${name} were ready, and that the ${name} boat would sail. `;
const page = (title: string, body: string): string =>
  `<html><head><title>${title}</title></head><body><article><h1>${title}</h1>${body}</article></body></html>`;

const sound = (name: string): Buffer =>
  Buffer.from(page(`The ${name} page`, `<p>${prose(name).repeat(3)}</p>`.repeat(4)));

/** In the order of their dates. Between those that the watch would put together are sound ones. */
const PAGES: Readonly<Record<string, Uint8Array>> = {
  first: sound('first'),
  printed: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(prose('printed').repeat(40))]),
  painted: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array<number>(500).fill(3)]),
  lost: Buffer.from(page('Page not found', '<p>The page you are looking for could not be found.</p>')),
  second: sound('second'),
  parsed: Buffer.from(JSON.stringify({ text: prose('parsed').repeat(20) })),
  third: sound('third'),
  bare: Buffer.from('<html><body></body></html>'),
  fourth: sound('fourth'),
  plain: Buffer.from(prose('plain').repeat(20)),
  fifth: sound('fifth'),
  broken: Buffer.from(page('Oops', '<p>Something went wrong. Please try again later.</p>')),
  sixth: sound('sixth'),
  seventh: sound('seventh'),
  deep: Buffer.from(`<body>${'<div>'.repeat(1_000_000)}${prose('deep')}`),
  eighth: sound('eighth'),
};
const SOUND = new Set(['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth']);
const names = Object.keys(PAGES);

const feed = `<rss version="2.0"><channel><title>Harbour</title><link>${HOME}/</link>${names
  .map(
    (name, at) =>
      `<item><guid isPermaLink="false">${name}</guid><title>The ${name} page</title><pubDate>${new Date(Date.UTC(2026, 10, 1, at)).toUTCString()}</pubDate><link>${HOME}/${name}</link><description>${prose(name)}</description></item>`,
  )
  .join('')}</channel></rss>`;

test('bad pages cost nothing but themselves, and each article says why', async () => {
  await using store = await openMemoryStore();
  const tools = {
    outbound: async ({ url }: { readonly url: string }) => ({
      url,
      status: 200,
      headers: {},
      body: Buffer.from(feed),
      redirects: [],
    }),
    fetchPage: async (url: string): Promise<FetchedPage> => ({
      kind: 'fetched',
      url,
      contentType: 'text/html; charset=utf-8',
      body: PAGES[url.slice(HOME.length + 1)]!,
    }),
    store,
    clock: stoppedClock('2026-11-24T12:00:00Z'),
    log: silentLog,
    limits: { maxFeedBytes: 1_000_000, timeoutMs: 1000 },
  };
  const reports = await Array.fromAsync(
    refreshDue(tools, [aSource()], { which: 'all', atOnce: 4 }, new AbortController().signal),
  );
  expect(reports).toMatchObject([{ outcome: 'refreshed', added: names.length }]);
  expect(reports[0]!.pagesNotHad).toMatchObject({ 'fetch-wrong-type': 4 });

  const articles = new Map((await store.awaitingArticles()).map((one) => [one.entryId, one]));
  expect([...articles.keys()].toSorted()).toEqual(names.toSorted());
  for (const name of names) {
    const { contentFrom, contentHtml, contentReason, title, link } = articles.get(name)!;
    const isSound = SOUND.has(name);
    expect({ name, contentFrom, title, link }).toEqual({
      name,
      contentFrom: isSound ? 'page' : 'summary',
      title: `The ${name} page`,
      link: `${HOME}/${name}`,
    });
    expect(contentHtml).toContain(`Keeper ${name} said`);
    expect(contentReason).toMatch(isSound ? /^the feed holds an excerpt$/ : /; the feed’s (?:text |summary )?is used$/);
  }
  const reasonOf = (name: string): string => articles.get(name)!.contentReason;
  expect(reasonOf('printed')).toContain('it is a PDF file');
  expect(reasonOf('painted')).toContain('it is a picture');
  expect(reasonOf('parsed')).toContain('it is JSON');
  expect(reasonOf('plain')).toContain('it is plain text');
  expect(reasonOf('lost')).toContain('there is none at its address');
  expect(reasonOf('broken')).toContain('tells of an error');
});
