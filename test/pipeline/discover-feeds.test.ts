import { describe, expect, test } from '@jest/globals';
import { openOutbound } from '../../src/fetch/open-outbound.ts';
import { StageError } from '../../src/model/errors.ts';
import { discoverFeeds } from '../../src/pipeline/discover-feeds.ts';
import type { Discovery } from '../../src/pipeline/discovery.ts';
import { systemClock } from '../../src/support/clock.ts';
import { openAnswers, type Answers } from '../support/answers.ts';
import { answer, startScriptedServer } from '../support/scripted-server.ts';

const SITE = 'https://harbour.example/';
const limits = { maxFeedBytes: 1_000_000, timeoutMs: 1000 };
const signal = new AbortController().signal;
const WORDS = 'The ferry leaves the harbour at noon and comes back in the evening with the post. '.repeat(10);

type Item = { readonly id: number; readonly text?: string };
const items = (...ids: readonly number[]): Item[] => ids.map((id) => ({ id }));

function rss(title: string, entries: readonly Item[]): string {
  const written = entries.map(
    ({ id, text = WORDS }) =>
      `<item><guid>${SITE}${id}</guid><link>${SITE}${id}</link><title>Story ${id}</title><pubDate>${String(id).padStart(2, '0')} Nov 2026 08:00:00 GMT</pubDate><description>${text}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>${title}</title><link>${SITE}</link><language>en</language>${written.join('')}</channel></rss>`;
}

function atom(title: string, entries: readonly Item[], more = ''): string {
  const written = entries.map(
    ({ id, text = WORDS }) =>
      `<entry><id>${SITE}${id}</id><link href="${SITE}${id}"/><title>Story ${id}</title><updated>2026-11-${String(id).padStart(2, '0')}T08:00:00Z</updated><content type="html">${text}</content></entry>`,
  );
  return `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>${title}</title><id>${SITE}</id>${more}${written.join('')}</feed>`;
}

const alternate = (href: string, type = 'application/rss+xml', title = ''): string =>
  `<link rel="alternate" type="${type}" href="${href}" title="${title}">`;

async function discover(
  answers: Answers,
  given: { readonly urls?: readonly string[]; readonly refuse?: (url: string) => boolean } = {},
): Promise<{ readonly discovery: Discovery; readonly asked: string[] }> {
  const { outbound, asked } = openAnswers(answers);
  const permit = async (url: string): Promise<void> => {
    if (given.refuse?.(url) === true) throw new StageError('fetch-robots', { url });
  };
  const discovery = await discoverFeeds({ outbound, permit, limits }, { urls: given.urls ?? [SITE] }, signal);
  return { discovery, asked: asked.map(({ url }) => url) };
}

test('an address that is a feed is the feed', async () => {
  const { discovery, asked } = await discover({
    [SITE]: atom('Harbour', items(3, 1, 2), '<link rel="hub" href="https://hub.example/"/>'),
  });
  expect(discovery).toMatchObject({
    page: { title: 'Harbour', says: null },
    feeds: [
      {
        url: SITE,
        foundBy: 'address',
        format: 'atom',
        title: 'Harbour',
        language: 'en',
        entries: 3,
        newest: '2026-11-03T08:00:00Z',
        bodies: 'whole',
        hub: 'https://hub.example/',
        preview: [{ title: 'Story 3', at: '2026-11-03T08:00:00Z' }, { title: 'Story 2' }, { title: 'Story 1' }],
      },
    ],
    failed: [],
  });
  expect(asked).toEqual([SITE]);
});

describe('a page', () => {
  test('is asked for the feeds that it names: the same ones once, those of comments last', async () => {
    const { discovery, asked } = await discover({
      [SITE]: {
        text: `<html><head><title>Harbour</title>
          ${alternate('/comments/feed', 'application/rss+xml', 'Comments')}${alternate('/feed.json', 'application/feed+json')}
          ${alternate('/rss')}${alternate('/atom', 'application/atom+xml')}${alternate('/sport')}${alternate('/gone')}`,
        headers: { link: '<https://hub.example/>; rel="hub", </header>; rel=alternate; type=application/rss+xml' },
      },
      [`${SITE}header`]: rss('Of the header', items(20)),
      [`${SITE}comments/feed`]: rss('Comments for Harbour', items(15, 14)),
      [`${SITE}rss`]: rss('Harbour', items(9, 8, 7, 6)),
      [`${SITE}atom`]: atom('Harbour', items(9, 8, 7, 6, 5, 4, 3)),
      [`${SITE}feed.json`]: JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Harbour',
        items: [9, 8].map((id) => ({ id: `${SITE}${id}`, url: `${SITE}${id}`, content_text: 'Short.' })),
      }),
      [`${SITE}sport`]: rss('Sport', [
        { id: 8, text: 'Only a beginning …' },
        { id: 5, text: 'Another one …' },
      ]),
    });
    expect(discovery.feeds.map(({ url, title, bodies }) => [url, title, bodies])).toEqual([
      [`${SITE}header`, 'Of the header', 'whole'],
      [`${SITE}atom`, 'Harbour', 'whole'],
      [`${SITE}sport`, 'Sport', 'excerpts'],
      [`${SITE}comments/feed`, 'Comments for Harbour', 'whole'],
    ]);
    expect(discovery.feeds[1]!.alike).toEqual([
      { url: `${SITE}rss`, format: 'rss' },
      { url: `${SITE}feed.json`, format: 'json' },
    ]);
    expect(discovery).toMatchObject({
      hub: 'https://hub.example/',
      failed: [{ url: `${SITE}gone`, foundBy: 'name', reason: expect.stringContaining('404') }],
      guessed: 0,
      sitemap: null,
    });
    expect(asked.length).toBe(8);
  });

  test('keeps feeds apart whose entries merely bear the same numbers', async () => {
    const numbered = (title: string): string =>
      `<rss version="2.0"><channel><title>${title}</title>${[1, 2, 3]
        .map(
          (id) =>
            `<item><guid isPermaLink="false">${id}</guid><link>${SITE}${title}/${id}</link><title>${id}</title></item>`,
        )
        .join('')}</channel></rss>`;
    const { discovery } = await discover({
      [SITE]: alternate('/news') + alternate('/events'),
      [`${SITE}news`]: numbered('news'),
      [`${SITE}events`]: numbered('events'),
    });
    expect(discovery.feeds.map(({ title }) => title)).toEqual(['news', 'events']);
  });

  test('that names none is looked through for links, which robots.txt may forbid', async () => {
    const page = '<a href="/rss.php">RSS</a> <a href="/private/rss">RSS</a>';
    const { discovery } = await discover(
      { [SITE]: page, [`${SITE}rss.php`]: rss('Harbour', items(1)), [`${SITE}private/rss`]: rss('No', items(2)) },
      { refuse: (url) => url.includes('private') },
    );
    expect(discovery.feeds.map(({ url, foundBy }) => [url, foundBy])).toEqual([[`${SITE}rss.php`, 'link']]);
    expect(discovery.failed).toMatchObject([{ url: `${SITE}private/rss`, foundBy: 'link' }]);
  });

  test('that leads nowhere is guessed at, one place after the other', async () => {
    const { discovery, asked } = await discover(
      { [`${SITE}blog`]: '<p>Hello', [`${SITE}blog/feed.xml`]: rss('Blog', items(1)) },
      { urls: [`${SITE}blog`] },
    );
    expect(discovery.feeds).toMatchObject([{ url: `${SITE}blog/feed.xml`, foundBy: 'guess' }]);
    expect(asked.at(-1)).toBe(`${SITE}blog/feed.xml`);
    expect(discovery.guessed).toBe(asked.length - 2);
  });

  test('without a feed is told what its sitemap tells', async () => {
    const answers = {
      [SITE]: '<title>Harbour</title>',
      [`${SITE}robots.txt`]: `Sitemap: ${SITE}all.xml\nSitemap: ${SITE}news.xml`,
      [`${SITE}all.xml`]: '<urlset><url><loc>a</loc></url></urlset>',
      [`${SITE}news.xml`]: '<urlset><url><loc>a</loc><news:news/></url></urlset>',
    };
    const { discovery, asked } = await discover(answers);
    expect(discovery).toMatchObject({ feeds: [], sitemap: { url: `${SITE}news.xml`, isNews: true, addresses: 1 } });
    expect(asked.length).toBeLessThan(16);
    const feedThere = await discover({ ...answers, [`${SITE}news.xml`]: rss('News', items(1)) });
    expect(feedThere.discovery).toMatchObject({ feeds: [{ title: 'News', foundBy: 'sitemap' }], sitemap: null });
  });

  test('that is something else says what it is', async () => {
    const { discovery } = await discover({ [SITE]: '<opml version="2.0"><body/></opml>' });
    expect(discovery).toMatchObject({ feeds: [], page: { says: expect.stringContaining('OPML') } });
  });

  test('with any number of links is asked for a bounded number', async () => {
    const many = Array.from({ length: 500 }, (_, at) => alternate(`/n${at}`) + `<a href="/rss/${at}">RSS</a>`);
    const { asked } = await discover({ [SITE]: many.join('') });
    expect(asked.length).toBeLessThan(40);
  });
});

