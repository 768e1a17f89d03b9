import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { foldedWords } from '../../src/support/words.ts';

/** So many words in a row are a piece of a text, and no chance. */
export const RUN = 8;

/** The runs of words of a text, as they are compared: as they stand in a text, and as they stand in an address. */
export function runsOf(text: string): string[] {
  return [...inRuns(foldedWords(text), ' '), ...inRuns(inAddress(text), '-')];
}

function inRuns(words: readonly string[], between: string): string[] {
  return Array.from({ length: Math.max(0, words.length - RUN + 1) }, (_, at) =>
    words.slice(at, at + RUN).join(between),
  );
}

/** The words of a text as an address is made of them: parted by all that is neither letter nor digit. */
function inAddress(text: string): readonly string[] {
  const plain = text.normalize('NFKD').toLowerCase();
  return plain.replaceAll(/[\p{M}'’]+/gu, '').match(/[a-z0-9]+/g) ?? [];
}

/** Every file below a folder as text, by its path: what is packed is unpacked. */
export function filesBelow(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), unpacked(path, readFileSync(path)).toString('utf8')];
    }),
  );
}

function unpacked(path: string, bytes: Buffer): Buffer {
  if (path.endsWith('.gz')) return gunzipSync(bytes);
  return path.endsWith('.br') ? brotliDecompressSync(bytes) : bytes;
}

/**
 * Where files hold runs of texts that are withheld: the first of each text in each file, as `file: words`. Markup parts
 * no run, and neither does the way in which JSON and XML write it; nor do the hyphens of an address, be it the file's own.
 * @param allowed runs that may be seen all the same, since another text has them too
 */
export function leaksIn(
  files: ReadonlyMap<string, string>,
  withheld: readonly string[],
  allowed: ReadonlySet<string> = new Set(),
): string[] {
  const textOf = new Map<string, number>();
  for (const [at, text] of withheld.entries())
    for (const run of runsOf(text)) if (!allowed.has(run)) textOf.set(run, at);
  const leaks: string[] = [];
  for (const [path, content] of files) {
    const found = new Set<number>();
    const slugs = `${path}\n${content}`.match(SLUG) ?? [];
    for (const run of [
      ...inRuns(foldedWords(withoutMarkup(content)), ' '),
      ...slugs.flatMap((slug) => inRuns(slug.split('-'), '-')),
    ]) {
      const text = textOf.get(run);
      if (text === undefined || found.has(text)) continue;
      found.add(text);
      leaks.push(`${path}: ${run}`);
    }
  }
  return leaks;
}

/** Long enough to hold a run. */
const SLUG = /[a-z0-9]+(?:-[a-z0-9]+){7,}/g;

/** Where a text of a feed ends: what follows is another, be it an author's name. */
const END_OF_TEXT = /<\/(?:content|content:encoded|summary|description|title|name)>/g;
/** A word that no text has. */
const NOBODYS_WORD = 'endofthistext';

function withoutMarkup(content: string): string {
  return content
    .replaceAll(END_OF_TEXT, ` ${NOBODYS_WORD} `)
    .replaceAll('\\u003c', '<')
    .replaceAll(/\\["ntr]/g, ' ')
    .replaceAll(/&(?:amp;)?(?:lt|#60);/g, '<')
    .replaceAll(/&(?:amp;)?(?:gt|#62);/g, '>')
    .replaceAll(/&(?:amp;)?(?:quot|#34|#39|apos);/g, "'")
    .replaceAll(/<\/?[a-z][a-z0-9]*(?: href=[^>]*)?>/gi, ' ');
}
