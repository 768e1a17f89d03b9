import type { Instant } from '../support/instant.ts';
import type { OtherReport } from './edition.ts';
import type { Extent } from './source.ts';

/** An entry of a topic (or of all of them: topicId `all`) as it was published last: which version, and of whose text. */
export type PublishedVersion = {
  readonly topicId: string;
  readonly entryId: string;
  /** The story that it tells; where the topic groups stories, the event. */
  readonly subjectId: string;
  /** Whose text it shows. */
  readonly leadArticleId: string;
  readonly published: Instant;
  readonly updated: Instant;
  /** How much of that text: see curate/extent-for.ts. */
  readonly extent: Extent;
  readonly words: number | null;
  readonly characters: number | null;
  /** All articles that anything is told of, if only a title, and the stories that they are in. */
  readonly shown: readonly { readonly storyId: string; readonly articleId: string }[];
};

/** A version as its topic tells it now, with the links to the other reports. */
export type PresentVersion = PublishedVersion & { readonly otherReports: readonly OtherReport[] };

/** An article that is not to be published any more, though it was: since when, and why. */
export type TakenBack = { readonly articleId: string; readonly at: Instant; readonly reason: string };

/** A version in the document that holds it. */
export type PublishedEntry = PublishedVersion & {
  /** The number of its archive; null: it is in no archive, so the subscription document holds it, or nothing does. */
  readonly page: number | null;
  /** It has left its topic, and is in no document: remembered, as readers may hear that it was taken back. */
  readonly isFormer: boolean;
  /** A number that grows: whatever came into the subscription document later has a larger one. */
  readonly turn: number;
  /** Those of the articles shown that are retracted, refused or rejected by now. */
  readonly takenBack: readonly TakenBack[];
};

/** The archives of a topic: those from `first` on, up to the one before `next`. No number is given twice. */
export type ArchiveChain = {
  readonly first: number;
  readonly next: number;
  /** By which of the topic's rules its entries were made, as a text: others make other entries. */
  readonly madeAs: string;
};

/** An entry that was taken back from a topic. */
export type Tombstone = {
  readonly topicId: string;
  readonly entryId: string;
  readonly at: Instant;
  readonly reason: string;
};

/**
 * What became of an entry last: its topic holds it in this version, or not any more, or it was taken back (`at` which
 * moment). Whatever becomes of any entry has a larger `turn` than all before it.
 */
export type EntryTurn = Pick<PublishedVersion, 'entryId' | 'subjectId' | 'leadArticleId' | 'updated'> & {
  readonly turn: number;
  readonly kind: 'there' | 'left' | 'retracted';
  readonly at: Instant | null;
};

/**
 * What became of an address at which something was published, or was to be: `withheld` is what the gate refuses, until it is
 * mended. Paths are relative to output/.
 */
export type Fate = { readonly kind: 'gone' | 'withheld' } | { readonly kind: 'moved'; readonly to: string };
