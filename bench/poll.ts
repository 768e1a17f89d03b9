// Polls a list of feeds once with the whole product (parse, admit, sanitise, deduplicate, store; no article pages) and prints
// one JSON line in the shape of the bar's.
//   node bench/poll.ts FEEDS.txt DATA_DIR
import { readFileSync } from 'node:fs';
import { readConfig } from '../src/config/config.ts';
import { openApp } from '../src/app/open-app.ts';
import { aSource } from '../test/support/an-entry.ts';
import { silentLog } from '../src/support/log.ts';

const [list, data] = process.argv.slice(2);
if (list === undefined || data === undefined) {
  console.error('usage: node bench/poll.ts FEEDS.txt DATA_DIR');
  process.exit(2);
}
const reading = readConfig(
  {
    data,
    output: `${data}/output`,
    'at-once': '50',
    'host-spacing-ms': '0',
    'timeout-seconds': '15',
    'allow-network': '127.0.0.0/8',
  },
  {},
);
if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));
const sources = readFileSync(list, 'utf8')
  .trim()
  .split('\n')
  .map((url, at) => aSource({ id: `feed-${at}`, title: `Feed ${at}`, url, topicIds: ['all-feeds'], content: 'feed' }));
const site = {
  title: 'Bench',
  url: 'http://127.0.0.1:8080/',
  language: 'en',
  timeZone: 'UTC',
  place: null,
  description: null,
  contact: null,
  commercial: true,
  optOut: [],
  images: 'hotlink' as const,
  hub: null,
};
const topics = [
  {
    id: 'all-feeds',
    foundedAs: 'all-feeds',
    title: 'All feeds',
    description: null,
    match: null,
    filters: [],
    quota: null,
    retentionDays: null,
    maxEntries: 50,
    group: false,
    learn: false,
    updates: 'all' as const,
    webhooks: [],
    private: false,
    note: null,
  },
];
const order = { site, topics, formerTopics: [], sources };
const started = performance.now();
const counts = { ok: 0, same: 0, failed: 0, entries: 0 };
{
  await using app = await openApp(reading.config, site, silentLog);
  for await (const report of app.refresh(order, 'all', new AbortController().signal)) {
    if (report.outcome === 'refreshed') counts.ok++;
    else if (report.outcome === 'unchanged') counts.same++;
    else counts.failed++;
    counts.entries += report.added;
  }
  await app.curate(order, new AbortController().signal);
}
const used = process.resourceUsage();
console.log(
  JSON.stringify({
    ...counts,
    wallS: Math.round(performance.now() - started) / 1000,
    cpuS: (used.userCPUTime + used.systemCPUTime) / 1e6,
    maxRssMiB: Math.round(used.maxRSS / 1024),
  }),
);
