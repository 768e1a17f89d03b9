// Pages made to be dear to read, each in a process of its own: CPU milliseconds per MB of page, and peak memory beyond
// the page itself. Ends with 1 if one takes more than it may, or does not end in a reading.
//   node bench/page-floods.ts [--only PART_OF_A_NAME]
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readPage } from '../src/extract/read-page.ts';
import { cpuMsOf } from './support/cpu-time.ts';
import { runNode } from './support/run-program.ts';

const MOST_MS_PER_MB = 250;
const MOST_MB = 250;
/** A page this long is cut by the reader: what is beyond costs its decoding alone. */
const LONG = 50_000_000;
const MB = 1_000_000;

const prose = 'The harbour board met on Tuesday, and nobody was pleased with what it had decided before noon. ';
const paragraph = `<p class="text-block">${prose.repeat(4)}</p>`;
const repeated = (piece: string, size = 5 * MB): string => piece.repeat(Math.floor(size / piece.length));
const counted = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join('');
const article = (body: string): string => `<html><body><h1>Board meets</h1><article>${body}</article></body></html>`;

const FLOODS: Readonly<Record<string, () => string | Uint8Array>> = {
  'a page of 50 MB': () => article(repeated(paragraph, LONG)),
  'a page of 50 MB in one script': () => `<script>${'a<b;'.repeat(LONG / 4)}</script>${article(paragraph.repeat(9))}`,
  'a million nested elements': () => article(`${'<div>'.repeat(MB)}${paragraph}`),
  'a million nested inline elements': () => article(`<p>${'<b>'.repeat(MB)}${prose}`),
  'a million end tags of nothing': () => article(`${'<div>'.repeat(500)}${'</section>'.repeat(MB / 2)}`),
  '200,000 attributes of one element': () =>
    article(`<p ${counted(200_000, (index) => `a${index}="b" `)}>${prose}</p>${paragraph.repeat(9)}`),
  '200,000 elements with classes of their own': () =>
    article(counted(200_000, (index) => `<i class="c${index}-related d${index}">x</i>`)),
  '100,000 images': () => article(counted(100_000, (index) => `<img src="/${index}.jpg" alt="x">`)),
  '100,000 figures': () =>
    article(
      counted(60_000, (index) => `<figure><img src="/${index}.jpg"><figcaption>Photo: A B</figcaption></figure>`),
    ),
  '100,000 pictures in noscript': () =>
    article('<img src="data:,"><noscript><img src="/a.jpg"></noscript>'.repeat(80_000)),
  'a million characters without a space': () => article(`<p>${'x'.repeat(MB)}</p>${paragraph.repeat(9)}`),
  'five million characters of spaces': () => article(`<p>a${' '.repeat(5 * MB)}b</p>`),
  'a million line breaks': () => article(`<p>a${'<br>'.repeat(MB)}b</p>`),
  'a million less-than signs': () => article(`<p>${'<'.repeat(MB)}</p>${paragraph.repeat(9)}`),
  'a million ampersands': () => article(`<p>${'&'.repeat(MB)}</p>${paragraph.repeat(9)}`),
  'a million entities': () => article(`<p>${'&amp;&#1;'.repeat(MB / 2)}</p>`),
  'a million quotes': () => article(`<p>${`"'<b>`.repeat(MB / 2)}</p>`),
  'comments without end': () => article(`${'<!--'.repeat(MB)}${paragraph}`),
  '300,000 links': () => article(counted(100_000, (index) => `<li><a href="/story/${index}">Read more here</a></li>`)),
  '20,000 related headings': () => article(`${'<h2>Related</h2>'.repeat(20_000)}${paragraph.repeat(5000)}`),
  '50,000 short lines of furniture': () => article('<p>read more by the sea</p><p>share this!</p>'.repeat(50_000)),
  '100,000 table cells': () => article(`<table>${'<tr><td>1<td>2'.repeat(100_000)}</table>`),
  '100,000 paragraphs that are alike': () => article(paragraph.repeat(12_000)),
  '100,000 dates and bylines': () => article('<span class="byline date">By Ana Ruiz, 3 May 2024</span>'.repeat(80_000)),
  '50,000 metas': () =>
    `<head>${'<meta name="author" content="Ana Ruiz, Ben Oak and Cay Lund">'.repeat(50_000)}</head>`,
  'JSON-LD of half a MB': () =>
    `<script type="application/ld+json">{"@type":"Article","author":[${'{"@type":"Person","name":"A B"},'.repeat(14_000)}{}]}</script>${article(paragraph)}`,
  'JSON-LD that is never closed': () => `<script type="application/ld+json">${'{"a":['.repeat(80_000)}</script>`,
  'dense scripts': () => article(`<p>${'港の委員会は火曜日に会議を開いた。'.repeat(60_000)}</p>`),
  drawings: () => article(`<svg>${'<g><path d="M0 0"/></g>'.repeat(100_000)}</svg>${paragraph.repeat(9)}`),
  'unclosed paragraphs and lists': () => article('<ul><li><p>One of them<blockquote>'.repeat(300)),
  '50 MB of bytes that mean nothing': () => new Uint8Array(LONG).map((_, at) => 0x80 | ((at * at) >> 3)),
  '50 MB in a charset of two bytes': () =>
    new Uint8Array(LONG).map((_, at) =>
      at < 40 ? '<meta charset=gb18030>'.padEnd(40).charCodeAt(at) : 0xb8 | (at & 7),
    ),
  'a million comments': () => article(`${'<!---->'.repeat(MB)}${paragraph}`),
  'a million entities without an end': () => article(`<p>${'&amp'.repeat(MB)}</p>`),
  'a million names that are no entities': () => article(`<p>${'&a'.repeat(MB)}</p>${'<a title="&a&a&a">'.repeat(9)}`),
  '100,000 empty links': () => article('<a href="/"></a>'.repeat(100_000)),
  '200,000 pairs of line breaks': () => article(`<p>${'line<br><br>'.repeat(100_000)}</p>`),
  'paragraphs by line breaks': () => article(`${prose}<br><br>`.repeat(20_000)),
  'deep and wide at once': () =>
    article(`${'<div>'.repeat(400)}${'<div><p>a</p>'.repeat(90)}${'<i>b</i>'.repeat(90_000)}`),
  'trees beside trees': () => article(`${'<div>'.repeat(100)}one line${'</div>'.repeat(100)}`.repeat(1000)),
  'one attribute of 1 MB': () =>
    article(`<p title="${'x '.repeat(MB / 2)}" class="${'a '.repeat(MB / 2)}">${prose}</p>`),
  'a style of 1 MB': () => article(`<p style="${'a:b;'.repeat(MB / 4)}">${prose}</p>${paragraph.repeat(9)}`),
  'an address of 1 MB': () => article(`<a href="/${'a/../'.repeat(MB / 5)}">a</a><img src="/${'%'.repeat(MB)}">`),
  'a picture in 1 MB of sizes': () =>
    article(`<img srcset="${'/a.jpg 100w, '.repeat(MB / 13)}">${paragraph.repeat(9)}`),
  'data of 2 MB in a script': () =>
    `<script type="application/ld+json">{"@type":"Article","articleBody":"${prose.repeat(20_000)}"}</script>${article('')}`,
  'JSON-LD of many graphs': () =>
    article('<script type="application/ld+json">{"@graph":[{"@type":"Article","name":"a"}]}</script>'.repeat(20_000)),
  'JSON-LD that is nested': () =>
    `<script type="application/ld+json">${'{"a":['.repeat(80_000)}${']}'.repeat(80_000)}</script>${article(paragraph)}`,
  '100,000 elements that carry signals': () => article('<time itemprop="datePublished">3 May</time>'.repeat(100_000)),
  '100,000 headings': () => article(counted(100_000, (index) => `<h2>Part ${index} of it</h2>`)),
  'lists within lists': () => article('<ul><li>one line'.repeat(60_000)),
  'tables within tables': () => article('<table><tr><td>one line'.repeat(60_000)),
  'a piece that is streamed into 9,000 stand-ins': () =>
    article(
      `${'<i>a</i>'.repeat(9000)}<template id="B:1"></template>${'<i>b</i>'.repeat(9000)}<!--/$--><div hidden id="S:1">${paragraph}</div>`,
    ),
  'streamed pieces within pieces': () =>
    article(
      `<template id="B:0"></template>${counted(1000, (index) => `<div hidden id="S:${index}">${'<div>a'.repeat(45)}<template id="B:${index + 1}"></template>${'</div>'.repeat(46)}`)}`,
    ),
  'streamed pieces within pieces, the last first': () =>
    article(
      `<template id="B:999"></template>${counted(1000, (index) => `<div hidden id="S:${index}">${'<div>a'.repeat(45)}<template id="B:${index - 1}"></template>${'</div>'.repeat(46)}`)}`,
    ),
  'soft hyphens': () => article(`<p>${'a\u00ad\u200b'.repeat(MB / 5)}</p>`),
  'words of many scripts': () => article(`<p>${'слово 港 λέξη '.repeat(40_000)}</p>`),
  'a sentence of a million commas': () => article(`<p>${'a, '.repeat(MB / 2)}.</p>`),
  'links in every word': () =>
    article(`<p>${counted(20_000, (at) => `<a href="https://o${at}.example/">via</a> and `)}</p>`),
};

const { values } = parseArgs({ options: { only: { type: 'string' }, one: { type: 'string' } } });
if (values.one === undefined) await readAll(values.only ?? '');
else console.log(JSON.stringify(await readOne(values.one)));

type Cost = { readonly msPerMb: number; readonly megabytes: number };

async function readOne(name: string): Promise<Cost> {
  const small = new TextEncoder().encode(article(paragraph.repeat(9)));
  const read = (body: Uint8Array): unknown =>
    readPage({ body, contentType: 'text/html', url: 'https://page.example/a/b', now: '2026-12-31T00:00:00Z' });
  for (let round = 0; round < 20; round++) read(small);
  const made = FLOODS[name]!();
  const body = typeof made === 'string' ? new TextEncoder().encode(made) : made;
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const ms = await cpuMsOf(() => read(body));
  const peak = process.resourceUsage().maxRSS * 1024;
  return { msPerMb: ms / Math.max(1, body.length / MB), megabytes: Math.max(0, peak - before) / MB };
}

async function readAll(part: string): Promise<void> {
  let over = 0;
  for (const name of Object.keys(FLOODS).filter((one) => one.includes(part))) {
    const { stdout, code } = await runNode(['--expose-gc', fileURLToPath(import.meta.url), '--one', name]);
    const cost = code === 0 ? (JSON.parse(stdout) as Cost) : null;
    const isOver = cost === null || cost.msPerMb > MOST_MS_PER_MB || cost.megabytes > MOST_MB;
    if (isOver) over++;
    const told =
      cost === null
        ? 'DIED'
        : `${cost.msPerMb.toFixed(0).padStart(6)} ms/MB ${cost.megabytes.toFixed(0).padStart(5)} MB`;
    console.log(`${isOver ? 'OVER ' : '     '}${told}  ${name}`);
  }
  console.log(`${over} over ${MOST_MS_PER_MB} ms of CPU a MB, or ${MOST_MB} MB beyond the page`);
  process.exitCode = over > 0 ? 1 : 0;
}
