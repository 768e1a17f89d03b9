import type { EntryFilter, EntryRule, Quota } from './rule.ts';

/** The rule that sorts entries into a topic. An entry of one of `sources` hits, as one with a word of `any` does. */
export type TopicMatch = EntryRule & { readonly sources: readonly string[] };

/**
 * Which changes of an article move `updated` of its entry in a topic's feeds, so that readers see it again: corrections
 * and extensions, corrections alone (a running report grows all day), or none. Cosmetic changes never do.
 */
export type UpdatePolicy = 'all' | 'corrections' | 'none';

/** Where each publication of a topic is told, and which variable of the environment holds the secret that signs it. */
export type Webhook = { readonly url: string; readonly secretEnv: string };

export type Topic = {
  readonly id: string;
  /** The id that it began with: those of its feeds are made of it, and stay when it is renamed. */
  readonly foundedAs: string;
  readonly title: string;
  readonly description: string | null;
  readonly match: TopicMatch | null;
  /** Asked of the entries that would come into it. */
  readonly filters: readonly EntryFilter[];
  /** So many stories come into it in so many hours, by their dates; null: as many as there are. */
  readonly quota: Quota | null;
  /** How many entries its feeds hold: 30 to 100 is usual. */
  readonly maxEntries: number;
  /** Whether its feeds have one entry for each event, with links to all reports of it, in the place of one for each report. */
  readonly group: boolean;
  /** Whether it takes more of the kind that its rules and sources have sorted into it, where it is sure of it. */
  readonly learn: boolean;
  readonly updates: UpdatePolicy;
  /** What it alone holds expires so many days after its date; null: it keeps it for good. */
  readonly retentionDays: number | null;
  readonly webhooks: readonly Webhook[];
  /** Published for those alone who know its address, which has a token in it; nothing public tells of it. */
  readonly private: boolean;
  readonly note: string | null;
};

/** A name that no topic has any more: that of one that was renamed, or (null) closed for good. */
export type FormerTopic = {
  readonly id: string;
  readonly movedTo: string | null;
  /** It is, or was at last, a private topic's: nobody is told what became of it. */
  readonly private?: true;
};
