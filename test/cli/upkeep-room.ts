import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';
import type { ExitCode } from '../../src/cli/command.ts';
import type { Article } from '../../src/model/article.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { uuidUrn } from '../../src/support/hash.ts';
import { plusSeconds } from '../../src/support/instant.ts';
import { aLedgerEntry, arrival, aStep } from '../store/records.ts';
import { anArticle } from '../support/an-entry.ts';
import { handClock } from '../support/hand-clock.ts';
import { inventedSentences, inventedTitle } from '../support/invented-text.ts';

// A publication on a disk of its own, as an operator has it.

export const NOW = '2026-11-24T12:00:00Z';

export type Said = { readonly code: ExitCode; readonly out: string; readonly told: string };

/** A folder with sources.json, data/ and output/. */
export type Place = {
  readonly folder: string;
  readonly list: string;
  readonly data: string;
  readonly output: string;
  run(...args: readonly string[]): Promise<Said>;
  /** Names of what lies below a folder of it, each with its bytes. */
  files(folder: 'data' | 'output'): ReadonlyMap<string, string>;
  inStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result>;
};

export const LIST = {
  site: { title: 'The Daily Confluence', url: 'https://news.example.org/' },
  topics: [
    { id: 'world', title: 'World', maxEntries: 3 },
    { id: 'circle', title: 'Inner Circle', private: true, maxEntries: 2 },
  ],
  sources: [
    { id: 'harbour', title: 'Harbour', url: 'https://harbour.example/feed', topics: ['world'] },
    { id: 'letter', title: 'The Letter', url: 'https://letter.example/feed', topics: ['circle'] },
  ],
};

/** @param copied a place that it is a copy of */
export function openPlace(copied: Place | null = null): Place & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-upkeep-'));
  const [list, data, output] = ['sources.json', 'data', 'output'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  if (copied !== null) cpSync(copied.folder, folder, { recursive: true });
  return {
    folder,
    list,
    data,
    output,
    async run(...args) {
      const [out, told]: [string[], string[]] = [[], []];
      const code = await runCli([...args, '--sources', list, '--data', data, '--output', output], {
        environment: { TRIBUTARY_NOW: NOW },
        stdout: { write: (text) => out.push(text) },
        stderr: { write: (text) => told.push(text) },
        signal: new AbortController().signal,
      });
      return { code, out: out.join(''), told: told.join('') };
    },
    files(below) {
      const root = join(folder, below);
      const found = readdirSync(root, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
      const paths = found.map((entry) => join(entry.parentPath, entry.name)).toSorted();
      return new Map(paths.map((path) => [relative(root, path), readFileSync(path, 'latin1')]));
    },
    async inStore(work) {
      await using store = await openStore({ databaseUrl: null, dataDir: data }, { clock: handClock(NOW) });
      return await work(store);
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function writeList(place: Place, list: object): void {
  writeFileSync(place.list, JSON.stringify(list, null, 2));
}

export function articleOf(number: number, given: Partial<Article> = {}): Article {
  const { sourceId = 'harbour' } = given;
  const at = plusSeconds('2026-11-20T06:00:00Z', number * 3600);
  return anArticle({
    id: uuidUrn('upkeep', sourceId, String(number)),
    sourceId,
    entryId: `${sourceId}-${number}`,
    link: `https://${sourceId}.example/news/${number}`,
    title: `${inventedTitle(number)} of ${sourceId}`,
    published: at,
    updated: at,
    firstSeenAt: at,
    contentHtml: `<p>${inventedSentences(number, 4).join(' ')} Ünïcode “quotes”.</p>`,
    ...given,
  });
}

/** Brings articles in, as a refresh of their source does. */
export async function bring(store: Store, articles: readonly Article[]): Promise<void> {
  for (const article of articles) {
    const { id, sourceId, entryId, firstSeenAt } = article;
    const ledger = [aLedgerEntry({ articleId: id, sourceId, entryId, firstSeenAt, digest: JSON.stringify(article) })];
    const trail = [aStep({ articleId: id, at: NOW, reason: 'its feed has it' })];
    await store.saveRefresh(arrival([article], { ledger, trail }));
  }
}

/** A publication with archives, public and private, one of which tells a text that was corrected since. */
export async function publishSome(place: Place): Promise<void> {
  writeList(place, LIST);
  const many = Array.from({ length: 14 }, (_, number) => articleOf(number));
  const few = Array.from({ length: 6 }, (_, number) => articleOf(number, { sourceId: 'letter' }));
  await place.inStore((store) => bring(store, [...many, ...few]));
  await place.run('publish');
  const corrected = { at: NOW, kind: 'correction', note: 'The text was changed.' } as const;
  await place.inStore((store) =>
    bring(store, [articleOf(0, { contentHtml: '<p>Put right.</p>', updated: NOW, corrections: [corrected] })]),
  );
  await place.run('publish');
}
