// A program of its own, so that a case can exhaust nothing but itself: runs the whole product over one hostile source.
//   node bench/hostile/one-feed.ts DIR INNOCENT_URL [SEED_URL HOSTILE_URL]
// First the source answers with the seed, then from the hostile address, beside an innocent source; where that was read,
// once more. Without a hostile address the innocent is alone. Writes DIR/output and DIR/log, prints a FeedRun.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApp, type App } from '../../src/app/open-app.ts';
import { readConfig, type Config } from '../../src/config/config.ts';
import type { Order } from '../../src/config/sources-file.ts';
import { runCycle, type CycleReport } from '../../src/pipeline/run-cycle.ts';
import { keepPagesYoung } from '../../src/support/heap.ts';
import { jsonLog } from '../../src/support/log.ts';
import { NOW, SOURCE_ID, type FeedRun } from './feed-run.ts';
import { readBytes, SITE } from './read-topics.ts';

// As src/main.ts does.
keepPagesYoung();

const [dir, innocentUrl, seedUrl, hostileUrl] = process.argv.slice(2);
if (dir === undefined || innocentUrl === undefined)
  throw new Error('usage: one-feed.ts DIR INNOCENT_URL [SEED_URL HOSTILE_URL]');
const lines: string[] = [];
const log = jsonLog('debug', { write: (line: string) => void lines.push(line) });
{
  await using app = await openApp(configOf(dir), { url: SITE.url }, log);
  const cycle = (sources: readonly Listed[]): Promise<CycleReport> => cycleOf(app, sources);
  const innocent = { id: 'innocent', url: innocentUrl };
  if (seedUrl !== undefined) await cycle([{ id: SOURCE_ID, url: seedUrl }]);
  const hostile = hostileUrl === undefined ? [] : [{ id: SOURCE_ID, url: hostileUrl }];
  const rssBeforeKiB = process.resourceUsage().maxRSS;
  const worked = process.cpuUsage();
  const begunMs = performance.now();
  const second = await cycle([...hostile, innocent]);
  const tookMs = performance.now() - begunMs;
  const { user, system } = process.cpuUsage(worked);
  const rssAfterKiB = process.resourceUsage().maxRSS;
  const report = second.sources.find(({ sourceId }) => sourceId === SOURCE_ID) ?? null;
  const state = (await app.store.sourceStates()).get(SOURCE_ID) ?? null;
  const third = report?.outcome === 'refreshed' ? await cycle([...hostile, innocent]) : null;
  const run: FeedRun = {
    report,
    state,
    tookMs: Math.round(tookMs),
    workedMs: Math.round((user + system) / 1000),
    extraMiB: Math.round(Math.max(0, rssAfterKiB - rssBeforeKiB) / 1024),
    refused: [...second.published.refused, ...(third?.published.refused ?? [])],
    changedByAskingAgain: third?.published.written ?? [],
    polluted: ({} as { polluted?: unknown }).polluted !== undefined,
  };
  writeFileSync(join(dir, 'log'), lines.join(''));
  console.log(JSON.stringify(run));
}

type Listed = { readonly id: string; readonly url: string };

/** Short time-outs, one clock that stands still, loopback alone. */
function configOf(folder: string): Config {
  const flags = {
    output: join(folder, 'output'),
    data: join(folder, 'data'),
    'allow-network': '127.0.0.0/8',
    'host-spacing-ms': '0',
    'timeout-seconds': '8',
  };
  const reading = readConfig(flags, { TRIBUTARY_NOW: NOW });
  if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));
  return reading.config;
}

/** Article pages are never asked for: the links of the corpus lead out of this machine. */
function orderOf(sources: readonly Listed[]): Order {
  const list = {
    site: SITE,
    defaults: { content: 'feed' },
    topics: [SOURCE_ID, 'innocent'].map((id) => ({ id, title: id, maxEntries: 500 })),
    sources: sources.map(({ id, url }) => ({ id, title: id, url, topics: [id] })),
  };
  const reading = readBytes(new TextEncoder().encode(JSON.stringify(list)));
  if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));
  return reading.order;
}

function cycleOf(app: App, sources: readonly Listed[]): Promise<CycleReport> {
  const given = { order: orderOf(sources), which: 'all', onSource: () => {} } as const;
  return runCycle(app, given, new AbortController().signal);
}
