/** How much of a document is read. What lies beyond a limit is left out and reported, never an error. */
export type ParseLimits = {
  readonly maxBytes: number;
  readonly maxEntries: number;
  /** Elements within elements, bodies not counted: those are kept as text. */
  readonly maxDepth: number;
  /** UTF-16 units of a title or another line of text. */
  readonly maxLineLength: number;
  /** UTF-16 units of a body or a summary. */
  readonly maxBodyLength: number;
  /** UTF-16 units. A longer address is none: its beginning would lead elsewhere. */
  readonly maxAddressLength: number;
  /** Authors, categories, links, enclosures of one entry or of the feed: so many of each. */
  readonly maxListed: number;
  /** Fields that we know, of one entry or of the feed. */
  readonly maxFields: number;
};

export const PARSE_LIMITS: ParseLimits = {
  maxBytes: 10 * 1024 * 1024,
  maxEntries: 2000,
  maxDepth: 32,
  maxLineLength: 2000,
  maxBodyLength: 1024 * 1024,
  maxAddressLength: 8000,
  maxListed: 100,
  maxFields: 5000,
};

/** The beginning of a text, at most `most` UTF-16 units of it; a pair of surrogates is not parted. */
export function beginning(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}
