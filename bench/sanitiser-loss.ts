// How many words of a body the sanitiser loses: the bodies of the pages of a corpus as the reader writes them, their words
// before sanitising against after. Ends with 1 where more are lost than may be, over all pages.
//   node bench/sanitiser-loss.ts [SET]     SET: a folder of ../shared/corpus/articles; wcxb-articles without it
import { load } from 'cheerio';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { mainContent } from '../src/extract/body/main-content.ts';
import { sanitize } from '../src/extract/body/sanitize.ts';
import { writeBody } from '../src/extract/body/write-body.ts';
import { decodePage } from '../src/extract/page/decode-page.ts';
import { giveRoot, mendTree } from '../src/extract/page/mend-tree.ts';
import { pageMetadata } from '../src/extract/page/page-metadata.ts';
import { readPageModel } from '../src/extract/page/page-model.ts';
import { parsePage } from '../src/extract/page/parse-html.ts';
import { foldedWords } from '../src/support/words.ts';
import { root } from './support/run-program.ts';

/** Of a hundred words. */
const MOST_LOST = 0.5;
const NOW = '2026-12-31T00:00:00Z';
/** Not read by anybody: what the sanitiser leaves out on purpose is no text. */
const NO_TEXT = 'script, style, noscript, template, iframe, object, textarea, select, svg, math, title';

const set = process.argv[2] ?? 'wcxb-articles';
const folder = join(root, '../shared/corpus/articles', set);
if (!existsSync(folder)) {
  console.error('SKIPPED: ../shared is not here, and the corpora with it');
  process.exit(0);
}
type Loss = { readonly id: string; readonly words: number; readonly lost: readonly string[] };
const losses: Loss[] = [];
const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Record<string, { readonly url?: string }>;
for (const [id, { url }] of Object.entries(truth)) losses.push(lossOf(id, url ?? 'https://page.invalid/'));

const words = losses.reduce((sum, loss) => sum + loss.words, 0);
const lost = losses.reduce((sum, loss) => sum + loss.lost.length, 0);
const share = (100 * lost) / words;
console.log(`${set}: ${losses.length} bodies, ${words} words, ${lost} lost by the sanitiser: ${share.toFixed(3)} %`);
console.log(`target: at most ${MOST_LOST} %`);
for (const { id, lost: gone, words: all } of losses.toSorted((a, b) => b.lost.length - a.lost.length).slice(0, 5))
  if (gone.length > 0) console.log(`  ${gone.length} of ${all}  ${id}  ${gone.slice(0, 12).join(' ')}`);
process.exit(words > 0 && share <= MOST_LOST ? 0 : 1);

function lossOf(id: string, url: string): Loss {
  const before = wordsOf(writtenBody(pageOf(id), url));
  const left = new Map<string, number>();
  for (const word of wordsOf(sanitize(writtenBody(pageOf(id), url), { baseUrl: url })))
    left.set(word, (left.get(word) ?? 0) + 1);
  const gone = before.filter((word) => {
    const count = left.get(word) ?? 0;
    if (count > 0) left.set(word, count - 1);
    return count === 0;
  });
  return { id, words: before.length, lost: gone };
}

/** The body as read-page.ts hands it to the sanitiser. */
function writtenBody(html: string, url: string): string {
  const parsed = parsePage(html);
  const { tree } = parsed;
  giveRoot(tree, 'body');
  mendTree(parsed);
  const page = readPageModel(tree);
  const { metadata, heading } = pageMetadata(page, url, NOW);
  const content = mainContent(page, { title: metadata.title, heading }, []);
  return content === null ? '' : writeBody(page, content, new Set());
}

/** By a parser that knows nothing of ours. A space after each element: blocks end words. */
function wordsOf(html: string): string[] {
  const $ = load(html, null, false);
  $(NO_TEXT).remove();
  $('p, div, li, td, th, tr, br, h1, h2, h3, h4, h5, h6, figure, figcaption, blockquote, pre, dt, dd, section').after(
    '\n',
  );
  return foldedWords($.root().text());
}

function pageOf(id: string): string {
  const packed = join(folder, 'html', `${id}.html.gz`);
  const bytes = existsSync(packed)
    ? gunzipSync(readFileSync(packed))
    : readFileSync(join(folder, 'html', `${id}.html`));
  return decodePage(bytes, null);
}
