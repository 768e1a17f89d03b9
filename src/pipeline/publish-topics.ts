import type { Order } from '../config/sources-file.ts';
import { ALL } from '../curate/compose-edition.ts';
import { StageError } from '../model/errors.ts';
import type { ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Output } from '../publish/write-output.ts';
import type { OutputRecord, Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import { sha256 } from '../support/hash.ts';
import { latest, plusSeconds, type Instant } from '../support/instant.ts';
import type { Log } from '../support/log.ts';
import type { ComposeContext } from '../curate/compose-edition.ts';
import { composeArticlePage, composeEditions, composeOverviews, frameOf } from './compose-site.ts';
import { WINDOW_DAYS } from './curate-awaiting.ts';
import { storedWeather } from './refresh-weather.ts';
import { articleFile, assetFiles, editionFiles, listFiles, overviewFiles, type PlannedFile } from './planned-files.ts';

export type PublishTools = {
  readonly store: Store;
  readonly output: Output;
  readonly clock: Clock;
  readonly log: Log;
  /** Digest of the program's own rendering code: a new version renders everything again. */
  readonly rendererDigest: string;
};

export type PublishReport = {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** Documents that the gate refused; their last good files stay. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
};

/** Stories are read from the store so many at a time. */
const BATCH = 200;
const FOUNDED_FACT = 'founded';
const MOST_IN_ALL = 50;
/** The hot page and the front page choose among so many of the newest stories. */
const MOST_LOOKED_OVER = 1000;

/**
 * Stored stories as files: composes everything, renders what was made from something else than last time, and lets only
 * what passes the gate replace a file. Articles first, the front page last, so that no page ever links into nothing.
 */
export async function publishTopics(tools: PublishTools, order: Order): Promise<PublishReport> {
  const { store, output } = tools;
  tools.log.debug('publication begins');
  const known = await store.outputs();
  const wanted = new Set<string>();
  const records: OutputRecord[] = [];
  const written: string[] = [];
  const refused: { path: string; reason: string }[] = [];
  for await (const file of plannedFiles(tools, order)) {
    wanted.add(file.path);
    const inputKey = sha256(JSON.stringify([tools.rendererDigest, file.madeFrom]));
    const before = known.get(file.path);
    if (before?.inputKey === inputKey && (await output.exists(file.path))) continue;
    try {
      const content = file.make();
      if ((await output.write(file.path, content)) === 'written') {
        written.push(file.path);
        tools.log.debug('file written', { path: file.path });
      }
      records.push({ path: file.path, inputKey, sha256: sha256(content) });
    } catch (error) {
      if (!(error instanceof StageError) || error.code !== 'gate-refused') throw error;
      refused.push({ path: file.path, reason: error.message });
      tools.log.error('document refused by the gate', { path: file.path, reason: error.message });
    }
  }
  const removed = [...known.keys()].filter((path) => !wanted.has(path));
  for (const path of removed) await output.remove(path);
  if (records.length > 0 || removed.length > 0) await store.saveOutputs({ written: records, removed });
  const unchanged = wanted.size - written.length - refused.length;
  tools.log.info('published', { written: written.length, unchanged, removed: removed.length, refused: refused.length });
  return { written, removed, unchanged, refused };
}

async function* plannedFiles({ store, clock }: PublishTools, order: Order): AsyncIterable<PlannedFile> {
  const context: ComposeContext = {
    site: order.site,
    sources: new Map(order.sources.map((source) => [source.id, source])),
    states: await store.sourceStates(),
  };
  const frame = frameOf(order.site, order.topics);
  const articles: { readonly path: string; readonly updated: Instant }[] = [];
  for await (const batch of publishedInBatches(store)) {
    const others = await storiesBeside(store, batch);
    for (const told of batch) {
      articles.push({ path: told.story.path, updated: told.story.updated });
      yield articleFile(composeArticlePage(frame, told, others, context), told.story.path);
    }
  }
  const founded = await foundingInstant(store, clock);
  const stories = await storiesByTopic(store, order.topics, founded);
  const newest = await store.newestStories(null, MOST_LOOKED_OVER);
  const from = windowStart(newest);
  const overviews = composeOverviews(
    frame,
    newest.filter(({ story }) => from === null || story.published >= from),
    new Map(order.topics.map(({ id }) => [id, stories.get(id)!.told])),
    { ...context, weather: await storedWeather(store, order.site.place) },
  );
  yield* assetFiles();
  yield* overviewFiles({ ...overviews, front: null });
  for (const edition of composeEditions(order.topics, stories, context)) yield* editionFiles(edition);
  yield* listFiles({ order, states: context.states, articles, frame });
  yield* overviewFiles({ front: overviews.front, hot: null, topics: [] });
}

async function* publishedInBatches(store: Store): AsyncIterable<readonly ToldStory[]> {
  let after: string | null = null;
  for (;;) {
    const batch: readonly ToldStory[] = await store.publishedStories(after, BATCH);
    if (batch.length === 0) return;
    yield batch;
    after = batch.at(-1)!.story.id;
  }
}

/** The stories that the pages of a batch point to, as far as they are still published. */
async function storiesBeside(store: Store, batch: readonly ToldStory[]): Promise<ReadonlyMap<string, ToldStory>> {
  const ids = new Set(
    batch.flatMap(({ story: { context } }) => [
      ...context.related,
      ...context.hot,
      ...context.topicNews.flatMap(({ storyIds }) => storyIds),
    ]),
  );
  const told = ids.size === 0 ? [] : await store.stories([...ids]);
  return new Map(told.filter(({ story }) => story.topics.length > 0).map((one) => [one.story.id, one]));
}

async function storiesByTopic(
  store: Store,
  topics: readonly Topic[],
  founded: Instant,
): Promise<ReadonlyMap<string, { readonly told: readonly ToldStory[]; readonly updated: Instant }>> {
  const read = async (
    topicId: string | null,
    limit: number,
  ): Promise<{ readonly told: readonly ToldStory[]; readonly updated: Instant }> => ({
    told: await store.newestStories(topicId, limit),
    updated: (await store.newestChange(topicId)) ?? founded,
  });
  const byTopic = new Map([[ALL, await read(null, MOST_IN_ALL)]]);
  for (const { id, maxEntries } of topics) byTopic.set(id, await read(id, maxEntries));
  return byTopic;
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
