import type { Order } from '../config/sources-file.ts';
import type { ComposeContext } from '../curate/compose-edition.ts';
import { readySite } from '../curate/opt-out.ts';
import { MOST_COMPARED } from '../curate/story-context.ts';
import type { SiteFrame } from '../model/page.ts';
import type { ArchiveChain } from '../model/published-entry.ts';
import type { ToldStory } from '../model/story.ts';
import type { Output } from '../publish/write-output.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import { givingWay, type GiveWay } from '../support/give-way.ts';
import { latest, plusSeconds, type Instant } from '../support/instant.ts';
import type { Log } from '../support/log.ts';
import { openEditionFiles, type EditionFiles } from './edition-files.ts';
import { composeEditions, composeOverviews, frameOf } from './compose-site.ts';
import { WINDOW_DAYS } from './curate-awaiting.ts';
import {
  allThere,
  lastPublication,
  publicationKey,
  savePublication,
  type LastPublication,
} from './last-publication.ts';
import { assetFiles, listFiles, overviewFiles, type PlannedFile } from './planned-files.ts';
import { placeEntries } from './place-entries.ts';
import { followRenames } from './former-topics.ts';
import { putArchives } from './put-archives.ts';
import { putArticlePages, type ArticlePages } from './put-article-pages.ts';
import { storedWeather } from './refresh-weather.ts';
import { MOST_IN_ALL, newestPresent, storiesByTopic } from './topic-stories.ts';
import { ANNOUNCED, changedFiles, type ChangedFiles, type Refusal } from './write-changed.ts';

export type PublishTools = {
  readonly store: Store;
  readonly output: Output;
  readonly clock: Clock;
  readonly log: Log;
  /** Digest of the program's own code that makes files, composing and rendering: a new version makes everything again. */
  readonly rendererDigest: string;
  /** Makes the feeds, and keeps what it made from one publication to the next. Without it nothing is kept. */
  readonly editionFiles?: EditionFiles;
};

export type PublishReport = {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** What the gate refused: documents, whose last good files stay, and entries that a feed had to leave out. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
};

const FOUNDED_FACT = 'founded';

/** What a publication goes by, read once. */
type Publication = {
  readonly order: Order;
  readonly frame: SiteFrame;
  readonly context: ComposeContext & { readonly weather: Awaited<ReturnType<typeof storedWeather>> };
  readonly founded: Instant;
  readonly giveWay: GiveWay;
  readonly editionFiles: EditionFiles;
};

/**
 * Stored stories as files: composes everything, renders what was made from something else than last time, and lets only
 * what passes the gate replace a file. Articles first, the front page last, and a story whose page the gate refused is
 * left out of all others, so that no page ever links into nothing. Where nothing has changed at all, only looks whether
 * the files are still there. Gives way to other work; rejects with the signal's reason, and the next one goes on.
 */
export async function publishTopics(
  tools: PublishTools,
  order: Order,
  signal: AbortSignal = new AbortController().signal,
): Promise<PublishReport> {
  const { store, output, clock, log, rendererDigest } = tools;
  log.debug('publication begins');
  const states = await store.sourceStates();
  const weather = await storedWeather(store, order.site.place);
  // The mark before the stories: what changes in between is published the next time.
  const key = publicationKey({ rendererDigest, order, changeMark: await store.changeMark(), states, weather });
  const last = await lastPublication(store);
  const records = await store.outputs();
  const writtenBefore = [...records.values()].filter(({ inputKey }) => inputKey !== ANNOUNCED);
  if (
    last?.key === key &&
    (await allThere(
      output,
      writtenBefore.map(({ path }) => path),
    ))
  )
    return told(log, reportOf(last));

  const files = changedFiles(tools, { records, refusals: byPath(last?.refusals ?? []) });
  await putEverything(
    { store, output, files },
    {
      order,
      frame: frameOf(order.site, order.topics),
      context: {
        site: readySite(order.site),
        sources: new Map(order.sources.map((source) => [source.id, source])),
        states,
        weather,
      },
      founded: await foundingInstant(store, clock),
      giveWay: givingWay(clock, signal),
      editionFiles: tools.editionFiles ?? openEditionFiles(),
    },
  );
  const removed = [...records.keys()].filter((path) => !files.wanted.has(path));
  for (const path of removed) await output.remove(path);
  if (files.records.size > 0 || removed.length > 0)
    await store.saveOutputs({ written: [...files.records.values()], removed });
  const refusals = [...files.refusals.values()];
  const refusedFiles = refusals.filter((refusal) => refusal.of === 'file').length;
  const publication = { key, files: files.wanted.size - refusedFiles, refusals };
  await savePublication(store, publication);
  const report = reportOf(publication);
  const unchanged = report.unchanged - files.written.size;
  return told(log, { ...report, written: [...files.written], removed, unchanged });
}

