import { expect, test } from '@jest/globals';
import type { FetchedPage } from '../../src/model/fetched-feed.ts';
import type { SourceAuth } from '../../src/model/source.ts';
import { askPages, makeArticle, type FetchPage, type Reading } from '../../src/pipeline/read-article.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import { anEntry, aSource } from '../support/an-entry.ts';

// An entry that passes on what another site wrote, and what is asked for its sake.

const HOME = 'https://harbour.example';
const SHORT = 'https://bit.ly/3xBridge';
const ORIGINAL = 'https://north.example/bridge-report';
const NOW = '2026-11-24T12:00:00Z';
const signal = new AbortController().signal;

const toRead = {
  entry: anEntry({ id: 'a', title: 'The bridge report', link: `${HOME}/bridge` }),
  ledger: { articleId: 'urn:uuid:1', entryId: 'a', firstSeenAt: NOW },
};
const facts = {
  url: `${HOME}/feed`,
  title: null,
  link: null,
  language: null,
  rights: null,
  licence: null,
  rsl: [],
  authors: [],
};
const reading: Reading = { source: aSource({ follow: true }), feed: facts, previous: new Map(), now: NOW };

const report = Array.from(
  { length: 9 },
  (_, n) => `<p>In part ${n} of the bridge report the harbour master counts ${n * 7 + 4} ships and speaks of them.</p>`,
).join('');
const pages: Readonly<Record<string, string>> = {
  [`${HOME}/bridge`]: `<title>The bridge report</title><article><p>A report on the bridge is out, and it is well worth reading.</p><p><a href="${SHORT}">Read the original article</a></p></article>`,
  [ORIGINAL]: `<title>The bridge report</title><article>${report}</article>`,
};

test('where a redirector leads is asked as anybody, pages as the source knows us', async () => {
  await using store = await openMemoryStore();
  const auth: SourceAuth = { scheme: { kind: 'bearer', tokenEnv: 'TOKEN' }, headerEnvs: {} };
  const source = aSource({ follow: true, auth });
  const askers: [string, unknown][] = [];
  const fetchPage: FetchPage = async (url, asker) => {
    askers.push([url, asker.auth]);
    const target = url === SHORT ? ORIGINAL : url;
    return { kind: 'fetched', url: target, contentType: 'text/html', body: Buffer.from(pages[target]!) };
  };
  await askPages({ fetchPage, store }, toRead, { ...reading, source }, signal);
  expect(askers).toEqual([
    [`${HOME}/bridge`, auth],
    [SHORT, null],
    [ORIGINAL, auth],
  ]);
});

async function asked(store: Awaited<ReturnType<typeof openMemoryStore>>, site = pages) {
  const addresses: string[] = [];
  const fetchPage = async (wished: string): Promise<FetchedPage> => {
    addresses.push(wished);
    const url = wished === SHORT ? ORIGINAL : wished;
    const html = site[url];
    if (html === undefined) return { kind: 'not-fetched', url, code: 'fetch-timed-out', reason: 'no answer in time' };
    return { kind: 'fetched', url, contentType: 'text/html; charset=utf-8', body: Buffer.from(html) };
  };
  return { addresses, pages: await askPages({ fetchPage, store }, toRead, reading, signal) };
}

test('a redirector is followed once, and remembered', async () => {
  await using store = await openMemoryStore();
  expect((await asked(store)).addresses).toEqual([`${HOME}/bridge`, SHORT, ORIGINAL]);
  expect((await asked(store)).addresses).toEqual([`${HOME}/bridge`, ORIGINAL]);
});

test('a redirector that does not answer is asked again with the next entry', async () => {
  await using store = await openMemoryStore();
  const { [ORIGINAL]: _gone, ...rest } = pages;
  expect((await asked(store, rest)).addresses).toEqual([`${HOME}/bridge`, SHORT]);
  expect((await asked(store)).addresses).toEqual([`${HOME}/bridge`, SHORT, ORIGINAL]);
});

test('a page that is not believed is missed, unless the true source’s was had', async () => {
  const distrust = { says: 'the source’s pages have changed their shape', code: 'page-unlike' };
  await using store = await openMemoryStore();
  const had = await asked(store);
  expect(makeArticle(toRead, had.pages, reading, distrust)).toMatchObject({
    pageCode: null,
    article: { contentReason: 'taken from the true source, north.example', sourceLink: { url: ORIGINAL } },
  });
  const { [ORIGINAL]: _gone, ...rest } = pages;
  const lost = await asked(store, rest);
  expect(lost.addresses).toEqual([`${HOME}/bridge`, ORIGINAL]);
  expect(makeArticle(toRead, lost.pages, reading, distrust).pageCode).toBe('page-unlike');
});
