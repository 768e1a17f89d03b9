import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PublishedFile } from '../../src/web/kept-files.ts';
import { openPreparedAnswers } from '../../src/web/prepared-answers.ts';
import { openPublished } from '../../src/web/published.ts';
import { handClock } from '../support/hand-clock.ts';

const outputDir = mkdtempSync(join(tmpdir(), 'tributary-prepared-'));
const clock = handClock('2027-01-15T12:00:00Z');
const published = openPublished({ outputDir, clock });
const text = 'news '.repeat(4000);

beforeAll(() => {
  mkdirSync(join(outputDir, 'feeds'));
  for (const name of ['a', 'b', 'c']) writeFileSync(join(outputDir, `feeds/${name}.atom`), text);
});
afterAll(() => rmSync(outputDir, { recursive: true }));

const found = async (name: string): Promise<PublishedFile> =>
  (await published.files.find(outputDir, `feeds/${name}.atom`)) as PublishedFile;

test('an answer is made once for all ways to ask for one coding, and again in the next second', async () => {
  const answersOf = openPreparedAnswers(published, { betweenMs: 1000 });
  const file = await found('a');
  await file.pack('br');
  const first = answersOf(file, 'br')!;
  expect([answersOf(file, 'gzip, br'), answersOf(file, 'x1, br;q=0.9')].every((other) => other === first)).toBe(true);
  expect(answersOf(file, 'identity')!.tag).not.toBe(first.tag);
  expect(answersOf(file, 'gzip')).toBeNull();
  await clock.advance(1000);
  const next = answersOf(file, 'br')!;
  expect([next === first, next.tag]).toEqual([false, first.tag]);
});

test('no more is kept than may be: what is beyond is made for each request, and not put into one piece', async () => {
  const answersOf = openPreparedAnswers(published, { betweenMs: 1000, mostBytes: 50_000 });
  const [a, b, c] = [await found('a'), await found('b'), await found('c')];
  const answers = [a, b, c].map((file) => answersOf(file, null)!);
  expect(answers.map(({ whole }) => whole !== null)).toEqual([true, true, false]);
  expect([a, b, c].map((file, at) => answersOf(file, null) === answers[at])).toEqual([true, true, false]);
  expect(Buffer.from(answers[2]!.body).toString()).toBe(text);
  await clock.advance(1000);
  expect(answersOf(c, null)!.whole).not.toBeNull();
});
