import type { EditionEntry } from '../model/edition.ts';
import { entryValues } from './feed-values.ts';
import type { Values } from './fill-template.ts';

/** What fills the marks of an entry. */
export type ValuesOfEntry = (entry: EditionEntry) => Values;

/** The values of so many entries are kept: as many as a document may have, as the next format is rendered next. */
const MOST_KEPT = 500;

/** Opens what gives an entry's values, and gives the same to renderers that ask one after the other. */
export function openEntryValues(): ValuesOfEntry {
  const known = new Map<EditionEntry, Values>();
  return (entry) => {
    const before = known.get(entry);
    if (before !== undefined) return before;
    if (known.size === MOST_KEPT) known.clear();
    const values = entryValues(entry);
    known.set(entry, values);
    return values;
  };
}
