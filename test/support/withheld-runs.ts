import { foldedWords } from '../../src/support/words.ts';

/** So many words in a row are a piece of a text, and no chance. */
export const RUN = 8;

/** The runs of words of a text, as they are compared. */
export function runsOf(text: string): string[] {
  const words = foldedWords(text);
  return Array.from({ length: Math.max(0, words.length - RUN + 1) }, (_, at) => words.slice(at, at + RUN).join(' '));
}

/**
 * Where files hold runs of texts that are withheld: the first of each text in each file, as `file: words`. Markup parts
 * no run, and neither does the way in which JSON and XML write it.
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
    for (const run of runsOf(withoutMarkup(content))) {
      const text = textOf.get(run);
      if (text === undefined || found.has(text)) continue;
      found.add(text);
      leaks.push(`${path}: ${run}`);
    }
  }
  return leaks;
}

function withoutMarkup(content: string): string {
  return content
    .replaceAll('\\u003c', '<')
    .replaceAll(/\\["ntr]/g, ' ')
    .replaceAll(/&(?:amp;)?(?:lt|#60);/g, '<')
    .replaceAll(/&(?:amp;)?(?:gt|#62);/g, '>')
    .replaceAll(/&(?:amp;)?(?:quot|#34|#39|apos);/g, "'")
    .replaceAll(/<\/?[a-z][a-z0-9]*(?: href=[^>]*)?>/gi, ' ');
}
