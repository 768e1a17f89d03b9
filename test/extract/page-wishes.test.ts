import { describe, expect, test } from '@jest/globals';
import { extractArticle } from '../../src/extract/extract-article.ts';
import { nextWish, readAnswer, type PageAnswer, type PageWish } from '../../src/extract/page-wishes.ts';
import type { Article } from '../../src/model/article.ts';
import type { Entry } from '../../src/model/feed.ts';
import type { FetchedPage } from '../../src/model/fetched-feed.ts';
import type { Source } from '../../src/model/source.ts';
import { anEntry, aSource } from '../support/an-entry.ts';

// Which pages an article asks for, one after the other, and what is made of them. A site is a table of its pages.

const NOW = '2026-11-20T09:00:00Z';
const HOME = 'https://harbour.example';

/** So many sentences, each with its own number and topic: no two alike. */
const prose = (topic: string, sentences: number): string =>
  Array.from(
    { length: sentences },
    (_, n) =>
      `<p>In part ${n + 1} the ${topic} committee heard from the harbour master, who had counted ${n * 37 + 11} ships and spoke of them at length.</p>`,
  ).join('');
const page = (body: string, head = ''): string =>
  `<html><head><title>The bridge report</title>${head}</head><body><main><h1>The bridge report</h1><article>${body}</article></main></body></html>`;

/** The pages of a site; an address alone leads on to another. */
type Site = Readonly<Record<string, string>>;
type Told = { readonly asked: string[]; readonly followed: string[]; readonly article: Article };

function read(
  site: Site,
  given: { readonly entry?: Partial<Entry>; readonly source?: Partial<Source>; readonly leadsTo?: Site } = {},
): Told {
  const entry = anEntry({ id: 'a', title: 'The bridge report', link: `${HOME}/bridge`, ...given.entry });
  const source = aSource(given.source);
  const answers: PageAnswer[] = [];
  const leadsTo = new Map<string, string | null>();
  const forEntry = { entry, source, now: NOW, leadsTo };
  for (let wish = nextWish(answers, forEntry); wish !== null; wish = nextWish(answers, forEntry))
    if (wish.as === 'redirect') leadsTo.set(wish.url, given.leadsTo?.[wish.url] ?? null);
    else answers.push(readAnswer(wish, answerTo(wish, site), forEntry, answers));
  const feed = {
    url: `${HOME}/feed`,
    title: null,
    link: null,
    language: null,
    rights: null,
    licence: null,
    rsl: [],
    authors: [],
  };
  const article = extractArticle({
    entry,
    id: 'urn:uuid:1',
    entryId: 'a',
    source,
    feed,
    answers,
    leadsTo,
    firstSeenAt: NOW,
    now: NOW,
    previous: null,
  });
  return { asked: answers.map(({ wish }) => wish.url), followed: [...leadsTo.keys()], article };
}

function answerTo({ url: wished }: PageWish, site: Site): FetchedPage {
  const url = site[wished]?.startsWith('https:') ? site[wished] : wished;
  const html = site[url];
  if (html === undefined) return { kind: 'not-fetched', url, code: 'fetch-not-found', reason: `${url} is not there` };
  return { kind: 'fetched', url, contentType: 'text/html', body: new TextEncoder().encode(html) };
}

