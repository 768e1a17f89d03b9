import type { Article } from '../../model/article.ts';
import type { EntriesKnown, EntryJudgement } from '../../model/judgement.ts';
import type { Verdict } from '../../model/rule.ts';
import type { Site } from '../../model/site.ts';
import type { Source } from '../../model/source.ts';
import type { TopicReason } from '../../model/story.ts';
import { prepareOptOut } from '../opt-out.ts';
import { refusalOf } from '../refusal.ts';
import { searchable, type Searchable } from '../match-rules.ts';
import { matchTopics, type TopicRules } from '../match-topics.ts';
import { judgeFilters, prepareFilters, type Filtered, type PreparedFilters } from './judge-filters.ts';

/** What judging goes by. */
export type JudgeRules = {
  readonly site: Pick<Site, 'optOut'>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly topics: readonly TopicRules[];
  /** Topics that no rule of theirs takes an article into, and that are proposed all the same. */
  readonly propose?: (article: Article) => readonly TopicReason[];
  readonly known: EntriesKnown;
};

/** Judges entries one by one, each once: asked again it says the same. */
export type EntryJudge = {
  /**
   * To be asked in the order in which entries are sorted, as probation counts. That the operator has retracted it outweighs
   * all, then that its publisher has opted out, then his other verdicts all else; then come the filters of the source, the topics with their filters, and probation, for what was never let through.
   */
  judge(article: Article): EntryJudgement;
  /** Whether the operator has approved it: then no quota keeps it out either. */
  isApproved(article: Article): boolean;
};

export function openJudge({ site, sources, topics, propose, known }: JudgeRules): EntryJudge {
  const optOut = prepareOptOut(site.optOut);
  const judged = new Map<string, EntryJudgement>();
  /** How many more of each source go on or wait than were known to. */
  const more = new Map<string, number>();
  const ofSource = onceForEach((source: Source) => prepareFilters('the source', source.filters));
  const ofTopic = new Map(topics.map(({ topic }) => [topic.id, prepareFilters(named(topic), topic.filters)]));

  const judgeAnew = (article: Article): EntryJudgement => {
    const verdict = known.verdicts.get(article.id) ?? null;
    if (verdict?.verdict === 'retracted') return { kind: 'retract', reason: saidBecause('retracted', verdict.note) };
    if (verdict?.verdict === 'expired')
      return { kind: 'expire', reason: verdict.note ?? 'it is older than it is kept' };
    const refusal = refusalOf(article, optOut, sources.get(article.sourceId) ?? null);
    if (refusal !== null) return { kind: 'refuse', reason: refusal };
    if (verdict?.verdict === 'rejected') return { kind: 'drop', reason: saidBecause('rejected', verdict.note) };
    const source = sources.get(article.sourceId) ?? null;
    // Nobody answers any more for what comes from a source that is not listed; what it has published is left to others.
    if (source === null) return { kind: 'pass', topics: [], without: [] };
    const text = searchable(article);
    const matched = withProposals(matchTopics(article, source, topics, text), propose?.(article) ?? [], topics);
    if (verdict?.verdict === 'approved') return { kind: 'pass', topics: matched, without: [] };
    const filtered = judgeFilters(article, text, ofSource(source));
    if (filtered !== null) return judgementOf(filtered);
    const judgement = judgeTopics(article, text, { matched, ofTopic });
    if (!goesOn(judgement)) return judgement;
    const waits = onProbation(source, {
      past: known.pasts.get(article.id),
      before: (known.counts.get(source.id) ?? 0) + (more.get(source.id) ?? 0),
    });
    return waits === null ? judgement : { kind: 'hold', by: 'probation', reason: waits };
  };

  return {
    judge(article) {
      const before = judged.get(article.id);
      if (before !== undefined) return before;
      const judgement = judgeAnew(article);
      judged.set(article.id, judgement);
      if ((judgement.kind === 'hold' || goesOn(judgement)) && !known.pasts.has(article.id))
        more.set(article.sourceId, (more.get(article.sourceId) ?? 0) + 1);
      return judgement;
    },
    isApproved: ({ id }) => known.verdicts.get(id)?.verdict === 'approved',
  };
}

function judgementOf({ does, reason }: Filtered): EntryJudgement {
  return does === 'drop' ? { kind: 'drop', reason } : { kind: 'hold', by: 'filter', reason };
}

function goesOn(judgement: EntryJudgement): boolean {
  return judgement.kind === 'pass' && judgement.topics.length > 0;
}

/** In the operator's order of topics; what a rule says comes before what is proposed. */
function withProposals(
  matched: readonly TopicReason[],
  proposed: readonly TopicReason[],
  topics: readonly TopicRules[],
): readonly TopicReason[] {
  if (proposed.length === 0) return matched;
  const reasons = new Map([...proposed, ...matched].map((one) => [one.topicId, one]));
  return topics.flatMap(({ topic }) => reasons.get(topic.id) ?? []);
}

/**
 * One that a topic's filter holds waits as a whole, whatever other topics say: an entry stands in one state. One that the
 * filters of all its topics drop is dropped.
 */
function judgeTopics(
  article: Article,
  text: Searchable,
  given: { readonly matched: readonly TopicReason[]; readonly ofTopic: ReadonlyMap<string, PreparedFilters> },
): EntryJudgement {
  const taken: TopicReason[] = [];
  const without: TopicReason[] = [];
  let held: string | null = null;
  for (const match of given.matched) {
    const filters = given.ofTopic.get(match.topicId);
    const filtered = filters === undefined ? null : judgeFilters(article, text, filters);
    if (filtered === null) taken.push(match);
    else if (filtered.does === 'drop') without.push({ topicId: match.topicId, reason: filtered.reason });
    else held ??= filtered.reason;
  }
  if (held !== null) return { kind: 'hold', by: 'filter', reason: held };
  if (taken.length === 0 && without.length > 0)
    return { kind: 'drop', reason: without.map(({ reason }) => reason).join('; ') };
  return { kind: 'pass', topics: taken, without };
}

/**
 * Why an entry waits because of its source; null: it does not. What waited and was changed upstream goes on waiting,
 * however many have come since: else a change would be the way around the operator.
 * @param before how many entries of the source were let through or held before it
 */
function onProbation(
  { probation }: Source,
  { past, before }: { readonly past: 'let-through' | 'held' | undefined; readonly before: number },
): string | null {
  if (probation === 0 || past === 'let-through') return null;
  if (past === 'held') return 'its source is on probation, and it was held before: it waits for the operator';
  if (before >= probation) return null;
  const first = probation === 1 ? 'its first entry waits' : `its first ${probation} entries wait`;
  return `its source is on probation: ${first} for the operator, and this is number ${before + 1}`;
}

function saidBecause(verdict: Verdict['verdict'], note: string | null): string {
  return `the operator has ${verdict} it${note === null ? '' : `: ${note}`}`;
}

function named({ title }: { readonly title: string }): string {
  return `the topic "${title}"`;
}

function onceForEach<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
