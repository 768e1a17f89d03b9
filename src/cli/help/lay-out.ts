import type { Definition, Section } from './manual.ts';

/** Terms that are longer stand on a line of their own. */
const WIDEST_TERM = 28;
/** Wider lines are hard to read, whatever the terminal's width. */
const WIDEST_LINE = 100;
const NARROWEST_LINE = 40;
const GAP = 2;

/** Breaks a text between words. A word that is longer than a line is left whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** How wide a help is on a terminal of so many columns; absent: no terminal. */
export function helpWidth(columns: number | undefined): number {
  return Math.min(Math.max(columns ?? 80, NARROWEST_LINE), WIDEST_LINE);
}

/** Terms in a column, and beside each what is said of it, broken to the width. */
export function definitionLines(definitions: readonly Definition[], width: number): string[] {
  const lengths = definitions.map(({ term }) => term.length).filter((length) => length <= WIDEST_TERM);
  const column = 2 + Math.max(0, ...lengths) + GAP;
  return definitions.flatMap(({ term, says }) => {
    const [first = '', ...rest] = wrap(says, Math.max(width - column, 20));
    const indent = ' '.repeat(column);
    const head = `  ${term}`;
    const below = [first, ...rest].map((line) => `${indent}${line}`);
    if (head.length + GAP > column) return [head, ...below];
    return [`${head.padEnd(column)}${first}`.trimEnd(), ...below.slice(1)];
  });
}

/** A section of a help, its title above it. */
export function sectionLines({ title, paragraphs = [], definitions = [] }: Section, width: number): string[] {
  const told = paragraphs.flatMap((paragraph) => [...wrap(paragraph, width - 2).map((line) => `  ${line}`), '']);
  return [`${title}:`, ...told, ...(definitions.length > 0 ? [...definitionLines(definitions, width), ''] : [])];
}

/** Command lines to learn from: each stands alone, to be copied, and what it does under it. */
export function exampleLines(examples: readonly Definition[], width: number): string[] {
  const told = examples.flatMap(({ term, says }) => [
    `  ${term}`,
    ...wrap(says, width - 6).map((line) => `      ${line}`),
  ]);
  return ['examples:', ...told, ''];
}
