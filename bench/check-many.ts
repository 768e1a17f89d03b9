// Pulls the feeds of ../shared/bench/upstream-farm.mjs (1,000 synthetic ones) over loopback into ten topics, publishes them
// over several rounds of news, and checks every document with ../shared/bench/check-feed.mjs: each alone (no warning, its HTML
// judged, its address compared), the three of a set together, and each against the publication before.
//   node bench/check-many.ts [FEEDS] [PUBLICATIONS] [PORT]
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openApp } from '../src/app/open-app.ts';
import { readConfig } from '../src/config/config.ts';
import { readSourcesFile } from '../src/config/sources-file.ts';
import { runCycle } from '../src/pipeline/run-cycle.ts';
import { silentLog } from '../src/support/log.ts';
import { checkPublication, type Judged } from './support/check-publication.ts';
import { root } from './support/run-program.ts';

const [feeds, publications] = [Number(process.argv[2] ?? 1000), Number(process.argv[3] ?? 4)];
const farmProgram = join(root, '../shared/bench/upstream-farm.mjs');
if (!existsSync(farmProgram)) {
  console.error('SKIPPED: ../shared/bench is not here');
  process.exit(2);
}
const EPOCH = '2026-11-24T06:00:00Z';
/** The farm's publishers listen at one port of many addresses. */
const PORT = Number(process.argv[4] ?? 7391);
const SITE = 'https://news.example.org/';
/**
 * Of the feeds, in each round of news. The farm dates all news of a round within three minutes: of many more, the fifty newest
 * would truly have one and the same second, of which the checker warns.
 */
const SHARE = 0.05;

const farm = spawn(process.execPath, [farmProgram, '--feeds', String(feeds), '--port', String(PORT), '--now', EPOCH], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
await firstLine(farm);
const room = mkdtempSync(join(tmpdir(), 'tributary-many-'));
const started = performance.now();
const totals = { documents: 0, entries: 0, sets: 0, compared: 0, unchanged: 0, errors: 0, warnings: 0 };
try {
  const control = `http://127.0.0.1:${PORT}`;
  const addresses = (await (await fetch(`${control}/feeds.txt`)).text()).trim().split('\n');
  const topics = Array.from({ length: 10 }, (_, at) => ({ id: `topic-${at}`, title: `Topic ${at}` }));
  const list = {
    site: { title: 'A thousand feeds', url: SITE },
    defaults: { content: 'feed' },
    topics,
    sources: addresses.map((url, at) => ({ id: `feed-${at}`, title: `Feed ${at}`, url, topics: [`topic-${at % 10}`] })),
  };
  const order = readSourcesFile(new TextEncoder().encode(JSON.stringify(list)), {
    scheduleFault: () => null,
    selectorFault: () => null,
  });
  if ('faults' in order) throw new Error(JSON.stringify(order.faults));
  const output = join(room, 'output');
  let before: Judged | null = null;
  for (let round = 0; round < publications; round++) {
    if (round > 0) await fetch(`${control}/tick?share=${SHARE}`);
    const now = new Date(Date.parse(EPOCH) + round * 3_600_000).toISOString().replace('.000Z', 'Z');
    const flags = { output, data: join(room, 'data'), 'allow-network': '127.0.0.0/8' };
    const quick = { 'host-spacing-ms': '0', 'at-once': '50', 'timeout-seconds': '10' };
    const reading = readConfig({ ...flags, ...quick }, { TRIBUTARY_NOW: now });
    if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));
    const cycleStarted = performance.now();
    await using app = await openApp(reading.config, order.order.site, silentLog);
    const report = await runCycle(
      app,
      { order: order.order, which: 'all', onSource: () => {} },
      new AbortController().signal,
    );
    const cycleS = Math.round((performance.now() - cycleStarted) / 100) / 10;
    const checkStarted = performance.now();
    const { findings, counts, judged } = await checkPublication(output, { siteUrl: SITE, now, before });
    for (const line of findings.slice(0, 40)) console.log(`  ${line}`);
    for (const [name, count] of Object.entries(counts)) totals[name as keyof typeof totals] += count;
    console.log(
      JSON.stringify({
        publication: round + 1,
        refreshed: report.sources.filter(({ outcome }) => outcome === 'refreshed').length,
        failed: countBy(report.sources.filter(({ outcome }) => outcome === 'failed').map(({ code }) => code ?? '')),
        added: report.sources.reduce((sum, { added }) => sum + added, 0),
        written: report.published.written.length,
        refused: report.published.refused.length,
        cycleS,
        checkS: Math.round((performance.now() - checkStarted) / 100) / 10,
        ...counts,
      }),
    );
    totals.errors += report.published.refused.length;
    before = judged;
  }
} finally {
  farm.kill();
  rmSync(room, { recursive: true, force: true });
}
const used = process.resourceUsage();
console.log(
  JSON.stringify({
    feeds,
    publications,
    ...totals,
    wallS: Math.round((performance.now() - started) / 1000),
    cpuS: Math.round((used.userCPUTime + used.systemCPUTime) / 1e6),
    maxRssMiB: Math.round(used.maxRSS / 1024),
  }),
);
process.exit(totals.documents > 0 && totals.entries > 0 && totals.errors === 0 && totals.warnings === 0 ? 0 : 1);

function countBy(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...new Set(names)].toSorted().map((name) => [name, names.filter((one) => one === name).length]),
  );
}

async function firstLine(child: ChildProcess): Promise<void> {
  for await (const _line of createInterface({ input: child.stdout! })) return;
  throw new Error('the farm did not start');
}
