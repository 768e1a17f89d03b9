import { describe, expect, test } from '@jest/globals';
import { feedsInHeader, findFeeds, type PageLinks } from '../../src/parse/find-feeds.ts';
import { readSitemap, sitemapsIn } from '../../src/parse/read-sitemap.ts';
import { bytesOf } from './cases.ts';

const PAGE = 'https://harbour.example/news/today.html';
const find = (html: string): PageLinks => findFeeds(bytesOf(html), { url: PAGE, contentType: null });
const named = (html: string): string[] => find(html).named.map(({ url }) => url);
const linked = (html: string): string[] => find(html).linked.map(({ url }) => url);

describe('link elements', () => {
  test('name feeds in any case and order, relative to the page', () => {
    const page = find(`<!DOCTYPE html><HTML><HEAD><TITLE>The Harbour &amp; Sea</TITLE>
      <LINK HREF=atom.xml TYPE=application/atom+xml REL=Alternate TITLE="Atom &lt;all&gt;">
      <link rel="feed alternate" href="/feed.json" type="application/feed+json; charset=utf-8">
      <link href="//feeds.example/rss" rel="home ALTERNATE" type=" application/rss+xml">
      <link rel="alternate" href="atom.xml#again" type="application/atom+xml">
      <link rel="hub" href="https://hub.example/">`);
    expect(page).toEqual({
      title: 'The Harbour & Sea',
      named: [
        { url: 'https://harbour.example/news/atom.xml', title: 'Atom <all>' },
        { url: 'https://harbour.example/feed.json', title: null },
        { url: 'https://feeds.example/rss', title: null },
      ],
      linked: [],
      hub: 'https://hub.example/',
    });
  });

  test('are relative to the base that the page names', () => {
    expect(named('<base href="/en/"><link rel=alternate type=application/rss+xml href=rss>')).toEqual([
      'https://harbour.example/en/rss',
    ]);
  });

  test('of other kinds are none', () => {
    expect(
      named(`<link rel="alternate" hreflang="de" href="/de/">
        <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
        <link rel="alternate" type="application/json+oembed" href="/oembed?format=json">
        <link rel="alternate stylesheet" type="text/xml" href="/feed.xsl">
        <link rel="canonical" type="application/rss+xml" href="/rss">
        <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
        <!-- <link rel="alternate" type="application/rss+xml" href="/old"> -->
        <script>'<link rel="alternate" type="application/rss+xml" href="/script">'</script>`),
    ).toEqual([]);
  });

  test('with a type that others have too are feeds where they say so', () => {
    expect(
      named(`<link rel="alternate" type="text/xml" title="RSS" href="/x1">
        <link rel="alternate" type="application/json" href="/feed.json">
        <link rel="alternate" type="application/xml" title="Sitemap" href="/x2">`),
    ).toEqual(['https://harbour.example/x1', 'https://harbour.example/feed.json']);
  });
});

test('links look like feeds by their address or by their words', () => {
  expect(
    linked(`<a href="/feeds/all">All</a> <a href="?format=rss">subscribe</a> <a href="/x"><svg><title>x</title><path d="M1 1"/></svg> RSS 2.0</a>
      <a href="feed://other.example/a">A</a> <a href="feed:https://other.example/b">B</a>
      <a href="/feedback">Feedback</a> <a href="/atomic">Atoms and us</a> <a href="/rss.png">RSS</a>
      <a href="/about">How we read the RSS feeds of many publishers, and why that is good for everybody</a>
      <a href="mailto:rss@harbour.example">RSS</a> <a name="rss">RSS</a> <a href="/last" title="Atom">`),
  ).toEqual([
    'https://harbour.example/feeds/all',
    'https://harbour.example/news/today.html?format=rss',
    'https://harbour.example/x',
    'https://other.example/a',
    'https://other.example/b',
    'https://harbour.example/last',
  ]);
});

test('a page of nothing but links is looked through to a bound', () => {
  const many = Array.from({ length: 5000 }, (_, at) => `<link rel=alternate type=application/rss+xml href=/${at}>`);
  expect(named(many.join('')).length).toBe(40);
  // None of them is closed: a tree of them would be as deep as the page is long.
  expect(linked('<a href=/rss>'.repeat(100_000))).toEqual(['https://harbour.example/rss']);
});

test('a Link header names feeds', () => {
  const header =
    '</feed>; rel="alternate"; type="application/rss+xml"; title="A, \\"B\\"", <https://hub.example/>; rel=hub, ' +
    '</de/>; rel=alternate; hreflang=de, <atom>; type=application/atom+xml; rel="self alternate"';
  expect(feedsInHeader(header, PAGE).map(({ url }) => url)).toEqual([
    'https://harbour.example/feed',
    'https://harbour.example/news/atom',
  ]);
  expect(feedsInHeader(null, PAGE)).toEqual([]);
});

describe('sitemaps', () => {
  test('are named by robots.txt', () => {
    const robots =
      'User-agent: *\r\nDisallow:\r\n  SITEMAP : /a.xml?x=1&amp;y=2 # news\nsitemap:https://cdn.example/b.xml\nsitemap: ftp://no/';
    expect(sitemapsIn(bytesOf(robots), 'https://harbour.example/robots.txt')).toEqual([
      'https://harbour.example/a.xml?x=1&y=2',
      'https://cdn.example/b.xml',
    ]);
  });

  test('tell whether they are of news, and what is the newest', () => {
    const news = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/1</loc>
      <news:news><news:publication_date>2026-11-20T08:00:00+01:00</news:publication_date></news:news></url>
      <url><loc>https://a.example/2</loc><lastmod>2026-11-21</lastmod></url></urlset>`;
    expect(readSitemap(bytesOf(news))).toEqual({
      isIndex: false,
      addresses: 2,
      isNews: true,
      newest: '2026-11-21T00:00:00Z',
    });
    expect(readSitemap(bytesOf('<sitemapindex><sitemap><loc>x</loc></sitemap></sitemapindex>'))).toMatchObject({
      isIndex: true,
      isNews: false,
      newest: null,
    });
    expect(readSitemap(bytesOf('<rss><channel/></rss>'))).toBe(null);
  });
});
