/** A folder of a list. `id` is a topic's, where the list is an export of ours. */
export type OpmlFolder = { readonly title: string; readonly id: string | null };

/** From the outermost folder to the one that holds the feed. */
export type OpmlPath = readonly OpmlFolder[];

export type OpmlFeed = {
  /** As it stands, without the white space around it: not judged. */
  readonly url: string;
  /** Plain text. */
  readonly title: string | null;
  /** Those of its `category` first, then the one that it stands in. */
  readonly paths: readonly OpmlPath[];
  readonly line: number;
  /** What an export of ours adds: the source's id, and its other settings as JSON. */
  readonly id: string | null;
  readonly settings: string | null;
};

/** An outline that names no feed, and why. */
export type OpmlUnusable = { readonly line: number; readonly name: string | null; readonly why: string };

export type OpmlList = {
  readonly feeds: readonly OpmlFeed[];
  /** The first of them. */
  readonly unusable: readonly OpmlUnusable[];
  readonly unusableCount: number;
};
