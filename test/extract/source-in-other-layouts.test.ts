import { expect, test } from '@jest/globals';
import { parseHtml } from '../../src/extract/page/parse-html.ts';
import { findSourceLink } from '../../src/extract/source-link/source-link.ts';
import type { Entry } from '../../src/model/feed.ts';
import { anEntry } from '../support/an-entry.ts';

const page = 'https://kiosk.example.net/p/771',
  source = 'https://www.valleytimes.example/2026/05/mill-reopens',
  other = 'https://other.example/x/y-9';
const TEXT = [
  'The old mill at Brede reopens on Saturday after four years in which its wheel stood still and the weir had to be raised by half a metre.',
  'Volunteers rebuilt the wheel from oak that the council had felled for the bypass, and two retired millers trained six apprentices over the winter.',
  'Flour from the first grinding goes to the three bakers in town who lent the money for the stones, and the rest will be sold at the door.',
]
  .map((x) => `<p>${x}</p>`)
  .join('');
const onPage = (b: string, t = 'Mill reopens at Brede'): string =>
  `<html><head><title>${t} — Kiosk</title></head><body><header><nav><a href="/">Kiosk</a></nav></header>${b}</body></html>`;
const inArticle = (b: string): string => onPage(`<main><h1>Mill reopens at Brede</h1>${TEXT}${b}</main>`);
const sourceOf = (html: string | null, entry: Entry | null = null): string | null =>
  findSourceLink({ tree: html === null ? null : parseHtml(html), url: page, entry })?.url ?? null;

test.each([
  ["keys and values without a table", sourceOf(inArticle(`<div class="facts"><div class="row"><span class="key">Origen</span></div><div class="row"><span class="key">Fuente</span> <span class="val"><a href="${source}">El Valle</a></span></div></div>`)), source],
  ["groups in a definition list, in Dutch", sourceOf(inArticle(`<dl><div><dt>Bron</dt><dd><a href="${source}">Valleitijd</a></dd></div><div><dt>Rubriek</dt><dd>Molens</dd></div></dl>`)), source],
  ["a byline that links the author’s paper tells nothing", sourceOf(onPage(`<main><h1>Mill reopens at Brede</h1><p class="by">By Ada Kerr | <a href="${source}">Valley Times</a> | 4 May</p>${TEXT}</main>`)), page],
  ["the original title in brackets", sourceOf(inArticle(`<p>(Original title: <a href="${source}">“Mill turns again”</a>, Valley Times, 4 May 2026)</p>`)), source],
  ["a translator’s note in French", sourceOf(inArticle(`<p>Traduction : L. Brun. Texte original paru dans <a href="${source}">Valley Times</a>.</p>`)), source],
  ["a link that is an icon with a label", sourceOf(inArticle(`<p><a class="ext" href="${source}" aria-label="Open original article"><svg></svg></a></p>`)), source],
  ["a note that has to be opened", sourceOf(inArticle(`<details><summary>About this text</summary><p>Syndicated from <a href="${source}">Valley Times</a></p></details>`)), source],
  ["a \"here\" in Arabic", sourceOf(inArticle(`<p>للاطلاع على النص الأصلي اضغط <a href="${source}">هنا</a></p>`)), source],
  ["a newsletter laid out as a table", sourceOf(null,anEntry({link:page,title:'Mill',content:{type:'html',value:`<table><tr><td>${TEXT}</td></tr><tr><td><a href="${source}?utm_source=k">Read the full story →</a></td></tr></table>`}})), source],
  ["a via alone at the end of a feed’s text", sourceOf(null,anEntry({link:page,title:'Mill',content:{type:'html',value:`${TEXT}<p>(via <a href="${other}">Pointer</a>)</p>`}})), other],
  ["a long quotation below its author and paper", sourceOf(onPage(`<article><h1>A wheel turns</h1><p>Ada Kerr in the <a href="${source}">Valley Times</a>:</p><blockquote>${TEXT}</blockquote><p>Lovely.</p></article>`,'A wheel turns')), source],
  ["a ranked link as an item of a list", sourceOf(onPage(`<ol class="list"><li class="post"><a class="title" href="${source}">Mill reopens at Brede</a> <span>(valleytimes.example)</span><div>34 points by <a href="/u/a">a</a> · <a href="/p/771">9 comments</a></div></li></ol>`)), source],
  ["a short link with the address in its title", sourceOf(inArticle(`<p>Source: <a href="https://k.example/r/Zx81" title="${source}">Valley Times</a></p>`)), source],
  ["a hidden address in the path, in German", sourceOf(inArticle(`<p><a href="/go/aHR0cHM6Ly93d3cudmFsbGV5dGltZXMuZXhhbXBsZS8yMDI2LzA1L21pbGwtcmVvcGVucw==">Weiter zum Original</a></p>`)), source],
  ["a shop for what an article needs", sourceOf(inArticle(`<p>Adapted for our kitchen. <a href="https://shop.valley.example/flour">Buy the flour</a></p>`)), page],
  ["a small line in a picture’s box", sourceOf(inArticle(`<div class="img"><img src="a.jpg" alt=""><small>Bron: <a href="${other}">Archief</a></small></div>${TEXT}`)), page],
  ["the source of a site’s looks", sourceOf(onPage(`<main><h1>Mill</h1>${TEXT}</main><footer><p>Source: <a href="${other}">theme</a></p></footer>`)), page],
  ["a list of others’ stories", sourceOf(inArticle(`<ul><li><a href="${other}">Read more at Other</a></li><li><a href="https://third.example/a/b">Read more at Third</a></li><li><a href="https://fourth.example/a/c">Read more at Fourth</a></li></ul>`)), page],
  ["figures in a line", sourceOf(inArticle(`<p>Mills in use: 1950: 210, 2020: 14. Source: <a href="https://data.region.example/mills">Region</a></p>`)), page],
  ["a chart of one’s own making", sourceOf(inArticle(`<div class="datawrapper-chart"><script></script></div><iframe class="chart" src="/c"></iframe><p>Quelle: <a href="${other}">Amt</a></p>`)), page],
  ["a notice in a correction", sourceOf(inArticle(`<p>This article was amended on 5 May; the <a href="${other}">original notice</a> gave the wrong day.</p>`)), page],
  ["where the author writes", sourceOf(inArticle(`<p>Ada Kerr writes for <a href="https://www.valleytimes.example/authors/kerr">Valley Times</a>.</p>`)), page],
  ["tickets", sourceOf(inArticle(`<p>Tickets: <a href="https://tickets.example/e/4">tickets.example</a></p>`)), page],
  ["a report of something else within the text", sourceOf(onPage(`<main><h1>Mill</h1>${TEXT}<p>The closing was first reported by <a href="${other}">Other</a> in 2022, when the weir broke and the council feared that the wheel would never turn again for lack of money.</p>${TEXT}</main>`)), page],
  ["a digest in a feed", sourceOf(null,anEntry({link:page,title:'Morning links',content:{type:'html',value:`<h3>Mill</h3><p>Reopens.</p><p>Source: <a href="${source}">VT</a></p><h3>Bees</h3><p>Moved.</p><p>Source: <a href="${other}">O</a></p>`}})), page],
])('%s', (_what, found, expected) => {
  expect(found).toBe(expected);
}); // prettier-ignore
