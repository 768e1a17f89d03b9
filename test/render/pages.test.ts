import { describe, expect, test } from '@jest/globals';
import { load, type CheerioAPI } from 'cheerio';
import { posix } from 'node:path';
import {
  renderArticlePage,
  renderFrontPage,
  renderHotPage,
  renderTopicPage,
  rootAssets,
  siteAssets,
} from '../../src/render/pages.ts';
import { pageFault } from '../../src/publish/page-fault.ts';
import { outlineByBrowserRules, outlineByTags } from '../support/html-outline.ts';
import { article, articleHtml, told } from './read-pages.ts';
import {
  SAMPLE_BASE,
  sampleArticlePage,
  sampleEntry,
  sampleFrontPage,
  sampleHotPage,
  sampleSite,
  sampleTopicPage,
} from './sample-pages.ts';
import { sampleTeaser } from './sample-stories.ts';

const BASE = SAMPLE_BASE;
const site = sampleSite(BASE);
const pages = [...site].flatMap(([path, bytes]) =>
  typeof bytes === 'string' && path.endsWith('.html') ? [{ path, html: bytes }] : [],
);

describe.each(pages)('the page $path', ({ html }) => {
  const $ = load(html);

  test('is nested as it is written', () => {
    expect(html).toMatch(/^<!doctype html>\n/);
    expect(outlineByTags(html)).toEqual(outlineByBrowserRules(html));
  });

  test('passes the gate', () => {
    expect(pageFault(html, { title: 'The Daily Confluence', links: [] })).toBeNull();
  });

  test('has no script, no inline style, no handler, no form and no frame', () => {
    expect($('script, style, iframe, object, embed, form, base, [style]')).toHaveLength(0);
    const handlers = $('html *')
      .toArray()
      .flatMap((element) => Object.keys(element.attribs))
      .filter((name) => name.startsWith('on'));
    expect(handlers).toEqual([]);
  });

  test('has one first heading, and none that leaves out a level', () => {
    const levels = $('h1, h2, h3, h4, h5, h6')
      .toArray()
      .map((element) => Number(element.tagName[1]));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    levels.slice(1).forEach((level, index) => expect(level).toBeLessThanOrEqual(levels[index]! + 1));
  });

  test('has its landmarks once, a way past the masthead, and no id twice', () => {
    for (const landmark of ['body > header', 'body > main', 'body > footer', 'body > header nav'])
      expect($(landmark)).toHaveLength(1);
    expect($('body > a').first().attr('href')).toBe('#main');
    expect($('main').attr('id')).toBe('main');
    const ids = $('[id]')
      .toArray()
      .map((element) => element.attribs['id']);
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of $('[aria-labelledby]').toArray()) expect(ids).toContain(element.attribs['aria-labelledby']);
  });

  test('shows no story twice', () => {
    const shown = $('main .teaser-title a')
      .toArray()
      .map((element) => element.attribs['href']);
    expect(new Set(shown).size).toBe(shown.length);
  });

  test('says its name, what it is about, and where it is from', () => {
    expect($('html').attr('lang')).toBe('en-GB');
    expect($('title').text()).toContain('The Daily Confluence');
    for (const name of ['description', 'viewport', 'referrer', 'generator', 'twitter:card'])
      expect($(`meta[name="${name}"]`).attr('content')).toBeTruthy();
    for (const property of ['og:title', 'og:type', 'og:url', 'og:site_name'])
      expect($(`meta[property="${property}"]`).attr('content')).toBeTruthy();
    expect($('meta[property="og:url"]').attr('content')).toBe($('link[rel="canonical"]').attr('href'));
    expect($('meta[name="referrer"]').attr('content')).toBe('strict-origin-when-cross-origin');
  });

  test('gives every image a text and a place', () => {
    for (const image of $('img').toArray()) expect(image.attribs['alt']).toBeDefined();
    for (const image of $('main section img').toArray())
      expect(image.attribs['loading'] ?? image.attribs['fetchpriority']).toMatch(/^(?:lazy|high)$/);
  });
});

