import { expect, test } from '@jest/globals';
import { parseHtml } from '../../src/extract/page/parse-html.ts';
import { findSourceLink } from '../../src/extract/source-link/source-link.ts';
import type { Entry } from '../../src/model/feed.ts';
import { anEntry } from '../support/an-entry.ts';

const page = 'https://blatt.example.de/k/3390';
const source = 'https://www.coastalreview.example/science/kelp-returns-2208';
const other = 'https://else.example/m/n-3';
const TEXT = [
  'Kelp has come back to the bay after the urchins were gathered by divers over three summers, a survey by the marine station shows.',
  'The station counted plants along eleven lines and found four times as many as before, though the north shore is still bare.',
  'Fishers say that young cod now hide among the stalks, and they ask that the gathering of urchins be paid for another two years.',
]
  .map((paragraph) => `<p>${paragraph}</p>`)
  .join('');

const onPage = (body: string, title = 'Kelp returns to the bay', head = ''): string =>
  `<html><head><title>${title} - Blatt</title>${head}</head><body>${body}</body></html>`;
const inArticle = (end: string, head = ''): string =>
  onPage(
    `<article class="post"><h1>Kelp returns to the bay</h1><div class="content">${TEXT}${end}</div></article>`,
    undefined,
    head,
  );
const sourceOf = (html: string | null, entry: Entry | null = null): string | null =>
  findSourceLink({ tree: html === null ? null : parseHtml(html), url: page, entry })?.url ?? null;
const inFeed = (html: string, entry: Partial<Entry> = {}): Entry =>
  anEntry({ link: page, title: 'Kelp returns to the bay', content: { type: 'html', value: html }, ...entry });

test.each([
  ["isBasedOn in microdata", sourceOf(inArticle(`<link itemprop="isBasedOn" href="${source}">`)), source],
  ["the address that the page gives to social networks", sourceOf(inArticle('',`<meta property="og:url" content="${source}">`)), source],
  ["DC.source", sourceOf(inArticle('',`<meta name="DC.source" content="${source}">`)), source],
  ["a label in small print, in German", sourceOf(inArticle(`<p><small>Quelle: <em><a href="${source}">Coastal Review</a></em>, 22.8.2026</small></p>`)), source],
  ["a link behind a sign", sourceOf(inArticle(`<p>🔗 <a href="${source}">Read the original story</a></p>`)), source],
  ["a box that is called the article’s source", sourceOf(inArticle(`<div class="article-source"><a href="${source}">coastalreview.example</a></div>`)), source],
  ["a small heading, in German", sourceOf(inArticle(`<h6>Originalartikel</h6><a href="${source}">Kelp is back</a>`)), source],
  ["a label in bold in a line of its own, in Spanish", sourceOf(inArticle(`<p><strong>Fuente:</strong></p><p><a href="${source}">Revista</a></p>`)), source],
  ["a table without heads, in Chinese", sourceOf(inArticle(`<table><tr><td>作者</td><td>李</td></tr><tr><td>来源</td><td><a href="${source}">海岸评论</a></td></tr></table>`)), source],
  ["an address as text, in Japanese", sourceOf(inArticle(`<p>元記事: ${source}</p>`)), source],
  ["a button that keeps its address beside, in Korean", sourceOf(inArticle(`<button data-href="${source}">원문 보기</button>`)), source],
  ["a related link that the text repeats", sourceOf(null,inFeed(`<p>Nice work. <a href="${source}">Kelp</a></p>`,{links:[{rel:'related',href:source,type:null}]})), source],
  ["an original link with tracking", sourceOf(null,inFeed('<p>x</p>',{originalLink:source+'?utm_source=x'})), source],
  ["a ranked link in microformats", sourceOf(onPage(`<div class="story"><span class="link h-cite u-repost-of"><a class="u-url" href="${source}">Kelp returns to the bay</a></span></div><ol class="comments"><li><a href="${other}">x</a></li></ol>`)), source],
  ["a quotation with a line of source below", sourceOf(onPage(`<article><blockquote>${TEXT}</blockquote><p class="source"><a href="${source}">coastalreview</a></p></article>`,'Photo')), source],
  ["words behind the link, in French", sourceOf(inArticle(`<p><a href="${source}">Revue des côtes</a>, article original traduit par L. B.</p>`)), source],
  ["a clause in Polish", sourceOf(inArticle(`<p>Tekst opublikowany pierwotnie na portalu <a href="${source}">Przegląd</a></p>`)), source],
  ["a redirector with tracking in its target", sourceOf(inArticle(`<p>Quelle: <a href="https://l.social.example/?u=${encodeURIComponent('https://www.coastalreview.example/science/kelp-returns-2208?fbclid=1')}">CR</a></p>`)), source],
  ["a release that is announced with a colon", sourceOf(inArticle(`<p>View the full release here: <a href="${source}">${source}</a></p>`)), source],
  ["a gallery", sourceOf(inArticle(`<div class="gallery"><a href="${other}">View original</a></div>`)), page],
  ["a photographer below a linked picture", sourceOf(inArticle(`<p><a href="${other}"><img src="k.jpg" alt="Kelp"></a></p><p>Foto: M. via <a href="${other}">Bilder</a></p>`)), page],
  ["a map", sourceOf(inArticle(`<iframe src="https://maps.example/x"></iframe><p>Map source: <a href="${other}">Open map</a></p>`)), page],
  ["a short post that is quoted", sourceOf(inArticle(`<blockquote class="twitter-tweet"><p>Kelp! <a href="${other}">else.example/m</a></p>— Mo <a href="https://birds.example/mo/status/4">3 May</a></blockquote>`)), page],
  ["a plea for money", sourceOf(inArticle(`<p><a href="https://pay.example/give/4">Support the original reporting</a></p>`)), page],
  ["literature", sourceOf(inArticle(`<h2>References</h2><p>1. <a href="${other}">Urchins</a></p>`)), page],
  ["a canonical address of its own", sourceOf(inArticle('',`<link rel="canonical" href="https://blatt.example.de/k/kelp">`)), 'https://blatt.example.de/k/kelp'],
  ["an earlier article", sourceOf(inArticle(`<p>Previously: <a href="${other}">Urchins gathered</a></p>`)), page],
  ["data", sourceOf(inArticle(`<p>Data: <a href="https://figures.example/sets/9">Marine station</a></p>`)), page],
  ["code and data", sourceOf(inArticle(`<p>Code and original data <a href="https://github.com/x/kelp">here</a>.</p>`)), page],
  ["a box on the author", sourceOf(inArticle(`<div class="author-box"><p>Original posts by <a href="${other}">Mo</a></p></div>`)), page],
  ["the talk of a feed", sourceOf(null,inFeed(`<p>${TEXT}</p><p><a href="https://talk.example/t/4">Discuss</a></p>`,{commentsUrl:'https://talk.example/t/4'})), page],
])('%s', (_what, found, expected) => {
  expect(found).toBe(expected);
}); // prettier-ignore
