import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/run-program.ts';

/** What became of one case. `why` is one line: what was seen instead, or which feature is awaited. */
export type Verdict = {
  readonly id: string;
  readonly outcome: 'passed' | 'failed' | 'not built yet';
  readonly why: string | null;
};

export const corpus = join(root, '../shared/corpus/hostile');
export const corpusIsHere = existsSync(corpus);

/** The cases of one file of the corpus, in its order. */
export function casesIn<Case>(file: string): Case[] {
  return readFileSync(join(corpus, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case);
}

export function passed(id: string): Verdict {
  return { id, outcome: 'passed', why: null };
}

/** Failed for the first of the faults, passed where there is none. */
export function verdictOf(id: string, faults: readonly (string | null)[]): Verdict {
  const found = faults.filter((fault) => fault !== null);
  return found.length === 0 ? passed(id) : { id, outcome: 'failed', why: oneLine(found.join('; ')) };
}

export function notBuiltYet(id: string, why: string): Verdict {
  return { id, outcome: 'not built yet', why };
}

function oneLine(text: string): string {
  const line = text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ');
  return line.length > 240 ? `${line.slice(0, 239)}…` : line;
}
