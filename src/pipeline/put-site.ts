import type { Order } from '../config/sources-file.ts';
import type { ComposeContext } from '../curate/compose-edition.ts';
import { MOST_COMPARED } from '../curate/story-context.ts';
import type { SiteFrame } from '../model/page.ts';
import type { ArchiveChain } from '../model/published-entry.ts';
import type { ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Output } from '../publish/write-output.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import type { GiveWay } from '../support/give-way.ts';
import { latest, plusSeconds, type Instant } from '../support/instant.ts';
import { composeEditions, composeOverviews, composeTopicPage, frameOf, openTeasers } from './compose-site.ts';
import { WINDOW_DAYS } from './curate-awaiting.ts';
import type { EditionFiles } from './edition-files.ts';
import { assetFiles, listFiles, overviewFiles, rootFiles, type PlannedFile } from './planned-files.ts';
import { putArchives } from './put-archives.ts';
import { putArticlePages, type ArticlePages } from './put-article-pages.ts';
import type { storedWeather } from './refresh-weather.ts';
import type { Room } from './rooms.ts';
import { MOST_IN_ALL, newestPresent, storiesByTopic } from './topic-stories.ts';
import type { ChangedFiles } from './write-changed.ts';

/** What a publication goes by, read once. */
export type Publication = {
  readonly order: Order;
  readonly context: ComposeContext & { readonly weather: Awaited<ReturnType<typeof storedWeather>> };
  readonly founded: Instant;
  readonly giveWay: GiveWay;
  readonly editionFiles: EditionFiles;
};

type PutTools = {
  readonly store: Store;
  readonly output: Output;
  readonly files: ChangedFiles;
  readonly clock: Clock;
};
type InRoom = Publication & { readonly room: Room; readonly frame: SiteFrame };
type Made = ArticlePages & { readonly chains: ReadonlyMap<string, ArchiveChain> };

/** Writes all files of a room: articles, archives, the subscription documents, and what leads to these. */
export async function putSite(tools: PutTools, publication: Publication & { readonly room: Room }): Promise<void> {
  const { store, files } = tools;
  const { room, order, giveWay, editionFiles } = publication;
  const topics = room.topic === null ? order.topics.filter((topic) => !topic.private) : [room.topic];
  const given = { ...publication, frame: frameOf(room.site, topics) };
  const pages = await putArticlePages({ ...tools, giveWay }, { ...given, topicId: room.topic?.id ?? null });
  for (const file of assetFiles()) await files.put(file);
  const editions = room.topic === null ? [...topics, null] : topics;
  const chains = await putArchives({ store, files, editionFiles, giveWay }, editions, {
    ...given,
    absentStories: pages.absentStories,
    mostInAll: MOST_IN_ALL,
  });
  const remaining = room.topic === null ? publicFiles : privateFiles;
  for await (const file of remaining(store, { ...pages, chains }, { ...given, topics })) {
    await files.put(file);
    await giveWay();
  }
}

type Remaining = InRoom & { readonly topics: readonly Topic[] };

/** The subscription documents, and what leads to them and to the articles. */
async function* publicFiles(
  store: Store,
  { absent, chains, present }: Made,
  { order, topics, frame, context, founded, editionFiles }: Remaining,
): AsyncIterable<PlannedFile> {
  const stories = await storiesByTopic({ store, absent }, [null, ...topics], { chains, founded, context });
  const newest = await newestPresent({ store, absent }, null, MOST_COMPARED);
  const from = windowStart(newest);
  const overviews = composeOverviews(
    frame,
    newest.filter(({ story }) => from === null || story.published >= from),
    new Map(topics.map(({ id }) => [id, stories.get(id)!.newest])),
    context,
  );
  for (const edition of composeEditions([...topics, null], stories, context)) yield* editionFiles(edition);
  yield* overviewFiles({ ...overviews, front: null });
  yield* rootFiles();
  yield* listFiles({ order, states: context.states, articles: present, frame });
  yield* overviewFiles({ front: overviews.front, hot: null, topics: [] });
}

/** Of a private topic its documents, and its page. There are no lists: whoever has come here knows the way. */
async function* privateFiles(
  store: Store,
  { absent, chains }: Made,
  { topics, frame, context, founded, editionFiles }: Remaining,
): AsyncIterable<PlannedFile> {
  const stories = await storiesByTopic({ store, absent }, topics, { chains, founded, context });
  for (const edition of composeEditions(topics, stories, context)) yield* editionFiles(edition);
  const teaser = openTeasers(context);
  const pages = frame.topics.map((topic) =>
    composeTopicPage(frame, topic, { told: stories.get(topic.id)!.newest, teaser }),
  );
  yield* overviewFiles({ front: null, hot: null, topics: pages });
}

/** The window ends with the newest stored story, not with today: unchanged state gives unchanged pages. */
function windowStart(newest: readonly ToldStory[]): Instant | null {
  const last = latest(newest.map(({ story }) => story.published));
  return last === null ? null : plusSeconds(last, -WINDOW_DAYS * 86_400);
}
