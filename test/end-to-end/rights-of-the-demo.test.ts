import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Block, NewsroomArticle } from '../../demo/newsroom/articles.ts';
import { PUBLISHERS } from '../../demo/newsroom/publishers.ts';
import { readArticles } from '../../demo/newsroom/read-articles.ts';
import { startNewsroom, type Newsroom } from '../../demo/newsroom/start-newsroom.ts';
import { foldedWords } from '../../src/support/words.ts';
import { filesBelow, leaksIn, runsOf } from '../support/withheld-runs.ts';
import { runTributary } from './run-tributary.ts';

// The whole program against the demo's newsroom, of whose publishers one gives excerpts and one links. What is withheld
// is known from what the newsroom wrote, and not from what the program made of it.

const NOW = '2026-11-24T06:00:00Z';
const EXCERPTED = { id: 'tidewater-times', words: 80 };
const LINKED = 'the-crossing';
const room = mkdtempSync(join(tmpdir(), 'tributary-rights-'));
let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await startNewsroom({
    articles: readArticles(),
    epoch: NOW,
    round: 0,
    ports: PUBLISHERS.map(() => 0),
    controlPort: 0,
    slowMs: 20,
  });
});
afterAll(async () => {
  await newsroom[Symbol.asyncDispose]();
  rmSync(room, { recursive: true, force: true });
});

/** All files of a publication of the demo's sources, as `change` has them, and what the program said while it made them. */
async function publication(name: string, change: (sources: string) => string): Promise<ReadonlyMap<string, string>> {
  const written = readFileSync(new URL('../../demo/sources.json', import.meta.url), 'utf8');
  const moved = newsroom.publishers.reduce(
    (text, { feed }, at) => text.replaceAll(`http://127.0.0.1:${8801 + at}/`, new URL('/', feed).href),
    written,
  );
  const [sources, output, data] = ['sources.json', 'output', 'data'].map((part) => join(room, `${name}-${part}`));
  writeFileSync(sources!, change(moved));
  const run = await runTributary(
    [
      'once',
      '--all',
      '--sources',
      sources!,
      '--output',
      output!,
      '--data',
      data!,
      '--allow-network',
      '127.0.0.0/8',
      '--host-spacing-ms',
      '0',
      '--log-level',
      'debug',
    ],
    { TRIBUTARY_NOW: NOW },
  );
  expect([run.code, run.stderr.includes('"level":"error"')]).toEqual([0, false]);
  return filesBelow(output!).set('what was said', `${run.stdout}\n${run.stderr}`);
}

function textOf(body: readonly Block[]): string {
  return body
    .map((block) => {
      if (typeof block === 'string') return block;
      if ('heading' in block) return block.heading;
      if ('quote' in block) return [block.quote, block.cite].join('\n');
      return 'list' in block ? block.list.join('\n') : block.table.flat().join('\n');
    })
    .join('\n');
}

/** The words of each text behind so many; of a text that may not be shown at all, its summary too. */
function withheldOf(id: string, words: number): string[] {
  return (readArticles().get(id) ?? []).flatMap(({ standfirst, body }: NewsroomArticle) => [
    foldedWords(textOf(body)).slice(words).join(' '),
    ...(words === 0 ? [standfirst] : []),
  ]);
}

/** Runs that other publishers have too, or that a headline is made of. */
function heldByOthers(): ReadonlySet<string> {
  return new Set(
    [...readArticles()].flatMap(([id, articles]) =>
      articles.flatMap(({ title, standfirst, body }) => [
        ...runsOf(title),
        ...(id === EXCERPTED.id || id === LINKED ? [] : [standfirst, textOf(body)].flatMap(runsOf)),
      ]),
    ),
  );
}

test('no file of the demo, and nothing that is said, holds more of a text than its publisher gives', async () => {
  const files = await publication('careful', (text) => text);
  const withheld = [...withheldOf(EXCERPTED.id, EXCERPTED.words), ...withheldOf(LINKED, 0)];
  expect(withheld.flatMap(runsOf).length).toBeGreaterThan(500);
  expect(files.size).toBeGreaterThan(80);
  expect(leaksIn(files, withheld, heldByOthers())).toEqual([]);
}, 60_000);

test('nor where it gives links alone', async () => {
  const files = await publication('linked', (text) => text.replaceAll('"republish": "excerpt"', '"republish": "link"'));
  expect(leaksIn(files, [...withheldOf(EXCERPTED.id, 0), ...withheldOf(LINKED, 0)], heldByOthers())).toEqual([]);
}, 60_000);

test('where the operator allows more, the same look finds it', async () => {
  const files = await publication('careless', (text) =>
    text.replaceAll(/"republish": "(?:excerpt|link)"/g, '"republish": "full"'),
  );
  const found = leaksIn(files, withheldOf(EXCERPTED.id, EXCERPTED.words), heldByOthers());
  const paths = found.map((leak) => leak.slice(0, leak.indexOf(':')));
  expect(paths).toEqual(expect.arrayContaining(['feeds/all.atom', 'feeds/all.json', 'feeds/all.rss']));
  expect(paths).toContainEqual(expect.stringMatching(/^articles\//));
}, 60_000);
