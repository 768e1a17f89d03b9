import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { epochMsOf } from '../../src/support/instant.ts';
import { mapConcurrently } from '../../src/support/concurrency.ts';
import { root } from '../support/run-program.ts';
import { costFaults, feedFaults, type FeedCase, type Seen } from './feed-expectations.ts';
import { NOW, type FeedRun } from './feed-run.ts';
import { openGoodFeeds, type GoodFeeds } from './good-feeds.ts';
import { startHostileServer } from './hostile-server.ts';
import { casesIn, verdictOf, type Verdict } from './verdict.ts';

const AT_ONCE = 2;
/** A run that is not done so long after its case's own limit has hung. */
const PATIENCE_MS = 60_000;

/** Every hostile answer over HTTP on loopback, each in a process of its own with an innocent source beside it. */
export async function* feeds(only: RegExp): AsyncIterable<Verdict> {
  const cases = casesIn<FeedCase>('feeds.jsonl')
    .filter(({ id, title }) => only.test(id) || only.test(title))
    .map(withDates);
  const server = await startHostileServer(cases);
  await using good = await openGoodFeeds();
  try {
    const alone = await run(good, null, PATIENCE_MS);
    if (typeof alone === 'string') throw new Error(`the innocent source alone fails: ${alone}`);
    yield* mapConcurrently(cases, AT_ONCE, (one) => judged(one, good, server.url(one.id), alone));
  } finally {
    await server.close();
  }
}

/** What costs too much is tried once more: the machine may have been busy with something else. */
async function judged(one: FeedCase, good: GoodFeeds, url: string, alone: Seen): Promise<Verdict> {
  let seen = await run(good, url, one.expect.maxMs + PATIENCE_MS);
  if (typeof seen !== 'string' && costFaults(one, seen.run).some((fault) => fault !== null))
    seen = await run(good, url, one.expect.maxMs + PATIENCE_MS);
  const faults =
    typeof seen === 'string' ? [seen] : [...feedFaults(one, seen, alone.files), ...costFaults(one, seen.run)];
  return verdictOf(
    one.id,
    faults.map((fault) => (fault === null ? null : `${one.title}: ${fault}`)),
  );
}

/** `@now+SECONDS` in a body is a date, counted from the run's own now. */
function withDates(one: FeedCase): FeedCase {
  if (one.body === undefined) return one;
  const dated = (_: string, seconds: string): string => new Date(epochMsOf(NOW) + Number(seconds) * 1000).toUTCString();
  return { ...one, body: one.body.replaceAll(/@now([+-]\d+)/g, dated) };
}

/** One process over one hostile address, or over the innocent source alone; in words when it did not end well. */
async function run(good: GoodFeeds, hostileUrl: string | null, timeout: number): Promise<Seen | string> {
  const dir = await mkdtemp(join(tmpdir(), 'tributary-hostile-'));
  const program = join(root, 'bench/hostile/one-feed.ts');
  const addresses = hostileUrl === null ? [] : [good.seedUrl, hostileUrl];
  const args = ['--disable-warning=ExperimentalWarning', program, dir, good.innocentUrl, ...addresses];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout, maxBuffer: 64 * 1024 * 1024 });
    const [files, log] = await Promise.all([filesBelow(join(dir, 'output')), readFile(join(dir, 'log'), 'utf8')]);
    return { run: JSON.parse(stdout) as FeedRun, files, log };
  } catch (error) {
    if (!Error.isError(error)) throw error;
    const { killed, message } = error as Error & { readonly killed?: boolean };
    return killed === true
      ? `had not ended after ${timeout} ms`
      : `the process ended: ${/\w*Error.*/.exec(message.slice(message.indexOf('\n')))?.[0] ?? message.slice(-300)}`;
  } finally {
    await rm(dir, { recursive: true });
  }
}

async function filesBelow(folder: string): Promise<Map<string, string>> {
  const found = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(paths.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const)),
  );
}