describe('an article in several pages', () => {
  test.each([
    ['a number at the end of the path', '/bridge/2'],
    ['a folder and a number', '/bridge/page/2'],
    ['a parameter', '/bridge?page=2'],
    ['a hyphen and a number', '/bridge-2'],
    ['a comma and a number', '/bridge,2'],
  ])('is followed by %s', (_how, second) => {
    const { asked, article } = read({
      [`${HOME}/bridge`]: page(`${prose('bridge', 6)}<a href="${second}">Next</a>`),
      [`${HOME}${second}`]: page(prose('ferry', 6)),
    });
    expect(asked).toEqual([`${HOME}/bridge`, `${HOME}${second}`]);
    expect(article.contentHtml).toContain('part 6 the bridge committee');
    expect(article.contentHtml).toContain('part 6 the ferry committee');
    expect(article.contentReason).toContain('put together from 2 pages');
  });

  test('is read to its end, and what every page repeats is said once', () => {
    const summary = '<p>The report on the bridge has four parts, of which this page holds one.</p>';
    const site = Object.fromEntries(
      [1, 2, 3, 4].map((n) => [
        `${HOME}/bridge${n === 1 ? '' : `?page=${n}`}`,
        page(
          `${summary}${prose(`number ${n}`, 5)}${[1, 2, 3, 4].map((m) => `<a href="/bridge?page=${m}">${m}</a>`).join(' ')}`,
        ),
      ]),
    );
    const { asked, article } = read(site);
    expect(asked).toHaveLength(4);
    expect(article.contentHtml.match(/has four parts/g)).toHaveLength(1);
    for (const n of [1, 2, 3, 4]) expect(article.contentHtml).toContain(`part 5 the number ${n} committee`);
  });

  test('ends at a page that is not there, and says so', () => {
    const { article } = read({
      [`${HOME}/bridge`]: page(`${prose('bridge', 6)}<a rel="next" href="/bridge/2">2</a>`),
    });
    expect(article.contentHtml).toContain('part 6 the bridge committee');
    expect(article.contentReason).toContain(`page 2 is missing: ${HOME}/bridge/2 is not there`);
  });

  test.each([
    [
      'asks for money',
      '<p>Subscribe to continue reading. It costs little, and you may leave us at any time you like.</p>',
    ],
    ['asks for a login', '<p>Please log in to read on. It takes a minute and costs nothing at all, we promise.</p>'],
  ])('ends at a page that %s, and says so', (_what, wall) => {
    const { asked, article } = read({
      [`${HOME}/bridge`]: page(`${prose('bridge', 16)}<a href="/bridge/2">2</a>`),
      [`${HOME}/bridge/2`]: page(`${wall}<a href="/bridge/3">3</a>`),
      [`${HOME}/bridge/3`]: page(prose('ferry', 6)),
    });
    expect(asked).toEqual([`${HOME}/bridge`, `${HOME}/bridge/2`]);
    expect(article.contentHtml).toContain('part 16 the bridge committee');
    expect(article.contentHtml).not.toMatch(/Subscribe|log in/);
    expect(article.contentReason).toMatch(/page 2 is missing: the page (?:holds no text|asks for a login)$/);
  });

  test('goes on where all its pages say that they are for subscribers, and show their text', () => {
    const paid = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>';
    const { article } = read({
      [`${HOME}/bridge`]: page(`${prose('bridge', 16)}<a href="/bridge/2">2</a>`, paid),
      [`${HOME}/bridge/2`]: page(prose('ferry', 3), paid),
    });
    expect(article.contentHtml).toContain('part 3 the ferry committee');
  });

  test('ends where the next page leads back to one that was read', () => {
    const { asked, article } = read({
      [`${HOME}/bridge`]: page(`${prose('bridge', 6)}<a href="/bridge/2">2</a><a href="/bridge/3">3</a>`),
      [`${HOME}/bridge/2`]: `${HOME}/bridge`,
      [`${HOME}/bridge/3`]: `${HOME}/bridge`,
    });
    expect(asked).toEqual([`${HOME}/bridge`, `${HOME}/bridge/2`]);
    expect(article.contentReason).not.toContain('pages');
  });

  test('ends where every number is answered with the same page', () => {
    const same = page(`${prose('bridge', 6)}<a href="/bridge?page=2">2</a><a href="/bridge?page=3">3</a>`);
    const site = { [`${HOME}/bridge`]: same, [`${HOME}/bridge?page=2`]: same, [`${HOME}/bridge?page=3`]: same };
    expect(read(site).asked).toEqual([`${HOME}/bridge`, `${HOME}/bridge?page=2`]);
  });

  test('is asked for no more than a dozen pages', () => {
    const site = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [
        `${HOME}/bridge${n === 0 ? '' : `/${n + 1}`}`,
        page(`${prose(`number ${n}`, 4)}<a href="/bridge/${n + 2}">Next</a>`),
      ]),
    );
    expect(read(site).asked).toHaveLength(12);
  });

  test('leads with the picture of its first page, which none of them repeats', () => {
    const lead = '<meta property="og:image" content="/bridge.jpg">';
    const shown = '<figure><img src="/bridge.jpg" width="800" height="500"></figure>';
    const { article } = read({
      [`${HOME}/bridge`]: page(`${shown}${prose('bridge', 6)}<a href="/bridge/2">2</a>`, lead),
      [`${HOME}/bridge/2`]: page(
        `${shown}${prose('ferry', 6)}<p><img src="/ferry.jpg" width="800" height="500"></p>`,
        lead,
      ),
    });
    expect(article.image?.url).toBe(`${HOME}/bridge.jpg`);
    expect(article.contentHtml).not.toContain('bridge.jpg');
    expect(article.contentHtml).toContain('ferry.jpg');
  });

  test.each([
    ['the next article', '/story-2'],
    ['a section’s next page', '/news?page=2'],
    ['an article of the next day', '/2026/11/21/bridge'],
    ['the readers’ comments', '/bridge?cp=2'],
    ['another site', 'https://elsewhere.example/bridge/2'],
    ['a place on the page itself', '/bridge#2'],
    ['a page further on', '/bridge/3'],
  ])('does not take %s for its next page', (_what, href) => {
    expect(read({ [`${HOME}/bridge`]: page(`${prose('bridge', 6)}<a href="${href}">Next</a>`) }).asked).toHaveLength(1);
  });
});

