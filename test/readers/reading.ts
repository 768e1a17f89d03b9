// What a reader makes of a document, in words that all of them share.

export type Format = 'atom' | 'rss' | 'json';

/** One document as it is served. `path` is below the output folder: `feeds/world.atom`. */
export type FeedDocument = { readonly path: string; readonly format: Format; readonly text: string };

export const FIELDS = ['title', 'link', 'id', 'published', 'updated', 'content', 'image', 'enclosure'] as const;
export type Field = (typeof FIELDS)[number];

/**
 * An entry as a reader understands it. Dates are RFC 3339 in UTC, `image` is an address, `enclosure` a line
 * `address type length` for each (length 0: unknown). Null: the reader has nothing there.
 */
export type EntryReading = Readonly<Record<Field, string | null>>;

export type Reading = { readonly title: string | null; readonly entries: readonly EntryReading[] };

export type Reader = {
  readonly name: string;
  /** What it can read at all. */
  readonly formats: readonly Format[];
  /** One reading for each document, in their order. Throws where the reader refuses one. */
  read(documents: readonly FeedDocument[]): Promise<readonly Reading[]>;
};

/** A title or a text on one line: readers differ in what they make of white space between words, and may. */
export function onOneLine(text: string | null | undefined): string | null {
  const line = (text ?? '').replace(/\s+/g, ' ').trim();
  return line === '' ? null : line;
}

/** Null for no date, and for what is none. */
export function momentOf(date: string | Date | null | undefined): string | null {
  const time = date === null || date === undefined ? NaN : new Date(date).getTime();
  return Number.isNaN(time) ? null : `${new Date(time).toISOString().slice(0, 19)}Z`;
}

export type FoundEnclosure = {
  readonly url?: string | null | undefined;
  readonly type?: string | null | undefined;
  readonly length?: string | number | null | undefined;
};

export function enclosureLines(found: readonly FoundEnclosure[]): string | null {
  const lines = found.map(({ url, type, length }) => `${url ?? '-'} ${type ?? '-'} ${Number(length ?? 0)}`);
  return lines.length === 0 ? null : lines.join('\n');
}

/** Some parsers give one thing for one and a list for several. */
export function listOf<One>(value: One | readonly One[] | null | undefined): readonly One[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? (value as readonly One[]) : [value as One];
}