/** What a publication that changes nothing reports. */
function reportOf({ files, refusals }: LastPublication): PublishReport {
  const refused = refusals.flatMap(({ path, reasons }) => reasons.map((reason) => ({ path, reason })));
  return { written: [], removed: [], unchanged: files, refused };
}

function told(log: Log, report: PublishReport): PublishReport {
  const { written, removed, unchanged, refused } = report;
  log.info('published', { written: written.length, unchanged, removed: removed.length, refused: refused.length });
  return report;
}

function byPath(refusals: readonly Refusal[]): ReadonlyMap<string, Refusal> {
  return new Map(refusals.map((refusal) => [refusal.path, refusal]));
}

async function putEverything(
  { store, output, files }: { readonly store: Store; readonly output: Output; readonly files: ChangedFiles },
  publication: Publication,
): Promise<void> {
  const { giveWay, editionFiles, order } = publication;
  await followRenames(store, order.formerTopics);
  await placeEntries({ store, giveWay }, publication);
  const pages = await putArticlePages({ store, output, files, giveWay }, publication);
  for (const file of assetFiles()) await files.put(file);
  const chains = await putArchives({ store, files, editionFiles, giveWay }, order.topics, {
    ...publication,
    absentStories: pages.absentStories,
    mostInAll: MOST_IN_ALL,
  });
  for await (const file of remainingFiles(store, { ...pages, chains }, publication)) {
    await files.put(file);
    await giveWay();
  }
}

/** The subscription documents, and what leads to them and to the articles. */
async function* remainingFiles(
  store: Store,
  pages: ArticlePages & { readonly chains: ReadonlyMap<string, ArchiveChain> },
  { order, frame, context, founded, editionFiles }: Publication,
): AsyncIterable<PlannedFile> {
  const { absent, chains } = pages;
  const stories = await storiesByTopic({ store, absent }, order.topics, { chains, founded, context });
  const newest = await newestPresent({ store, absent }, null, MOST_COMPARED);
  const from = windowStart(newest);
  const overviews = composeOverviews(
    frame,
    newest.filter(({ story }) => from === null || story.published >= from),
    new Map(order.topics.map(({ id }) => [id, stories.get(id)!.newest])),
    context,
  );
  for (const edition of composeEditions(order.topics, stories, context)) yield* editionFiles(edition);
  yield* overviewFiles({ ...overviews, front: null });
  yield* listFiles({ order, states: context.states, articles: pages.present, frame });
  yield* overviewFiles({ front: overviews.front, hot: null, topics: [] });
}

/** When this publication began: the date of feeds that have no entry yet. Remembered, so that it never moves. */
async function foundingInstant(store: Store, clock: Clock): Promise<Instant> {
  const known = await store.fact(FOUNDED_FACT);
  if (known !== null) return known;
  const now = clock.now();
  await store.saveFact(FOUNDED_FACT, now);
  return now;
}

/** The window ends with the newest stored story, not with today: unchanged state gives unchanged pages. */
function windowStart(newest: readonly ToldStory[]): Instant | null {
  const last = latest(newest.map(({ story }) => story.published));
  return last === null ? null : plusSeconds(last, -WINDOW_DAYS * 86_400);
}
