import { createHash } from 'node:crypto';
import { endingOf } from './media-types.ts';

// A feed without the entries that a client has already (RFC 3229 with the instance manipulation `feed`). Only for documents
// of our own rendering: they hold neither CDATA nor comments, every `<` of a text is escaped, and so what looks like the
// tag of an entry is one.

const ENTRIES: Readonly<Record<string, RegExp>> = {
  atom: /[ \t]*<entry[ >][\s\S]*?<\/entry>\s*/g,
  rss: /[ \t]*<item[ >][\s\S]*?<\/item>\s*/g,
};

/** Marks of the entries of a document, each of all that it says; null for a document that cannot be taken apart. */
export function entryMarks(path: string, text: string): Float64Array | null {
  const entries = entriesIn(path, text);
  return entries === null ? null : Float64Array.from(entries, markOf);
}

/** The document with those entries alone that are not among the marks; null when it cannot be taken apart. */
export function withoutEntries(path: string, text: string, had: Float64Array): string | null {
  const known = new Set(had);
  if (endingOf(path) === 'json') {
    const feed = jsonFeed(text);
    if (feed === null) return null;
    const items = feed.items.filter((item) => !known.has(markOf(JSON.stringify(item))));
    // As the whole is written: nothing that ends a script where somebody puts it into a page.
    return `${JSON.stringify({ ...feed, items }, null, 4).replaceAll('<', '\\u003c')}\n`;
  }
  const pattern = patternFor(path, text);
  return pattern === null ? null : text.replace(pattern, (entry) => (known.has(markOf(entry.trim())) ? '' : entry));
}

function entriesIn(path: string, text: string): readonly string[] | null {
  if (endingOf(path) === 'json') return jsonFeed(text)?.items.map((item) => JSON.stringify(item)) ?? null;
  const pattern = patternFor(path, text);
  return pattern === null ? null : (text.match(pattern) ?? []).map((entry) => entry.trim());
}

function patternFor(path: string, text: string): RegExp | null {
  const isTold = text.includes('<![CDATA[') || text.includes('<!--');
  return isTold ? null : (ENTRIES[endingOf(path)] ?? null);
}

function jsonFeed(text: string): { readonly items: readonly unknown[] } | null {
  try {
    const feed: unknown = JSON.parse(text);
    return typeof feed === 'object' && feed !== null && 'items' in feed && Array.isArray(feed.items)
      ? { ...feed, items: feed.items as readonly unknown[] }
      : null;
  } catch {
    return null;
  }
}

/** 48 bits of a digest: two entries of a feed share them once in a hundred thousand million feeds. */
function markOf(entry: string): number {
  return createHash('sha256').update(entry).digest().readUIntBE(0, 6);
}
