import type { FeedDocument, Field, Format } from './reading.ts';

/** A document with one thing wrong in one of its entries: a copy, nothing else differs. */
export type Planted = { readonly document: FeedDocument; readonly entry: number; readonly field: Field };

/** Kinds of fault, and how one is written into the text of an entry. Null: the entry has no such thing. */
const FAULTS: readonly { readonly field: Field; readonly of: Readonly<Record<Format, Change>> }[] = [
  {
    field: 'id',
    of: {
      atom: replacing(/<id>([^<]*)<\/id>/, nextLetter),
      rss: replacing(/<guid[^>]*>([^<]*)<\/guid>/, nextLetter),
      json: replacing(/"id":\s*"([^"]*)"/, nextLetter),
    },
  },
  {
    field: 'published',
    of: {
      atom: replacing(/<published>([^<]*)<\/published>/, anHourOn),
      rss: replacing(/<pubDate>([^<]*)<\/pubDate>/, (date) => new Date(Date.parse(date) + 3_600_000).toUTCString()),
      json: replacing(/"date_published":\s*"([^"]*)"/, anHourOn),
    },
  },
  {
    field: 'updated',
    of: {
      atom: replacing(/<updated>([^<]*)<\/updated>/, anHourOn),
      rss: replacing(/<atom:updated>([^<]*)<\/atom:updated>/, anHourOn),
      json: replacing(/"date_modified":\s*"([^"]*)"/, anHourOn),
    },
  },
  {
    field: 'enclosure',
    of: {
      atom: replacing(/<link[^>]*rel="enclosure"[^>]*href="([^"]*)"/, nextLetter),
      rss: replacing(/<enclosure[^>]*url="([^"]*)"/, nextLetter),
      json: replacing(/"attachments":\s*\[\s*\{\s*"url":\s*"([^"]*)"/, nextLetter),
    },
  },
];

type Change = (entry: string) => string | null;

/** Changes what the first group of `what` holds. */
function replacing(what: RegExp, change: (value: string) => string): Change {
  return (entry) => {
    const found = new RegExp(what, 'd').exec(entry);
    if (found === null) return null;
    const [from, to] = found.indices![1]!;
    return entry.slice(0, from) + change(found[1]!) + entry.slice(to);
  };
}

/** An address or id that is another one by its last letter or digit. */
function nextLetter(text: string): string {
  return `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`;
}

function anHourOn(date: string): string {
  return `${new Date(Date.parse(date) + 3_600_000).toISOString().slice(0, 19)}Z`;
}

/** Copies of one document with each kind of fault in each entry that can have it. */
export function plantFaults(document: FeedDocument): Planted[] {
  const { format, text } = document;
  const pieces =
    format === 'json' ? jsonItems(text) : text.split(format === 'atom' ? /(?=<entry[ >])/ : /(?=<item[ >])/);
  return FAULTS.flatMap(({ field, of }) =>
    pieces.slice(1).flatMap((piece, entry) => {
      const changed = of[format](piece);
      if (changed === null) return [];
      const copy = pieces.with(entry + 1, changed);
      return [{ document: { ...document, text: copy.join('') }, entry, field }];
    }),
  );
}

/** The document in front of its first item, then each item with what follows it. */
function jsonItems(text: string): string[] {
  const { items } = JSON.parse(text) as { readonly items: readonly { readonly id: string }[] };
  const starts = items.map(({ id }) => text.indexOf(JSON.stringify(id)));
  const at = starts.map((start) => text.lastIndexOf('{', start));
  return [text.slice(0, at[0]), ...at.map((from, place) => text.slice(from, at[place + 1]))];
}