describe('links between the pages', () => {
  test('are relative, and lead to files of the site or to feeds and lists', () => {
    const made = new Set<string>();
    for (const { path, html } of pages) {
      const $ = load(html);
      for (const element of $(
        'a[href], link[rel="stylesheet"], link[rel="icon"], link[rel="apple-touch-icon"]',
      ).toArray()) {
        const href = element.attribs['href']!;
        expect(href.startsWith(BASE)).toBe(false);
        if (/^(?:[a-z]+:|#)/.test(href)) continue;
        const target = posix.normalize(posix.join(posix.dirname(path), href));
        if (!site.has(target)) made.add(target);
      }
    }
    const notPages = [...made].filter(
      (target) => !/^(?:feeds\/[a-z]+\.(?:atom|rss|json)|(?:feeds|sources)\.opml)$/.test(target),
    );
    expect(notPages).toEqual([]);
    expect(made.size).toBe(3 * 7 + 2);
  });

  test('are the same whatever the base address is', () => {
    const elsewhere = sampleSite('http://localhost:8080/');
    for (const { path, html } of pages)
      expect(String(elsewhere.get(path)).replaceAll('http://localhost:8080/', BASE)).toBe(html);
  });

  test('go up as far as the page lies deep', () => {
    const home = (html: string): string | undefined => load(html)('.nameplate a').attr('href');
    expect(home(renderFrontPage(sampleFrontPage(BASE)))).toBe('index.html');
    expect(home(renderHotPage(sampleHotPage(BASE)))).toBe('../index.html');
    expect(home(renderTopicPage(sampleTopicPage('world', BASE)))).toBe('../../index.html');
    expect(home(articleHtml())).toBe('../../../index.html');
  });
});

test('the same pages give the same bytes', () => {
  expect([...sampleSite(BASE)]).toEqual([...site]);
});

describe('the head', () => {
  const feeds = ($: CheerioAPI): string[] =>
    $('link[rel="alternate"]')
      .toArray()
      .map(({ attribs }) => `${attribs['type']} ${attribs['href']?.slice(BASE.length)}`);
  const three = (name: string): string[] => [
    `application/atom+xml feeds/${name}.atom`,
    `application/rss+xml feeds/${name}.rss`,
    `application/feed+json feeds/${name}.json`,
  ];

  test('names the feeds of the page, nearest first', () => {
    expect(feeds(load(renderFrontPage(sampleFrontPage(BASE))))).toEqual(three('all'));
    expect(feeds(load(renderHotPage(sampleHotPage(BASE))))).toEqual(three('all'));
    expect(feeds(load(renderTopicPage(sampleTopicPage('world', BASE))))).toEqual([...three('world'), ...three('all')]);
    expect(feeds(article({ topicIds: ['science', 'world'] }))).toEqual([
      ...three('world'),
      ...three('science'),
      ...three('all'),
    ]);
  });

  test.each([
    ['a whole text belongs to its source', 'full', 'https://source.example/a', 'https://source.example/a'],
    ['an excerpt is a page of ours', 'excerpt', 'https://source.example/a', null],
    ['a link is a page of ours', 'link', 'https://source.example/a', null],
    ['a text without a source is ours', 'full', null, null],
    ['a source that cannot be linked is none', 'full', 'javascript:alert(1)', null],
  ] as const)('canonical: %s', (_sentence, extent, sourceUrl, canonical) => {
    const entry = sampleEntry('estuary-ceasefire', BASE, { extent, sourceUrl });
    const $ = load(renderArticlePage(sampleArticlePage(entry, BASE)));
    expect($('link[rel="canonical"]').attr('href')).toBe(canonical ?? entry.url);
  });

  test('allows styles from our own files and nothing that runs', () => {
    const policy = article()('meta[http-equiv="Content-Security-Policy"]').attr('content');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src|unsafe/);
  });
});

describe('the masthead', () => {
  test('dates the edition in the site’s time zone', () => {
    const page = { ...sampleFrontPage(BASE), editionOf: '2026-11-24T20:00:00Z' };
    const $ = load(renderFrontPage(page));
    expect($('.edition-date time').text()).toBe('Wednesday, 25 November 2026');
    expect($('.edition-date time').attr('datetime')).toBe('2026-11-24T20:00:00Z');
  });

  test('writes dates in the site’s language', () => {
    const page = sampleFrontPage(BASE);
    const frame = { ...page.frame, site: { ...page.frame.site, language: 'de', timeZone: 'Europe/Berlin' } };
    expect(load(renderFrontPage({ ...page, frame }))('.edition-date time').text()).toBe('Dienstag, 24. November 2026');
  });

  test('calls the date of a topic what it is: the edition may be newer', () => {
    const page = { ...sampleTopicPage('world', BASE), editionOf: '2026-11-24T20:00:00Z' };
    expect(told(load(renderTopicPage(page)), '.edition-date')).toBe('Last updated Wednesday, 25 November 2026');
    const hot = { ...sampleHotPage(BASE), editionOf: '2026-11-24T20:00:00Z' };
    expect(told(load(renderHotPage(hot)), '.edition-date')).toBe('Wednesday, 25 November 2026');
  });

  test('tells the place, and the temperature if it is known, on the front page alone', () => {
    const page = sampleFrontPage(BASE);
    const line = (html: string): string => load(html)('.edition-date').text().replace(/\s+/g, ' ');
    expect(line(renderFrontPage(page))).toMatch(/ · Port Sample -3\s?°C$/);
    expect(line(renderFrontPage({ ...page, weather: null }))).toMatch(/ · Port Sample$/);
    expect(line(renderTopicPage(sampleTopicPage('world', BASE)))).not.toContain('Port Sample');
  });

  test('marks the page that one is on', () => {
    const current = (html: string): string => load(html)('[aria-current="page"]').text();
    expect(current(renderTopicPage(sampleTopicPage('world', BASE)))).toBe('World');
    expect(current(renderHotPage(sampleHotPage(BASE)))).toBe('Hot this week');
    expect(current(renderFrontPage(sampleFrontPage(BASE)))).toBe('');
  });
});

describe('what is not there yet is said', () => {
  test('on a front page before the first story', () => {
    const $ = load(renderFrontPage({ ...sampleFrontPage(BASE), editionOf: null, top: [], hot: [], topics: [] }));
    expect(told($, 'main')).toContain('No stories have come in yet.');
    expect($('.edition-date')).toHaveLength(0);
  });

  test('on the page of a topic without stories', () => {
    const $ = load(renderTopicPage({ ...sampleTopicPage('weather', BASE), stories: [] }));
    expect(told($, 'main')).toContain('There are no stories in Weather yet.');
  });

  test('where nothing is hot, and where a topic has no further stories', () => {
    const $ = load(renderFrontPage({ ...sampleFrontPage(BASE), hot: [] }));
    expect(told($, '.hot')).toContain('No story stands out yet this week.');
    expect(told($, '.topic:last-child')).toBe('Weather No further stories for now. All of Weather');
    expect(told(load(renderHotPage({ ...sampleHotPage(BASE), stories: [] })), 'main')).toContain('No story stands out');
  });
});

test('the hot page ranks stories and counts their publishers', () => {
  const $ = load(renderHotPage(sampleHotPage(BASE)));
  const counts = $('ol.hot-list > li .reports')
    .toArray()
    .map((element) => Number.parseInt($(element).text(), 10));
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  expect(counts[0]).toBe(7);
});

describe('the foot', () => {
  const foot = (contact: string | null): CheerioAPI => {
    const page = sampleFrontPage(BASE);
    return load(renderFrontPage({ ...page, frame: { ...page.frame, site: { ...page.frame.site, contact } } }));
  };

  test('links feeds and lists, and says what made the page', () => {
    const $ = foot(null);
    const links = $('.site-foot a')
      .toArray()
      .map((element) => element.attribs['href']);
    expect(links).toEqual([
      'index.html',
      'feeds/all.atom',
      'feeds/all.rss',
      'feeds/all.json',
      'feeds.opml',
      'sources.opml',
    ]);
    expect(told($, '.site-foot')).toContain('by Tributary.');
  });

  test('says whom to write to: an address for e-mail, a page, or words', () => {
    const contact = (value: string): string | undefined => foot(value)('.site-foot div:last-of-type a').attr('href');
    expect(contact('desk@news.example.org')).toBe('mailto:desk@news.example.org');
    expect(contact('https://news.example.org/contact')).toBe('https://news.example.org/contact');
    expect(contact('ask at the desk')).toBeUndefined();
    expect(told(foot('ask at the desk'), '.site-foot')).toContain('ask at the desk');
  });
});

test('a story’s score that is weighted shows as whole publishers', () => {
  const story = { ...sampleTeaser('rate-cut', BASE), reports: 3.4 };
  const $ = load(renderHotPage({ ...sampleHotPage(BASE), stories: [story] }));
  expect($('.reports').text()).toBe('3 publishers');
});

describe('the site’s assets', () => {
  const assets = new Map(siteAssets().map(({ path, bytes }) => [path, bytes]));

  test('are a style sheet that loads nothing, and icons', () => {
    expect([...assets.keys()]).toEqual(['assets/site.css', 'assets/feed.css', 'assets/favicon.svg', 'assets/icon.png']);
    const css = String(assets.get('assets/site.css'));
    expect(css).not.toMatch(/url\(|@import|@font-face|expression/i);
    expect(css).toContain('prefers-color-scheme: dark');
    expect(css).toContain('@media print');
    expect(String(assets.get('assets/favicon.svg'))).not.toMatch(/<script|href/);
    const icon = assets.get('assets/icon.png') as Uint8Array;
    expect([...icon.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
  });

  test('have an icon for the root, which is the same picture in another file', () => {
    const [icon, ...others] = rootAssets();
    expect([icon!.path, others]).toEqual(['favicon.ico', []]);
    const bytes = Buffer.from(icon!.bytes as Uint8Array);
    const png = Buffer.from(assets.get('assets/icon.png') as Uint8Array);
    expect([bytes.readUInt16LE(0), bytes.readUInt16LE(2), bytes.readUInt16LE(4)]).toEqual([0, 1, 1]);
    expect([bytes.readUInt8(6), bytes.readUInt8(7)]).toEqual([png.readUInt32BE(16), png.readUInt32BE(20)]);
    const [size, at] = [bytes.readUInt32LE(14), bytes.readUInt32LE(18)];
    expect(bytes.subarray(at, at + size)).toEqual(png);
    expect(bytes).toHaveLength(at + size);
  });

  test('style nothing that no page has', () => {
    const css = String(assets.get('assets/site.css'));
    const styled = new Set([...css.matchAll(/\.([a-z][a-z-]*)/g)].map(([, name]) => name!));
    const used = new Set(
      [...pages.map(({ html }) => html), renderFrontPage({ ...sampleFrontPage(BASE), top: [] })].flatMap((html) =>
        load(html)('[class]')
          .toArray()
          .flatMap((element) => element.attribs['class']!.split(/\s+/)),
      ),
    );
    const alone = new Set(['article-alone', 'lead-alone']);
    expect([...styled].filter((name) => !used.has(name) && !alone.has(name))).toEqual([]);
  });
});
