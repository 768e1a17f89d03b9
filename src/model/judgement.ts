import type { Verdict } from './rule.ts';
import type { TopicReason } from './story.ts';

/** The topics of an article, and those that their own filters keep it out of, each with its reason in words. */
export type JudgedTopics = { readonly topics: readonly TopicReason[]; readonly without: readonly TopicReason[] };

/**
 * What is to become of an entry, before it is compared with others: it goes on (to the topics named, which may be none),
 * or it is dropped, or it waits for the operator; then with a reason for people that names the rule.
 */
export type EntryJudgement =
  | ({ readonly kind: 'pass' } & JudgedTopics)
  | { readonly kind: 'drop'; readonly reason: string }
  /** Its publisher does not want to appear: no approval outweighs that. */
  | { readonly kind: 'refuse'; readonly reason: string }
  /** The operator has taken it back, for good. */
  | { readonly kind: 'retract'; readonly reason: string }
  /** It is older than it is kept. */
  | { readonly kind: 'expire'; readonly reason: string }
  | { readonly kind: 'hold'; readonly by: 'filter' | 'probation'; readonly reason: string };

/** What is known of entries when they are judged: of an entry or source that is not named nothing (yet). */
export type EntriesKnown = {
  readonly verdicts: ReadonlyMap<string, Pick<Verdict, 'verdict' | 'note'>>;
  /** By article: `let-through`, it was published or merged at some time; `held`, it was not, and was held. */
  readonly pasts: ReadonlyMap<string, 'let-through' | 'held'>;
  /** By source: how many of its entries have such a past. */
  readonly counts: ReadonlyMap<string, number>;
};
