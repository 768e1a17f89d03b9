import { openJudge, type EntryJudge, type JudgeRules } from '../curate/holds/judge-entries.ts';
import { openQuotas, type Quotas } from '../curate/holds/quotas.ts';
import type { Article } from '../model/article.ts';
import type { Quota, Verdict } from '../model/rule.ts';
import type { Store } from '../store/store.ts';
import { plusSeconds, type Instant } from '../support/instant.ts';

/** The operator's rules, made ready. */
export type JudgeOrder = Omit<JudgeRules, 'known'>;

/** A judge that knows what the store knows of the articles that it has learnt of; to be asked of no others. */
export type LoadedJudge = EntryJudge & {
  /** Learns of more articles. */
  learnOf(articles: readonly Article[]): Promise<void>;
};

/** A judge for these articles. Ask it about what awaits sorting first: of an entry told in two versions the first judgement stands. */
export async function loadJudge(store: Store, order: JudgeOrder, articles: readonly Article[]): Promise<LoadedJudge> {
  const known = {
    verdicts: new Map<string, Verdict>(),
    pasts: new Map<string, 'let-through' | 'held'>(),
    counts: new Map<string, number>(),
  };
  const probationOf = (sourceId: string): number => order.sources.get(sourceId)?.probation ?? 0;
  const learnOf = async (more: readonly Article[]): Promise<void> => {
    for (const verdict of (await store.verdicts(more.map(({ id }) => id))).values())
      known.verdicts.set(verdict.articleId, verdict);
    // The pasts of entries matter where there is a probation, and nowhere else.
    const probed = more.filter(({ sourceId }) => probationOf(sourceId) > 0);
    for (const [id, past] of await store.entryPasts(probed.map(({ id }) => id))) known.pasts.set(id, past);
    for (const id of new Set(probed.map(({ sourceId }) => sourceId)).difference(known.counts))
      known.counts.set(id, await store.letThroughCount(id, probationOf(id)));
  };
  await learnOf(articles);
  return { ...openJudge({ ...order, known }), learnOf };
}

/**
 * The quotas, with what is published already.
 * @param asked which stories it will be asked about: the date of the oldest, and the sources of their leads (null: any)
 */
export async function loadQuotas(
  store: Store,
  { sources, topics }: Pick<JudgeOrder, 'sources' | 'topics'>,
  { earliest, sourceIds }: { readonly earliest: Instant | null; readonly sourceIds: ReadonlySet<string> | null },
): Promise<Quotas> {
  const from = ({ hours }: Quota): Instant | null => (earliest === null ? null : plusSeconds(earliest, -hours * 3600));
  const ofTopics = new Map<string, readonly Instant[]>();
  for (const { topic } of topics) {
    if (topic.quota !== null) ofTopics.set(topic.id, await store.publishedInTopic(topic.id, from(topic.quota)));
  }
  const asked = new Map([...sources].filter(([id]) => sourceIds === null || sourceIds.has(id)));
  const since = [...asked].flatMap(([id, { quota }]) => (quota === null ? [] : [[id, from(quota)] as const]));
  const published = { topics: ofTopics, sources: await store.publishedOfSources(new Map(since)) };
  return openQuotas({ sources: asked, topics: topics.map(({ topic }) => topic), published });
}
