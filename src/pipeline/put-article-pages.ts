import type { Order } from '../config/sources-file.ts';
import type { ComposeContext } from '../curate/compose-edition.ts';
import type { SiteFrame } from '../model/page.ts';
import { isInTopic, type ToldStory } from '../model/story.ts';
import type { Output } from '../publish/write-output.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import type { GiveWay } from '../support/give-way.ts';
import type { Instant } from '../support/instant.ts';
import { composeArticlePage, openTeasers } from './compose-site.ts';
import { noteMissingImages } from './images/note-images.ts';
import { articleFile } from './planned-files.ts';
import type { ChangedFiles } from './write-changed.ts';

/** Stories are read from the store so many at a time. */
const BATCH = 200;
/** A page that loses its link to a refused one may pass the gate for that; a third round would change little. */
const MOST_ROUNDS = 3;

export type ArticlePages = {
  readonly present: readonly { readonly path: string; readonly updated: Instant }[];
  /** Paths of pages that are not there, as the gate refused them and there is no last good file. */
  readonly absent: ReadonlySet<string>;
  /** Ids of their stories. */
  readonly absentStories: ReadonlySet<string>;
};

type PutTools = {
  readonly store: Store;
  readonly output: Output;
  readonly files: ChangedFiles;
  readonly giveWay: GiveWay;
  readonly clock: Clock;
};
type Given = {
  readonly order: Order;
  readonly frame: SiteFrame;
  readonly context: ComposeContext;
  /** Whose stories; null: those of all public topics. */
  readonly topicId: string | null;
};

/**
 * Writes the pages of all stories that are published there. None links to a page that is not there: where the gate refuses a new page,
 * those that point to it are made once more without it.
 */
export async function putArticlePages(tools: PutTools, given: Given): Promise<ArticlePages> {
  let absent: ReadonlySet<string> = await absentAsOf(tools);
  for (let round = 1; ; round++) {
    const pages = await putRound(tools, { ...given, absent });
    if (round === MOST_ROUNDS || pages.absent.symmetricDifference(absent).size === 0) return pages;
    ({ absent } = pages);
  }
}

/** What was refused the last time, where it left no file. */
async function absentAsOf({ files, output }: PutTools): Promise<ReadonlySet<string>> {
  const absent = new Set<string>();
  for (const path of files.lastRefused) if (!(await output.exists(path))) absent.add(path);
  return absent;
}

async function putRound(
  { store, files, giveWay, clock }: PutTools,
  { frame, context, topicId, absent, order }: Given & { readonly absent: ReadonlySet<string> },
): Promise<ArticlePages> {
  const present: { readonly path: string; readonly updated: Instant }[] = [];
  const missing = new Set<string>();
  const missingStories = new Set<string>();
  const composing = { ...context, teaser: openTeasers(context) };
  for await (const batch of publishedInBatches(store, topicId)) {
    const others = await storiesBeside(store, batch, { topicId, absent });
    await noteMissingImages(store, batch, { order, now: clock.now() });
    await files.announce(batch.map(({ story }) => story.path));
    for (const told of batch) {
      const { id, path, updated } = told.story;
      if (await files.put(articleFile(composeArticlePage(frame, told, others, composing), path)))
        present.push({ path, updated });
      else {
        missing.add(path);
        missingStories.add(id);
      }
      await giveWay();
    }
  }
  return { present, absent: missing, absentStories: missingStories };
}

async function* publishedInBatches(store: Store, topicId: string | null): AsyncIterable<readonly ToldStory[]> {
  let after: string | null = null;
  for (;;) {
    const batch: readonly ToldStory[] = await store.publishedStories(topicId, after, BATCH);
    if (batch.length === 0) return;
    yield batch;
    after = batch.at(-1)!.story.id;
  }
}

/** The stories that the pages of a batch point to, as far as they are still published and their pages are there. */
async function storiesBeside(
  store: Store,
  batch: readonly ToldStory[],
  { topicId, absent }: { readonly topicId: string | null; readonly absent: ReadonlySet<string> },
): Promise<ReadonlyMap<string, ToldStory>> {
  const ids = new Set(
    batch.flatMap(({ story: { context } }) => [
      ...context.related,
      ...context.hot,
      ...context.topicNews.flatMap(({ storyIds }) => storyIds),
    ]),
  );
  const told = ids.size === 0 ? [] : await store.stories([...ids]);
  const there = told.filter(({ story }) => isInTopic(story, topicId) && !absent.has(story.path));
  return new Map(there.map((one) => [one.story.id, one]));
}
