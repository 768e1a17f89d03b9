// Scores the lead image on the sixty labelled pages of bench/captions/ (README.md there says how they are labelled).
//   node bench/captions.ts [--failures]
// Exit code 1 if a measure is below its target.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readPage } from '../src/extract/read-page.ts';
import { root } from './support/run-program.ts';

type Words = { readonly alt: string | null; readonly caption: string | null; readonly credit: string | null };
type Label = Words & { readonly page: string; readonly url: string; readonly image: string };
type Found = Words & { readonly image: string | null; readonly contentHtml: string };
type Pair = { readonly label: Label; readonly found: Found };

const { values } = parseArgs({ options: { failures: { type: 'boolean', default: false } } });
const folder = join(root, 'bench/captions');
const labels = JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8')) as readonly Label[];
const pairs = labels.map((label) => ({ label, found: read(label) }));

const rightImages = pairs.filter(({ label, found }) => found.image !== null && samePicture(found.image, label.image));
const doubled = pairs.filter(isDoubled);
const caption = f1Of('caption');
const credit = f1Of('credit');
console.log(`image right: ${rightImages.length} of ${pairs.length}`);
console.log(`alternative text F1: ${f1Of('alt').toFixed(3)}`);
console.log(`caption F1: ${caption.toFixed(3)}  (target ≥ .85)`);
console.log(`credit F1: ${credit.toFixed(3)}  (target ≥ .80)`);
console.log(`image doubled: ${doubled.length}  (target 0)`);
if (values.failures) printFailures();
process.exitCode = caption >= 0.85 && credit >= 0.8 && doubled.length === 0 ? 0 : 1;

function read({ page, url }: Label): Found {
  const { image, contentHtml } = readPage({
    body: readFileSync(join(folder, 'pages', page)),
    contentType: null,
    url,
    // Fixed, as in adapters/articles.ts, so that runs compare.
    now: '2026-12-31T00:00:00Z',
  });
  return {
    image: image?.url ?? null,
    alt: image?.alt ?? null,
    caption: image?.caption ?? null,
    credit: image?.credit ?? null,
    contentHtml,
  };
}

/** A wrong text counts twice: as one that was invented and as one that was missed. */
function f1Of(field: keyof Words): number {
  let right = 0;
  let invented = 0;
  let missed = 0;
  for (const { label, found } of pairs) {
    if (label[field] !== null && isRight(label, found, field)) {
      right++;
      continue;
    }
    if (found[field] !== null) invented++;
    if (label[field] !== null) missed++;
  }
  return right === 0 ? 0 : (2 * right) / (2 * right + invented + missed);
}

function isRight(label: Words, found: Words, field: keyof Words): boolean {
  return folded(label[field]) === folded(found[field]);
}

function folded(text: string | null): string | null {
  return (
    text
      ?.replace(/[‘’‚‛′`]/g, "'")
      .replace(/[“”„‟″«»]/g, '"')
      .replace(/\s+/g, ' ')
      // French sets a space inside its quotes.
      .replace(/" | "/g, '"')
      .trim() ?? null
  );
}

/** Renditions of one picture share its file name, but for the size at its end. */
function fileNameOf(address: string): string {
  const path = address.replace(/[?#].*$/, '');
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.[a-z]{3,4}$/i, '')
    .replace(/-\d+x\d+$/, '');
}

function samePicture(one: string, other: string): boolean {
  return one === other || fileNameOf(one) === fileNameOf(other);
}

function isDoubled({ label, found }: Pair): boolean {
  const leads = [label.image, ...(found.image === null ? [] : [found.image])];
  return addressesIn(found.contentHtml).some((address) => leads.some((lead) => samePicture(address, lead)));
}

/** Every address in any attribute: of a picture, of one in a set of sources, of a poster, of a link. */
function addressesIn(html: string): string[] {
  const tags = html.match(/<[^>]+>/g) ?? [];
  return tags
    .flatMap((tag) => tag.match(/"[^"]*"/g) ?? [])
    .flatMap((value) => value.slice(1, -1).split(/[\s,]+/))
    .filter((word) => word.includes('/'));
}

function printFailures(): void {
  for (const pair of pairs) {
    const { label, found } = pair;
    const lines = (['alt', 'caption', 'credit'] as const)
      .filter((field) => !isRight(label, found, field))
      .map((field) => `${field}: wanted ${JSON.stringify(label[field])}, found ${JSON.stringify(found[field])}`);
    if (!rightImages.includes(pair)) lines.unshift(`image: wanted ${label.image}, found ${found.image}`);
    if (isDoubled(pair)) lines.push('the lead image is in the body again');
    if (lines.length > 0) console.log([label.page, ...lines].join('\n  '));
  }
}
