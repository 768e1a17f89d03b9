// A thousand publications of a store that grows to some thousands of entries, late arrivals and corrections among them: closed
// archives stay as they are, byte for byte, and whoever walks through them finds every entry once, in its newest version.
// Then one retraction: what it costs, and that its text is in no file.
//   node bench/archives.ts [PUBLICATIONS] [ENTRIES_EACH]
// Ends with 1 when an archive was changed, or the walk misses something.
import type { Article } from '../src/model/article.ts';
import { curateAwaiting } from '../src/pipeline/curate-awaiting.ts';
import { openEditionFiles } from '../src/pipeline/edition-files.ts';
import { publishTopics } from '../src/pipeline/publish-topics.ts';
import { openTextMemory } from '../src/pipeline/recent-texts.ts';
import { openMemoryStore } from '../src/store/open-store.ts';
import { stoppedClock } from '../src/support/clock.ts';
import { sha256, uuidUrn } from '../src/support/hash.ts';
import { plusSeconds, type Instant } from '../src/support/instant.ts';
import { silentLog } from '../src/support/log.ts';
import { memoryOutput } from '../test/pipeline/archive-world.ts';
import { aLedgerEntry, arrival, aStep } from '../test/store/records.ts';
import { aSite, aTopic } from '../test/support/a-topic.ts';
import { anArticle, aSource } from '../test/support/an-entry.ts';
import { inventedSentences, inventedTitle } from '../test/support/invented-text.ts';
import { memory as memoryInUse } from './support/memory-in-use.ts';

const publications = Number(process.argv[2] ?? 1000);
const each = Number(process.argv[3] ?? 3);
const START = '2026-01-01T00:00:00Z';
const TOPICS = ['all', 'world', 'half'];
/** Every so many publications one entry comes late, and one is put right. */
const LATE_EVERY = 7;
const CORRECTED_EVERY = 5;

const files = new Map<string, string>();
const output = memoryOutput(files);
const store = await openMemoryStore();
const memory = openTextMemory();
const editionFiles = openEditionFiles();
const order = {
  formerTopics: [],
  site: aSite(),
  topics: [aTopic({ id: 'world', maxEntries: 50 }), aTopic({ id: 'half', title: 'Half', maxEntries: 30 })],
  sources: [
    aSource({ id: 'harbour', topicIds: ['world', 'half'] }),
    aSource({ id: 'wire', title: 'Wire', url: 'https://wire.example/feed', topicIds: ['world'] }),
  ],
};
const articles: Article[] = [];

function written(published: Instant): Article {
  const number = articles.length;
  const sourceId = number % 2 === 0 ? 'harbour' : 'wire';
  const id = uuidUrn('article', sourceId, String(number));
  const title = `${inventedTitle(number)} ${number}`;
  const contentHtml = `<p>Text${number}x. ${inventedSentences(number, 6).join(' ')}</p>`;
  const link = `https://${sourceId}.example/${number}`;
  const dates = { published, updated: published, firstSeenAt: published };
  return anArticle({ id, sourceId, entryId: id, link, title, contentHtml, summary: title, wordCount: 150, ...dates });
}

async function bring(article: Article, now: Instant): Promise<void> {
  const { id, sourceId, entryId, firstSeenAt } = article;
  const ledger = [
    aLedgerEntry({ articleId: id, sourceId, entryId, firstSeenAt, digest: sha256(JSON.stringify(article)) }),
  ];
  const trail = [aStep({ articleId: id, at: now, reason: 'its feed has it' })];
  await store.saveRefresh(arrival([article], { ledger, trail }));
}

async function publish(now: Instant): Promise<void> {
  const clock = stoppedClock(now);
  await curateAwaiting({ store, clock, log: silentLog, memory }, order);
  await publishTopics({ store, output, clock, log: silentLog, rendererDigest: 'bench', editionFiles }, order);
}

