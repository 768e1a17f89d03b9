import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { enclosureLines, onOneLine, type EntryReading, type FoundEnclosure, type Reader } from './reading.ts';

const PROGRAM = fileURLToPath(new URL('read-feeds.py', import.meta.url));

type Found = {
  readonly refused: string | null;
  readonly title: string | null;
  readonly entries: readonly (Omit<EntryReading, 'enclosure'> & { readonly enclosures: readonly FoundEnclosure[] })[];
};

/**
 * Path of a Python that has feedparser: PYTHON_BIN, else Debian's, else the first on the path. Null where there is none,
 * which is said on stderr; with TRIBUTARY_REQUIRE_ALL=1 it is an error.
 */
export function findPython(): string | null {
  const named = process.env['PYTHON_BIN'];
  const places = named === undefined ? ['/usr/bin/python3', 'python3'] : [named];
  const found = places.find((path) => spawnSync(path, ['-c', 'import feedparser'], { stdio: 'ignore' }).status === 0);
  if (found !== undefined) return found;
  const reason = `feedparser was found in none of these Pythons: ${places.join(', ')} (apt-get install python3-feedparser)`;
  if (process.env['TRIBUTARY_REQUIRE_ALL'] === '1') throw new Error(reason);
  process.stderr.write(`SKIPPED: ${reason}\n`);
  return null;
}

/** Python's feedparser: one process for all documents. */
export function pythonFeedparser(python: string): Reader {
  return {
    name: 'python-feedparser',
    formats: ['atom', 'rss'],
    async read(documents) {
      const found = await run(python, JSON.stringify(documents.map(({ text }) => text)));
      return (JSON.parse(found) as readonly Found[]).map(({ refused, title, entries }, at) => {
        if (refused !== null) throw new Error(`${documents[at]!.path}: ${refused}`);
        return { title: onOneLine(title), entries: entries.map(entryOf) };
      });
    },
  };
}

function entryOf({ enclosures, ...entry }: Found['entries'][number]): EntryReading {
  return {
    ...entry,
    title: onOneLine(entry.title),
    content: onOneLine(entry.content),
    enclosure: enclosureLines(enclosures),
  };
}

function run(python: string, input: string): Promise<string> {
  const child = spawn(python, [PROGRAM], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(said.stdout) : reject(new Error(said.stderr))));
  });
}
