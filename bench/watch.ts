// The watch over the redesigns, the newsrooms that never change, and the synthetic upstream: node bench/watch.ts [--each]
// Ends with 1 when a target is missed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readAnswer, type PageAnswer } from '../src/extract/page-wishes.ts';
import { observe } from '../src/extract/watch/watch-observation.ts';
import { watch, type Turn } from '../src/extract/watch/watch.ts';
import type { Entry } from '../src/model/feed.ts';
import { newWatch, type SourceWatch } from '../src/model/source-watch.ts';
import { anEntry, aSource } from '../test/support/an-entry.ts';
import { normalSources } from './redesigns/normal-sources.ts';
import { redesigns, type Page } from './redesigns/redesigns.ts';
import { root } from './support/run-program.ts';

const NOW = '2026-12-31T00:00:00Z';
const LEAST_FOUND = 19;
const FEEDS = 100;
const ITEMS_EACH = 20;
const each = process.argv.includes('--each');

type Fetched = { readonly entry: Entry; readonly html: string; readonly paragraphs: readonly string[] };
/** `isRight`: whether the extractor gives the reader the article, whatever the watch says. */
type Seen = { readonly turn: Turn | null; readonly isRight: boolean; readonly signs: string };

/** One source's articles, one after the other, as the pipeline looks at them. */
function* lookAt(select: string | null, articles: Iterable<Fetched>): Generator<Seen> {
  const source = aSource({ content: 'page', select });
  let known: SourceWatch = newWatch(select ?? '');
  for (const { entry, html, paragraphs } of articles) {
    const answer = answerTo(entry, html, source);
    const observation = observe(entry, entry.link ?? '', [answer]);
    if (observation === null) throw new Error(`no page: ${entry.link}`);
    const after = watch(known, observation, { selectors: select ?? '', now: NOW });
    known = after.watch;
    const signs = after.verdict.signs.map(({ kind, strong }) => (strong ? kind.toUpperCase() : kind)).join(' ');
    yield { turn: after.verdict.turn, isRight: isRight(answer.reading?.text ?? '', paragraphs), signs };
  }
  profileBytes.push(JSON.stringify(known).length);
}

function answerTo(entry: Entry, html: string, source: ReturnType<typeof aSource>): PageAnswer {
  const url = entry.link ?? '';
  const page = { kind: 'fetched', url, contentType: 'text/html; charset=utf-8', body: Buffer.from(html) } as const;
  return readAnswer({ url, as: 'page' }, page, { entry, source, now: NOW }, []);
}

function fetched({ url, title, feedSummary, html, paragraphs }: Page): Fetched {
  const entry = anEntry({ id: url, link: url, title, summary: { type: 'text', value: feedSummary } });
  return { entry, html, paragraphs };
}

/** Whether a reader of the text gets the article: nearly all its paragraphs, and little besides. */
function isRight(text: string, paragraphs: readonly string[]): boolean {
  const lines = text.split('\n');
  const had = paragraphs.filter((paragraph) => text.includes(paragraph));
  const length = (of: readonly string[]): number => of.reduce((sum, one) => sum + one.length, 0);
  return length(had) >= length(paragraphs) * 0.95 && length(lines) <= length(paragraphs) * 1.1;
}

const profileBytes: number[] = [];
let failed = false;
function tell(name: string, figure: string, isMet: boolean): void {
  console.log(`${isMet ? 'met   ' : 'MISSED'}  ${name}: ${figure}`);
  if (!isMet) failed = true;
}

