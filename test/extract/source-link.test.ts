import { describe, expect, test } from '@jest/globals';
import { parseHtml } from '../../src/extract/page/parse-html.ts';
import { findSourceLink } from '../../src/extract/source-link/source-link.ts';
import type { Entry } from '../../src/model/feed.ts';
import { anEntry } from '../support/an-entry.ts';

const page = 'https://digest.example.com/2026/bridge';
const source = 'https://www.harbournews.example/bridge-62911';
const TEXT = '<p>The bridge over the harbour opened again on Friday after three years of work.</p>';

function inPage(body: string, head = ''): { url: string; name: string | null } | null {
  const html = `<html><head>${head}</head><body><nav><a href="https://portal.example/source">Source</a></nav><article><h1>Bridge</h1>${TEXT}${body}</article></body></html>`;
  const found = findSourceLink({ tree: parseHtml(html), url: page, entry: null });
  return found === null ? null : { url: found.url, name: found.name };
}

function inEntry(entry: Partial<Entry>): string | null {
  return findSourceLink({ tree: null, url: entry.link ?? page, entry: anEntry({ link: page, ...entry }) })?.url ?? null;
}

describe('a link on the page leads to the source', () => {
  test.each([
    `<p><a href="${source}">Go to Source</a></p>`,
    `<p><a href="${source}">→ Read the full story on Harbour News</a></p>`,
    `<p><a href="${source}"><img src="/i.png" alt="View original"></a></p>`,
    `<p><a href="${source}?utm_source=digest#top">Original article</a></p>`,
    `<p><a href="javascript:void(0)" data-href="${source}">Go to source</a></p>`,
    `<p>Source: <a href="${source}">Harbour News</a></p>`,
    `<p>This story first appeared on <a href="${source}">Harbour News</a>.</p>`,
    `<p>The post <a href="${source}">Bridge</a> appeared first on <a href="https://www.harbournews.example/">Harbour News</a>.</p>`,
    `<p>Source: ${source}</p>`,
    `<p><a href="${source}">Zum Originalartikel</a></p>`,
    `<p><a href="${source}">Lire l’article original</a></p>`,
    `<p>Quelle: <a href="${source}">Harbour News</a></p>`,
    `<p>Fuente original: <a href="${source}">Harbour News</a></p>`,
    `<p>Источник: <a href="${source}">Harbour News</a></p>`,
    `<p><a href="${source}">阅读原文</a></p>`,
    `<p>出典：<a href="${source}">Harbour News</a></p>`,
    `<p><a href="${source}">원문 보기</a></p>`,
    `<p>Kaynak: <a href="${source}">Harbour News</a></p>`,
    `<p>Πηγή: <a href="${source}">Harbour News</a></p>`,
    `<p>מקור: <a href="${source}">Harbour News</a></p>`,
    `<div class="source-link"><a href="${source}">Harbour News</a></div>`,
  ])('%s', (body) => {
    expect(inPage(body)?.url).toBe(source);
  });
});

describe('a link that leads elsewhere is refused', () => {
  test.each([
    ['the credit of a photograph', '<p>Photo: <a href="https://photos.example/1">Ana Ruiz</a></p>'],
    [
      'the source of a chart',
      '<figure><img src="/c.png"><figcaption>Source: <a href="https://stats.example/4">Office</a></figcaption></figure>',
    ],
    [
      'a word in running text',
      '<p>So says <a href="https://rival.example/a">a source close to the mayor</a>, at least.</p>',
    ],
    ['a sidebar', '<aside><a href="https://other.example/a">Go to Source</a></aside>'],
    ['a comment', '<section id="comments"><p><a href="https://spam.example/a">Go to Source</a></p></section>'],
    [
      'a related story',
      '<h4>Related Articles</h4><ul><li><a href="https://other.example/a">Go to Source</a></li></ul>',
    ],
    ['a share button', `<p>via <a href="https://social.example/share?url=${encodeURIComponent(page)}">Social</a></p>`],
    ['a private address', '<p><a href="http://192.168.1.4/admin">Go to Source</a></p>'],
    ['a local name', '<p><a href="http://router/">Go to Source</a></p>'],
    ['a script', '<p><a href="javascript:go()">Go to Source</a></p>'],
    ['the page itself', '<p><a href="/2026/bridge?x=1">Original article</a></p>'],
  ])('%s', (_what, body) => {
    expect(inPage(body)?.url).toBe(page);
  });

  test('a home page names the source and is not the article', () => {
    expect(inPage('<p>Source: <a href="https://www.harbournews.example/">Harbour News</a></p>')).toEqual({
      url: page,
      name: 'Harbour News',
    });
  });
});

describe('what the page declares', () => {
  test.each([
    ['original-source', `<meta name="original-source" content="${source}">`],
    ['a canonical link to another site', `<link rel="canonical" href="${source}">`],
    [
      'isBasedOn',
      `<script type="application/ld+json">{"@type":"NewsArticle","isBasedOn":{"url":"${source}"}}</script>`,
    ],
  ])('%s is the source', (_what, head) => {
    expect(inPage('', head)?.url).toBe(source);
  });

  test('a visible link counts for more', () => {
    expect(
      inPage(`<p><a href="${source}">Go to Source</a></p>`, '<link rel="canonical" href="https://other.example/a">')
        ?.url,
    ).toBe(source);
  });
});

describe('what the feed says', () => {
  test('its original link comes first', () => {
    expect(inEntry({ originalLink: `${source}?utm_source=feedburner` })).toBe(source);
  });

  test('a via link to another site is the source', () => {
    expect(inEntry({ links: [{ rel: 'via', href: source, type: null }] })).toBe(source);
  });

  test('a link in its text is the source, that to the comments is not', () => {
    const html = `<a href="https://board.example/c/1">[comments]</a> <a href="${source}">[link]</a>`;
    expect(inEntry({ content: { type: 'html', value: html } })).toBe(source);
    expect(inEntry({ content: { type: 'html', value: '<a href="https://board.example/c/1">Comments</a>' } })).toBe(
      page,
    );
  });

  test('an entry without any address has no source', () => {
    expect(findSourceLink({ tree: null, url: '', entry: anEntry() })).toBeNull();
  });
});
