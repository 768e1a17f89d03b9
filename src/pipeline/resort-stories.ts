import { groupInSteps } from '../curate/group-articles.ts';
import { inTurns } from '../support/give-way.ts';
import { loadJudge, loadQuotas } from './load-judge.ts';
import { NOTHING_SORTED, resortedOf, saveGrouped, type Curation } from './save-grouped.ts';

/** So many stories are held at once. */
const BATCH = 200;

/**
 * Lets every stored story choose its topics again, but those named, batch by batch, each in a transaction of its own.
 * Doing it twice does no harm. Gives the number of stories that are in other topics than before.
 */
export async function resortStories(
  curation: Curation,
  { without }: { readonly without: ReadonlySet<string> },
): Promise<number> {
  const { store, site, sources, topics, propose, now, giveWay } = curation;
  const order = { site, sources, topics, ...(propose === undefined ? {} : { propose }) };
  const quotas = await loadQuotas(store, { sources, topics }, { earliest: null, sourceIds: null });
  let resorted = 0;
  for (let after: string | null = null; ;) {
    const batch = await store.allStories(after, BATCH);
    if (batch.length === 0) return resorted;
    after = batch.at(-1)!.story.id;
    const stored = batch.filter(({ story }) => !without.has(story.id));
    const judge = await loadJudge(
      store,
      order,
      stored.flatMap(({ articles }) => articles),
    );
    const steps = groupInSteps({
      judge,
      quotas,
      awaiting: [],
      placements: new Map(),
      eventOf: ({ id }) => id,
      stored,
      sources,
      topics,
      now,
    });
    const grouped = (await inTurns(steps, giveWay)).filter(({ changed }) => changed);
    if (grouped.length > 0) await saveGrouped({ ...curation, judge }, grouped, NOTHING_SORTED);
    resorted += resortedOf(grouped, new Map());
  }
}