let found = 0;
let foundOrSurvived = 0;
let survivedCount = 0;
let harmful = 0;
let falseAlarms = 0;
let harmless = 0;
for (const { sentence, harm, select, before, after } of redesigns()) {
  const seen = [...lookAt(select, [...before, ...after].map(fetched))];
  const behind = seen.slice(before.length);
  const early = seen.slice(0, before.length).some(({ turn }) => turn !== null);
  const isFound = behind.some(({ turn }) => turn?.is === 'begins');
  const survived = behind.every((one) => one.isRight);
  if (early) falseAlarms++;
  if (harm) {
    harmful++;
    if (survived) survivedCount++;
    if (isFound) found++;
    if (isFound || survived) foundOrSurvived++;
  } else {
    harmless++;
    if (isFound) falseAlarms++;
  }
  if (each || (harm ? !isFound : isFound) || early)
    console.log(
      `  ${harm ? 'harm' : 'none'} ${isFound ? 'found' : '-    '} ${survived ? 'survived' : '-       '} ${sentence} [${seen.map(({ signs }) => signs || '.').join(' | ')}]`,
    );
}
tell(`redesigns found within three articles`, `${found}/${harmful} (target ${LEAST_FOUND})`, found >= LEAST_FOUND);
console.log(`        the extractor survived ${survivedCount}; found or survived: ${foundOrSurvived}/${harmful}`);
tell('alarms over harmless redesigns, and before any', `${falseAlarms} over ${harmless}`, falseAlarms === 0);

const newsrooms = newCount();
for (const { title, select, pages } of normalSources({ articlesEach: 100 }))
  countAlarms(newsrooms, title, lookAt(select, pages.map(fetched)));
tell('alarms over newsrooms that never change', ...perThousand(newsrooms));
await overUpstream();
console.log(`        a profile is ${Math.max(...profileBytes)} bytes at most as plain JSON`);
process.exitCode = failed ? 1 : 0;

type Count = { articles: number; falseAlarms: number; trueAlarms: number };

function newCount(): Count {
  return { articles: 0, falseAlarms: 0, trueAlarms: 0 };
}

/** An alarm is true where the extractor took something else for two of the last three articles: that is what it is for. */
function countAlarms(count: Count, title: string, articles: Iterable<Seen>): void {
  const last: Seen[] = [];
  for (const seen of articles) {
    count.articles++;
    last.push(seen);
    if (each && seen.signs !== '') console.log(`  ${title}: ${seen.signs}${seen.isRight ? '' : ' (wrong)'}`);
    if (seen.turn?.is !== 'begins') continue;
    const isTrue = last.slice(-3).filter((one) => !one.isRight).length >= 2;
    if (isTrue) count.trueAlarms++;
    else count.falseAlarms++;
    console.log(`  ${isTrue ? 'true' : 'FALSE'} alarm: ${title}: ${seen.turn.drift.reason}`);
  }
}

function perThousand({ articles, falseAlarms, trueAlarms }: Count): [figure: string, isMet: boolean] {
  const figure = `${falseAlarms} false over ${articles} articles (target 1 in 1,000); true, of pages read wrongly: ${trueAlarms}`;
  return [figure, falseAlarms * 1000 <= articles];
}

type Item = { readonly title: string; readonly link: string; readonly lang: string; readonly paras: readonly string[] };
type Farm = { item(feed: number, at: number): Item; articleHtml(feed: number, at: number): string };

async function overUpstream(): Promise<void> {
  const path = join(root, '../shared/bench/upstream-farm.mjs');
  if (!existsSync(path)) return console.log('skipped: the synthetic upstream is not here');
  const module = (await import(path)) as { createFarm(options: object): Farm };
  const farm = module.createFarm({ feeds: FEEDS, lazy: true, quiet: true });
  const upstream = newCount();
  for (let feed = 0; feed < FEEDS; feed++) {
    const articles = Array.from({ length: ITEMS_EACH }, (_, at) => fromUpstream(farm, feed, at));
    countAlarms(upstream, `feed ${feed}`, lookAt(null, articles));
  }
  tell('alarms over the synthetic upstream', ...perThousand(upstream));
}

function fromUpstream(farm: Farm, feed: number, at: number): Fetched {
  const { title, link, paras } = farm.item(feed, at);
  const summary = `${paras.join(' ').slice(0, 420)}…`;
  const html = farm.articleHtml(feed, at);
  return {
    entry: anEntry({ id: link, link, title, summary: { type: 'text', value: summary } }),
    html,
    paragraphs: paras,
  };
}