type Feed = {
  readonly next_url?: string;
  readonly items: readonly { readonly id: string; readonly date_published: string; readonly date_modified?: string }[];
};

function walk(topicId: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let path: string | null = `feeds/${topicId}.json`; path !== null;) {
    const feed: Feed = JSON.parse(files.get(path)!) as Feed;
    for (const item of feed.items)
      if (!found.has(item.id)) found.set(item.id, item.date_modified ?? item.date_published);
    path = feed.next_url === undefined ? null : feed.next_url.slice(order.site.url.length);
  }
  return found;
}

const isArchive = (path: string): boolean => /^feeds\/[^/]+\/archive\//.test(path);
const closed = new Map<string, string>();
let changed = 0;

/** The archives that are there for the first time; all are looked at now and then. */
function lookAtArchives(all: boolean): void {
  for (const [path, text] of files) {
    if (!isArchive(path)) continue;
    const before = closed.get(path);
    if (before !== undefined && !all) continue;
    const digest = sha256(text);
    if (before !== undefined && before !== digest) changed++;
    closed.set(path, digest);
  }
}

function missing(): number {
  let count = 0;
  for (const topicId of TOPICS) {
    const found = walk(topicId);
    const wanted = articles.filter(({ sourceId }) => topicId !== 'half' || sourceId === 'harbour');
    for (const { id, updated } of wanted) if (found.get(id) !== updated) count++;
    count += Math.abs(found.size - wanted.length);
  }
  return count;
}

const began = performance.now();
const took: number[] = [];
let misses = 0;
let now: Instant = START;
for (let at = 1; at <= publications; at++) {
  now = plusSeconds(now, 3600);
  for (let count = 0; count < each; count++) {
    const isLate = count === 0 && at % LATE_EVERY === 0;
    const article = written(plusSeconds(now, isLate ? -60 * 86_400 : count - each));
    articles.push(article);
    await bring(article, now);
  }
  if (at % CORRECTED_EVERY === 0) {
    const place = (at * 7919) % articles.length;
    const one = articles[place]!;
    const correction = { at: now, kind: 'correction', note: 'The text was changed.' } as const;
    const contentHtml = `${one.contentHtml}<p>Put right at ${now}.</p>`;
    articles[place] = { ...one, contentHtml, updated: now, corrections: [...one.corrections, correction] };
    await bring(articles[place], now);
  }
  const from = performance.now();
  await publish(now);
  took.push(performance.now() - from);
  lookAtArchives(at % 100 === 0 || at === publications);
  if (at % 100 === 0 || at === publications) {
    misses += missing();
    const lately = took.slice(-20).toSorted((a, b) => a - b);
    console.log(
      `${at} publications: ${articles.length} entries, ${closed.size} archive files, ${changed} changed, ${misses} missed or wrong; ${lately[10]?.toFixed(0)} ms each of late (median), ${JSON.stringify(memoryInUse())}`,
    );
  }
}
const archives = closed.size;
const [oldest] = articles;
await store.saveVerdicts([{ articleId: oldest!.id, verdict: 'retracted', at: now, note: null }]);
const from = performance.now();
now = plusSeconds(now, 60);
await publish(now);
const retractedIn = performance.now() - from;
articles.shift();
const leaks = [...files.values()].filter((text) => text.includes('Text0x.')).length;
const kept = [...closed.keys()].filter((path) => files.has(path)).length;
misses += missing();
const told = files.get('feeds/world.atom')!.includes(`ref="${oldest!.id}"`);
console.log(
  `retraction: ${archives} archive files rebuilt in ${retractedIn.toFixed(0)} ms, ${kept} old ones left, its text in ${leaks} files, ${told ? 'told' : 'NOT TOLD'} to readers, ${misses} missed or wrong`,
);
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s in all`);
await store[Symbol.asyncDispose]();
process.exitCode = changed + misses + leaks + kept > 0 || !told ? 1 : 0;
