import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

// newsboat as a subscriber without a terminal: told to reload once, and its database looked into afterwards.

/**
 * Path of newsboat: NEWSBOAT_BIN, else the usual place. Null where there is none, which is said on stderr; with
 * TRIBUTARY_REQUIRE_ALL=1 it is an error.
 */
export function findNewsboat(): string | null {
  const path = process.env['NEWSBOAT_BIN'] ?? '/usr/bin/newsboat';
  if (existsSync(path)) return path;
  const reason = `newsboat was not found at ${path} (apt-get install newsboat)`;
  if (process.env['TRIBUTARY_REQUIRE_ALL'] === '1') throw new Error(reason);
  process.stderr.write(`SKIPPED: ${reason}\n`);
  return null;
}

export type KeptItem = {
  readonly feed: string;
  readonly guid: string;
  readonly title: string;
  readonly url: string;
  readonly content: string;
  readonly enclosure: string;
  readonly unread: boolean;
};

export type Newsboat = {
  /** Asks all its feeds once. Throws where newsboat fails. */
  poll(): Promise<void>;
  /** What its database holds now; the database is only read. */
  kept(): readonly KeptItem[];
  /** Guids that it knew at the last look. */
  known(): readonly string[];
  /** As a person does who has read everything. */
  markAllRead(): void;
};

/** @param folder where it keeps what it knows; made here */
export function openNewsboat(program: string, folder: string, urls: readonly string[]): Newsboat {
  mkdirSync(folder, { recursive: true });
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('urls'), urls.map((url) => `${url}\n`).join(''));
  writeFileSync(at('config'), ['cleanup-on-quit no', 'download-timeout 20', 'reload-threads 2', ''].join('\n'));
  const database = at('cache.db');
  const last: { guids: readonly string[] } = { guids: [] };
  return {
    async poll() {
      await run(program, ['-q', '-u', at('urls'), '-c', database, '-C', at('config'), '-x', 'reload'], folder);
    },
    kept() {
      using db = new DatabaseSync(database, { readOnly: true });
      const rows = db
        .prepare(
          'SELECT feedurl, guid, title, url, content, enclosure_url, unread FROM rss_item WHERE deleted = 0 ORDER BY id',
        )
        .all() as Record<string, string | number>[];
      last.guids = rows.map((row) => String(row['guid']));
      return rows.map((row) => ({
        feed: String(row['feedurl']),
        guid: String(row['guid']),
        title: String(row['title']),
        url: String(row['url']),
        content: String(row['content']),
        enclosure: String(row['enclosure_url'] ?? ''),
        unread: row['unread'] === 1,
      }));
    },
    known: () => last.guids,
    markAllRead() {
      using db = new DatabaseSync(database);
      db.exec('UPDATE rss_item SET unread = 0');
    },
  };
}

function run(program: string, args: readonly string[], home: string): Promise<void> {
  const child = spawn(program, args, {
    // Without a home of somebody else's, and without a proxy: it asks this machine.
    env: { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8', TERM: 'dumb' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`newsboat ended with ${code}: ${said}`))));
  });
}
