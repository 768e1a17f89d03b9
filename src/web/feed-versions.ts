import { isSubscriptionDocument } from '../support/feed-documents.ts';
import { entryMarks } from './feed-delta.ts';
import type { PublishedFile } from './kept-files.ts';

/** What was in the last versions of the feeds, so that somebody who has one of them can be sent the rest alone. */
export type FeedVersions = {
  note(file: PublishedFile): void;
  /** Marks of the entries of a version (feed-delta.ts); null when it is not known, or no longer. */
  marksOf(path: string, digest: string): Float64Array | null;
};

/** A topic that changes every half hour is remembered for half a day. */
const MOST_VERSIONS = 24;
/** Marks take eight bytes each. */
const MOST_MARKS = 500_000;

export function openFeedVersions(): FeedVersions {
  // Both maps oldest first.
  const feeds = new Map<string, Map<string, Float64Array>>();
  let marksKept = 0;
  const forgetOldest = (path: string): void => {
    const versions = feeds.get(path)!;
    const [digest, marks] = versions.entries().next().value!;
    versions.delete(digest);
    marksKept -= marks.length;
    if (versions.size === 0) feeds.delete(path);
  };
  return {
    note({ path, digest, bytes }) {
      if (bytes === null || !isSubscriptionDocument(path) || feeds.get(path)?.has(digest)) return;
      const marks = entryMarks(path, new TextDecoder().decode(bytes));
      if (marks === null) return;
      const versions = feeds.get(path) ?? new Map<string, Float64Array>();
      versions.set(digest, marks);
      feeds.delete(path);
      feeds.set(path, versions);
      marksKept += marks.length;
      if (versions.size > MOST_VERSIONS) forgetOldest(path);
      for (const oldest of feeds.keys()) {
        if (marksKept <= MOST_MARKS) break;
        while (feeds.has(oldest)) forgetOldest(oldest);
      }
    },
    marksOf: (path, digest) => feeds.get(path)?.get(digest) ?? null,
  };
}