describe('a page with hardly any text', () => {
  const shell = '<p>Loading…</p>';
  test('is looked for in its AMP version', () => {
    const { asked, article } = read({
      [`${HOME}/bridge`]: page(shell, '<link rel="amphtml" href="/amp/bridge">'),
      [`${HOME}/amp/bridge`]: page(prose('bridge', 8)),
    });
    expect(asked).toEqual([`${HOME}/bridge`, `${HOME}/amp/bridge`]);
    expect(article.contentHtml).toContain('part 8 the bridge committee');
    expect(article.contentReason).toContain('taken from its plainer version');
    expect(article.link).toBe(`${HOME}/bridge`);
  });

  test('is looked for in its version for printing', () => {
    const { article } = read({
      [`${HOME}/bridge`]: page(`${shell}<a href="/print/bridge">Print</a>`),
      [`${HOME}/print/bridge`]: page(prose('bridge', 8)),
    });
    expect(article.contentHtml).toContain('part 8 the bridge committee');
  });

  test('is not taken from the home page that its AMP version leads to', () => {
    const { article } = read({
      [`${HOME}/bridge`]: page(prose('bridge', 2), '<link rel="amphtml" href="/amp/bridge">'),
      [`${HOME}/amp/bridge`]: `${HOME}/`,
      [`${HOME}/`]: page(prose('front page', 8)),
    });
    expect(article.contentHtml).toContain('part 2 the bridge committee');
    expect(article.contentHtml).not.toContain('front page');
  });

  test.each([
    ['of another site', page(shell, '<link rel="amphtml" href="https://elsewhere.example/amp/bridge">')],
    ['where the page has its text', page(prose('bridge', 12), '<link rel="amphtml" href="/amp/bridge">')],
  ])('is not looked for in an AMP version %s', (_what, html) => {
    expect(read({ [`${HOME}/bridge`]: html }).asked).toEqual([`${HOME}/bridge`]);
  });
});

describe('a source that is followed', () => {
  const follow = { source: { follow: true } };
  const passedOn = page(
    `<p>A neighbour’s report on the bridge is well worth reading.</p><p><a href="https://north.example/bridge-report">Read the original article</a></p>`,
  );
  const original = `<html><head><title>The bridge report</title></head><body><article><h1>The bridge report</h1>${prose('northern bridge', 8)}</article></body></html>`;

  test('gives the body of the true source', () => {
    const { asked, article } = read(
      { [`${HOME}/bridge`]: passedOn, 'https://north.example/bridge-report': original },
      follow,
    );
    expect(asked).toEqual([`${HOME}/bridge`, 'https://north.example/bridge-report']);
    expect(article.contentHtml).toContain('part 8 the northern bridge committee');
    expect(article.contentReason).toBe('taken from the true source, north.example');
    expect(article.sourceLink?.url).toBe('https://north.example/bridge-report');
    expect(article.link).toBe(`${HOME}/bridge`);
  });

  test('gives what the true source’s page says of its text, and nothing that was said of another', () => {
    const said =
      '<meta property="og:site_name" content="The Northern Post"><meta name="author" content="Ines Falk"><link rel="license" href="https://creativecommons.org/licenses/by-nd/4.0/">';
    const site = {
      [`${HOME}/bridge`]: passedOn,
      'https://north.example/bridge-report': original.replace('<head>', `<head>${said}`),
    };
    const entry = {
      authors: [{ name: 'a submitter', email: null, url: null }],
      rights: 'Free for all',
      licence: 'https://creativecommons.org/publicdomain/zero/1.0/',
    };
    const { article } = read(site, { ...follow, entry });
    expect(article.publisher).toEqual({ name: 'The Northern Post', url: 'https://north.example/' });
    expect(article.authors.map(({ name }) => name)).toEqual(['Ines Falk']);
    const licence = 'https://creativecommons.org/licenses/by-nd/4.0/';
    expect(article.rights).toEqual({
      text: null,
      licence,
      declared: [{ by: 'page', kind: 'licence', url: licence }],
    });
    const own = read({ ...site, 'https://north.example/bridge-report': original }, { ...follow, entry }).article;
    expect(own.publisher).toEqual({ name: 'north.example', url: 'https://north.example/' });
    expect(own.authors.map(({ name }) => name)).toEqual(['a submitter']);
    expect(own.rights).toEqual({ text: null, licence: null, declared: [] });
    const operators = { source: { follow: true, rights: 'By agreement with the north' } };
    expect(read(site, { ...operators, entry }).article.rights.text).toBe('By agreement with the north');
  });

  test('keeps its own text where the true source’s is for subscribers', () => {
    const paid = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>';
    const closed = `<html><head><title>The bridge report</title>${paid}</head><body><article>${prose('northern bridge', 30)}</article></body></html>`;
    const { article } = read({ [`${HOME}/bridge`]: passedOn, 'https://north.example/bridge-report': closed }, follow);
    expect(article.contentHtml).toContain('well worth reading');
  });

  test('is not followed unless the operator says so', () => {
    const site = { [`${HOME}/bridge`]: passedOn, 'https://north.example/bridge-report': original };
    expect(read(site).asked).toEqual([`${HOME}/bridge`]);
  });

  test('keeps its own text where the true source shows something else', () => {
    const other = original.replaceAll('The bridge report', 'Our cookies').replaceAll('bridge', 'cookie');
    const { article } = read({ [`${HOME}/bridge`]: passedOn, 'https://north.example/bridge-report': other }, follow);
    expect(article.contentHtml).toContain('well worth reading');
  });

  test('keeps its own text where the true source cannot be had', () => {
    const { article } = read({ [`${HOME}/bridge`]: passedOn }, follow);
    expect(article.contentHtml).toContain('well worth reading');
  });
});

