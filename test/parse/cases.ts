import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AboutBytes } from '../../src/parse/parse-feed.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/parse', import.meta.url));

/** A folder of test/fixtures/parse: its name as a sentence, the bytes, and what is expected of them. */
export type Case = {
  readonly sentence: string;
  readonly bytes: Uint8Array;
  readonly about: AboutBytes;
  /** What the Feed holds at least; lists are as long as here. */
  readonly feed: Record<string, unknown> | null;
  readonly error: Record<string, unknown> | null;
};

export function parseCases(): Case[] {
  return readdirSync(FOLDER).map((name) => {
    const folder = join(FOLDER, name);
    const input = readdirSync(folder).find((file) => file.startsWith('input.'))!;
    const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Partial<Case>;
    return {
      sentence: name.replaceAll('-', ' '),
      bytes: new Uint8Array(readFileSync(join(folder, input))),
      about: expected.about ?? { url: 'https://feeds.example/all.xml', contentType: null },
      feed: expected.feed ?? null,
      error: expected.error ?? null,
    };
  });
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export const ABOUT: AboutBytes = { url: 'https://feeds.example/all.xml', contentType: null };
