import type { Order } from '../config/sources-file.ts';
import { ALL, type ComposeContext } from '../curate/compose-edition.ts';
import { founderOf, groupByEvent, type EventReports } from '../curate/group-edition.ts';
import { readySite } from '../curate/opt-out.ts';
import { MOST_COMPARED } from '../curate/story-context.ts';
import type { SiteFrame } from '../model/page.ts';
import type { ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Output } from '../publish/write-output.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import { givingWay, type GiveWay } from '../support/give-way.ts';
import { latest, plusSeconds, type Instant } from '../support/instant.ts';
import type { Log } from '../support/log.ts';
import { composeEditions, composeOverviews, frameOf, type EditionStories } from './compose-site.ts';
import { WINDOW_DAYS } from './curate-awaiting.ts';
import {
  allThere,
  lastPublication,
  publicationKey,
  savePublication,
  type LastPublication,
} from './last-publication.ts';
import { assetFiles, editionFiles, listFiles, overviewFiles, type PlannedFile } from './planned-files.ts';
import { putArticlePages, type ArticlePages } from './put-article-pages.ts';
import { storedWeather } from './refresh-weather.ts';
import { topicChangedAt } from './topic-changes.ts';
import { changedFiles, type ChangedFiles, type Refusal } from './write-changed.ts';

export type PublishTools = {
  readonly store: Store;
  readonly output: Output;
  readonly clock: Clock;
  readonly log: Log;
  /** Digest of the program's own code that makes files, composing and rendering: a new version makes everything again. */
  readonly rendererDigest: string;
};

export type PublishReport = {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** What the gate refused: documents, whose last good files stay, and entries that a feed had to leave out. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
};

const FOUNDED_FACT = 'founded';
/** The feeds of everything hold so many entries: what a reader catches up with in a day, in a document of usual size. */
const MOST_IN_ALL = 50;
/** Of one event so many reports are expected, on the average at the most. */
const MOST_REPORTS = 5;

/** What a publication goes by, read once. */
type Publication = {
  readonly order: Order;
  readonly frame: SiteFrame;
  readonly context: ComposeContext & { readonly weather: Awaited<ReturnType<typeof storedWeather>> };
  readonly founded: Instant;
  readonly giveWay: GiveWay;
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
  if (last?.key === key && (await allThere(output, records.keys()))) return told(log, reportOf(last));

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
  const { giveWay } = publication;
  const pages = await putArticlePages({ store, output, files, giveWay }, publication);
  for await (const file of remainingFiles(store, pages, publication)) {
    await files.put(file);
    await giveWay();
  }
}

/** All files but the articles' pages. */
async function* remainingFiles(
  store: Store,
  pages: ArticlePages,
  { order, frame, context, founded }: Publication,
): AsyncIterable<PlannedFile> {
  const stories = await storiesByTopic({ store, absent: pages.absent }, order.topics, { founded, context });
  const newest = await newestPresent(store, null, { most: MOST_COMPARED, absent: pages.absent });
  const from = windowStart(newest);
  const overviews = composeOverviews(
    frame,
    newest.filter(({ story }) => from === null || story.published >= from),
    new Map(order.topics.map(({ id }) => [id, stories.get(id)!.told])),
    context,
  );
  yield* assetFiles();
  yield* overviewFiles({ ...overviews, front: null });
  for (const edition of composeEditions(order.topics, stories, context)) yield* editionFiles(edition);
  yield* listFiles({ order, states: context.states, articles: pages.present, frame });
  yield* overviewFiles({ front: overviews.front, hot: null, topics: [] });
}

async function storiesByTopic(
  { store, absent }: { readonly store: Store; readonly absent: ReadonlySet<string> },
  topics: readonly Topic[],
  { founded, context }: Pick<Publication, 'founded' | 'context'>,
): Promise<ReadonlyMap<string, EditionStories>> {
  const updatedOf = async (topicId: string | null): Promise<Instant> =>
    (await topicChangedAt(store, topicId)) ?? founded;
  const all = await newestPresent(store, null, { most: MOST_IN_ALL, absent });
  const byTopic = new Map<string, EditionStories>([[ALL, { told: all, events: null, updated: await updatedOf(null) }]]);
  for (const { id, group, maxEntries } of topics) {
    const most = group ? maxEntries * MOST_REPORTS : maxEntries;
    const newest = await newestPresent(store, id, { most, absent });
    const events = group ? await eventsOf(store, newest, { most: maxEntries, context }) : null;
    byTopic.set(id, { told: newest.slice(0, maxEntries), events, updated: await updatedOf(id) });
  }
  return byTopic;
}

async function eventsOf(
  store: Store,
  told: readonly ToldStory[],
  given: { readonly most: number; readonly context: ComposeContext },
): Promise<readonly EventReports[]> {
  const founders = await store.stories([...new Set(told.map(({ story }) => founderOf(story.eventId)))]);
  const foundedAt = new Map(founders.map(({ story }) => [story.id, story.published]));
  return groupByEvent(told, { ...given, foundedAt });
}

/** The newest stories whose pages are there. */
async function newestPresent(
  store: Store,
  topicId: string | null,
  { most, absent }: { readonly most: number; readonly absent: ReadonlySet<string> },
): Promise<readonly ToldStory[]> {
  const newest = await store.newestStories(topicId, most + absent.size);
  return newest.filter(({ story }) => !absent.has(story.path)).slice(0, most);
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
