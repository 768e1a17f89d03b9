// Pulls every string of ../shared/corpus/hostile/strings.jsonl through the whole program, as title, author and category of an
// entry, as the name of its publisher and of its topic, and checks every document with ../shared/bench/check-feed.mjs, twice:
// the second publication has one more entry in each topic.
//   node bench/check-strings.ts
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from '../src/app/open-app.ts';
import { readConfig } from '../src/config/config.ts';
import { readSourcesFile } from '../src/config/sources-file.ts';
import { runCycle } from '../src/pipeline/run-cycle.ts';
import { silentLog } from '../src/support/log.ts';
import { checkPublication, type Judged } from './support/check-publication.ts';
import { root } from './support/run-program.ts';

const corpus = join(root, '../shared/corpus/hostile/strings.jsonl');
if (!existsSync(corpus)) {
  console.error('SKIPPED: ../shared/corpus is not here');
  process.exit(2);
}
const EPOCH = Date.parse('2026-11-24T06:00:00Z');
const SITE = 'https://news.example.org/';
/** A list of sources has no more. */
const MOST_TOPICS = 150;
/** The checker takes this text for a fault of ours, wherever it stands. */
const LOOKS_LIKE_A_FAULT = '[object Object]';

const strings = readFileSync(corpus, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => (JSON.parse(line) as { readonly text: string }).text)
  .filter((text) => text !== LOOKS_LIKE_A_FAULT);
const state = { entries: 1 };
const server = createServer((request, response) => {
  const at = Number(request.url!.slice('/'.length));
  response.writeHead(200, { 'content-type': 'application/feed+json' }).end(feedOf(strings[at]!, at));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const totals = { documents: 0, entries: 0, sets: 0, compared: 0, unchanged: 0, refused: 0, errors: 0, warnings: 0 };
try {
  for (let from = 0; from < strings.length; from += MOST_TOPICS) await checkBatch(from, from + MOST_TOPICS);
} finally {
  server.close();
  server.closeAllConnections();
}
console.log(JSON.stringify({ strings: strings.length, ...totals }));
process.exit(totals.entries > 0 && totals.refused + totals.errors + totals.warnings === 0 ? 0 : 1);

/** Publishes some of the strings twice, each in a topic of its own, and adds up what the checker said. */
async function checkBatch(from: number, to: number): Promise<void> {
  const room = mkdtempSync(join(tmpdir(), 'tributary-strings-'));
  const batch = strings.slice(from, to).map((text, at) => ({ text, at: from + at, named: text }));
  const nameable = batch.map((one) => 'order' in read(listOf([one])));
  const reading = read(listOf(batch.map((one, at) => (nameable[at] ? one : { ...one, named: `Topic ${at}` }))));
  if ('faults' in reading) throw new Error(JSON.stringify(reading.faults.slice(0, 10), null, 1));
  const { order } = reading;
  let before: Judged | null = null;
  for (const round of [0, 1]) {
    state.entries = round + 1;
    const now = new Date(EPOCH + round * 3_600_000).toISOString().replace('.000Z', 'Z');
    const output = join(room, 'output');
    const flags = { output, data: join(room, 'data'), 'allow-network': '127.0.0.0/8', 'host-spacing-ms': '0' };
    const config = readConfig(flags, { TRIBUTARY_NOW: now });
    if ('faults' in config) throw new Error(JSON.stringify(config.faults));
    await using app = await openApp(config.config, order.site, silentLog);
    const report = await runCycle(app, { order, which: 'all', onSource: () => {} }, new AbortController().signal);
    const { findings, counts, judged } = await checkPublication(output, { siteUrl: SITE, now, before });
    for (const line of findings.slice(0, 40)) console.log(`  ${line}`);
    for (const { path, reason } of report.published.refused.slice(0, 20)) console.log(`  refused ${path}: ${reason}`);
    for (const [name, count] of Object.entries(counts)) totals[name as keyof typeof counts] += count;
    totals.refused += report.published.refused.length;
    const added = report.sources.reduce((sum, source) => sum + source.added, 0);
    const names = nameable.filter((can) => can).length;
    console.log(
      JSON.stringify({ publication: round + 1, strings: batch.length, asTopicNames: names, added, ...counts }),
    );
    before = judged;
  }
  rmSync(room, { recursive: true, force: true });
}

function listOf(topics: readonly { readonly at: number; readonly named: string }[]): string {
  return JSON.stringify({
    site: { title: 'Naughty strings', url: SITE },
    defaults: { content: 'feed' },
    topics: topics.map(({ named, at }) => ({ id: `topic-${at}`, title: named, description: named })),
    sources: topics.map(({ named, at }) => ({
      id: `source-${at}`,
      title: named,
      url: `http://127.0.0.1:${port}/${at}`,
      topics: [`topic-${at}`],
    })),
  });
}

function read(list: string): ReturnType<typeof readSourcesFile> {
  return readSourcesFile(new TextEncoder().encode(list), { scheduleFault: () => null, selectorFault: () => null });
}

/** JSON, since it can carry every string as it stands. */
function feedOf(text: string, at: number): string {
  const items = Array.from({ length: state.entries }, (_, entry) => ({
    id: `${at}-${entry}`,
    url: `https://publisher-${at}.example/${entry}`,
    title: text,
    authors: [{ name: text }],
    tags: [text],
    // Words that no other entry has: alike titles alone make no story.
    content_html: `<p>${createHash('sha512').update(`${at}-${entry}`).digest('hex').match(/.{6}/g)!.join(' ')}.</p>`,
    date_published: new Date(EPOCH - 3_600_000 * (2 - entry) - at * 1000).toISOString(),
  }));
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: text,
    home_page_url: `https://publisher-${at}.example/`,
    items: items.toReversed(),
  });
}