describe('a true source behind a redirector', () => {
  const passedOn = (href: string): Site => ({
    [`${HOME}/bridge`]: page(`${prose('bridge', 6)}<p><a href="${href}">Go to source</a></p>`),
  });
  const target = 'https://north.example/bridge-report';

  test.each([
    ['a shortener', 'https://bit.ly/3xBridge'],
    ['a counter of the same site', `${HOME}/out/4711`],
    ['a numbered address', 'https://north.example/redirect?id=4711'],
  ])('is found by following %s', (_what, href) => {
    const { followed, article } = read(passedOn(href), { leadsTo: { [href]: target } });
    expect(followed).toEqual([href]);
    expect(article.sourceLink).toEqual({ url: target, name: null, foundBy: 'visible-link' });
  });

  test('is taken from the address where that holds it, and nobody is asked', () => {
    const { followed, article } = read(passedOn(`${HOME}/out?url=${encodeURIComponent(target)}`));
    expect(followed).toEqual([]);
    expect(article.sourceLink?.url).toBe(target);
  });

  test.each([
    ['back to the page itself', `${HOME}/bridge`],
    ['nowhere', null],
  ])('is the page itself where a counter leads %s', (_where, leadsTo) => {
    const href = `${HOME}/out/4711`;
    const { article } = read(passedOn(href), leadsTo === null ? {} : { leadsTo: { [href]: leadsTo } });
    expect(article.sourceLink?.foundBy).toBe('page-itself');
  });

  test('is the page itself where a shortener leads to a home page', () => {
    const href = 'https://bit.ly/3xBridge';
    const { followed, article } = read(passedOn(href), { leadsTo: { [href]: 'https://north.example/' } });
    expect(followed).toEqual([href]);
    expect(article.sourceLink?.foundBy).toBe('page-itself');
  });

  test('is the page itself where a shortener leads into a private network', () => {
    const href = 'https://bit.ly/3xBridge';
    const { article } = read(passedOn(href), { leadsTo: { [href]: 'http://192.168.0.1/bridge' } });
    expect(article.sourceLink?.url).toBe(`${HOME}/bridge`);
  });

  test('is looked for behind no more than a few redirectors', () => {
    const links = Array.from({ length: 40 }, (_, n) => `<p><a href="https://bit.ly/3xBridge${n}">Go to source</a></p>`);
    const { followed } = read({ [`${HOME}/bridge`]: page(`${prose('bridge', 6)}${links.join('')}`) });
    expect(followed.length).toBeLessThanOrEqual(5);
  });

  test('is followed to its body too', () => {
    const href = 'https://bit.ly/3xBridge';
    const original = `<html><head><title>The bridge report</title></head><body><article><h1>The bridge report</h1>${prose('northern bridge', 9)}</article></body></html>`;
    const { article } = read(
      { ...passedOn(href), [target]: original },
      { source: { follow: true }, leadsTo: { [href]: target } },
    );
    expect(article.contentHtml).toContain('part 9 the northern bridge committee');
  });
});
