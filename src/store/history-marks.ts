import { sha256 } from '../support/hash.ts';
import type { HistoryQuestion } from './history-store.ts';

/** By what an answer is found again. */
export function markOf({ kind, url, askedAs }: HistoryQuestion): string {
  return sha256(JSON.stringify([kind, url, askedAs]));
}

/** By what all answers of an address are found, however they were asked for. */
export function urlMarkOf({ kind, url }: Pick<HistoryQuestion, 'kind' | 'url'>): string {
  return sha256(JSON.stringify([kind, url]));
}
