/** A document in parts: what stands before its entries, each of them, what stands between two, and what comes after. */
export type FeedParts = {
  readonly before: string;
  readonly entries: readonly string[];
  readonly between: string;
  readonly after: string;
};

/** The document as one text. */
export function wholeText({ before, entries, between, after }: FeedParts): string {
  let text = before;
  entries.forEach((entry, index) => {
    text += index === 0 ? entry : between + entry;
  });
  return text + after;
}
