/** What a story is placed among others by: made when it was founded, and never anew. */
export type Founding = {
  /** Its founder's words as stories are found by them (curate/stories/story-print.ts). */
  readonly storyPrint: Uint32Array;
  /** How much each word of the print weighed when it came. */
  readonly weights: Uint16Array;
  /** The stories that it was likest to then, packed (curate/stories/near-text.ts). */
  readonly near: string;
};

/** An article of the last days as it is compared with others: digests and numbers, no text. */
export type ComparedText = {
  readonly articleId: string;
  readonly sourceId: string;
  /** When it was published, in milliseconds since 1970. */
  readonly atMs: number;
  /** The article's words as copies are found by them (curate/duplicates/text-print.ts). */
  readonly print: Uint32Array;
  readonly storyId: string;
  readonly eventId: string;
  /** Of the article that founded its story; null for all others. */
  readonly founding: Founding | null;
};