test('the second spelling of an address counts where nobody answers at the first', async () => {
  const secure = new StageError('fetch-no-connection', { url: SITE });
  const plain = 'http://harbour.example/';
  const { discovery } = await discover({ [SITE]: secure, [plain]: rss('H', items(1)) }, { urls: [SITE, plain] });
  expect(discovery.feeds).toMatchObject([{ url: plain }]);
  await expect(discover({ [SITE]: secure })).rejects.toBe(secure);
  await expect(discover({ [plain]: rss('H', items(1)) }, { urls: [SITE, plain] })).rejects.toMatchObject({
    code: 'fetch-not-found',
  });
});

test('the guard holds for all that a page leads to', async () => {
  await using server = await startScriptedServer({
    '/': answer(
      `${alternate('http://169.254.169.254/feed')}${alternate('http://127.0.0.2:8080/feed')}${alternate('file:///etc/passwd')}${alternate('/moved')}`,
    ),
    '/moved': answer('', { location: 'http://10.1.2.3/feed' }, 302),
    '/feed': answer(rss('Harbour', items(1))),
  });
  await using opened = openOutbound(
    { clock: systemClock() },
    { userAgent: 'Tributary', allowedNetworks: ['127.0.0.1/32'], hostSpacingMs: 0 },
  );
  const { failed, feeds } = await discoverFeeds(
    { outbound: opened.outbound, permit: async () => {}, limits },
    { urls: [server.url('/')] },
    signal,
  );
  expect(feeds.map(({ url }) => url)).toEqual([server.url('/feed')]);
  expect(failed.map(({ reason }) => reason)).toEqual(
    Array(3).fill(expect.stringContaining('private or local network')),
  );
});
