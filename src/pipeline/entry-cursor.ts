import type { Instant } from '../support/instant.ts';

/**
 * How far somebody has read a topic. `founded`: of which publication, as turns of another one say nothing. `began`: the
 * last turn when the reading began; what was gone by then was never told.
 */
export type EntryCursor = {
  readonly founded: Instant;
  /** The id that the topic began with: it is read on under a new name. */
  readonly topic: string;
  readonly after: number;
  readonly began: number;
};

const VERSION = 1;
const MOST_CHARACTERS = 512;

/** The text that stands for a cursor, for nobody to read. */
export function cursorText({ founded, topic, after, began }: EntryCursor): string {
  return Buffer.from(JSON.stringify([VERSION, founded, topic, after, began])).toString('base64url');
}

/** Reads a cursor; null for a text that is none, or written in another way than ours. */
export function readCursor(text: string): EntryCursor | null {
  if (text.length > MOST_CHARACTERS || !/^[\w-]+$/.test(text)) return null;
  const data = dataOf(Buffer.from(text, 'base64url').toString('utf8'));
  if (!Array.isArray(data)) return null;
  const [version, founded, topic, after, began] = data as readonly unknown[];
  if (version !== VERSION || typeof founded !== 'string' || typeof topic !== 'string') return null;
  if (!isTurn(after) || !isTurn(began)) return null;
  const cursor = { founded, topic, after, began };
  return cursorText(cursor) === text ? cursor : null;
}

function isTurn(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function dataOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
