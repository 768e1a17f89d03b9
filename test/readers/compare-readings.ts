import { ownReading } from './own-reading.ts';
import { FIELDS, type EntryReading, type FeedDocument, type Field, type Format, type Reader } from './reading.ts';

/** What a reader cannot say of a format, and why. */
export type Excuse = {
  readonly reader: string;
  readonly format: Format;
  readonly field: Field;
  /** The entries of which it holds, as they are meant. */
  readonly of: (meant: EntryReading) => boolean;
  readonly why: string;
};

export type Disagreement = {
  readonly reader: string;
  readonly path: string;
  readonly format: Format;
  /** Place in the document, from 0; null: the document itself. */
  readonly entry: number | null;
  readonly field: Field | 'count' | 'feed title';
  readonly read: string | null;
  readonly meant: string | null;
};

export type Comparison = {
  readonly disagreements: readonly Disagreement[];
  /** How many facts were compared. */
  readonly facts: number;
  readonly entries: number;
  readonly documents: number;
};

/**
 * Lets every reader read every document that it can, and holds what it read against the JSON Feed beside it (own reading),
 * entry for entry. `excuses` are left out.
 */
export async function compareReadings(
  readers: readonly Reader[],
  documents: readonly FeedDocument[],
  excuses: readonly Excuse[],
): Promise<Comparison> {
  const jsonFeeds = new Map(documents.filter(({ format }) => format === 'json').map((one) => [stem(one), one.text]));
  const disagreements: Disagreement[] = [];
  const counts = { facts: 0, entries: 0, documents: 0 };
  for (const reader of readers) {
    const readable = documents.filter(({ format }) => reader.formats.includes(format));
    const readings = await reader.read(readable);
    for (const [at, document] of readable.entries()) {
      const { path, format } = document;
      const [read, meant] = [readings[at]!, ownReading(jsonFeeds.get(stem(document))!, format)];
      const note = (
        entry: number | null,
        field: Disagreement['field'],
        was: string | null,
        is: string | null,
      ): void => {
        counts.facts++;
        if (was !== is) disagreements.push({ reader: reader.name, path, format, entry, field, read: was, meant: is });
      };
      note(null, 'count', String(read.entries.length), String(meant.entries.length));
      note(null, 'feed title', read.title, meant.title);
      const excused = excuses.filter((one) => one.reader === reader.name && one.format === format);
      for (const [place, entry] of meant.entries.entries()) {
        const other: EntryReading | undefined = read.entries[place];
        if (other === undefined) continue;
        for (const field of FIELDS) {
          if (excused.some((one) => one.field === field && one.of(entry))) continue;
          note(place, field, other[field], entry[field]);
        }
      }
      counts.documents++;
      counts.entries += read.entries.length;
    }
  }
  return { disagreements, ...counts };
}

/** `feeds/world` of `feeds/world.atom`: what the three documents of an edition have in common. */
function stem({ path, format }: FeedDocument): string {
  return path.slice(0, -format.length - 1);
}

/** For people: which reader read what, where, and what was meant. */
export function sentenceOf({ reader, path, entry, field, read, meant }: Disagreement): string {
  const shown = (value: string | null): string => (value === null ? 'nothing' : JSON.stringify(value.slice(0, 80)));
  const where = entry === null ? path : `${path}, entry ${entry + 1}`;
  return `${reader} reads in ${where} as ${field} ${shown(read)}, meant is ${shown(meant)}`;
}
