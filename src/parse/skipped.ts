import type { Entry, Person } from '../model/feed.ts';
import { beginning } from './limits.ts';

/** Why an entry is left out that the document ends in the middle of. */
export const CUT = 'the document ends in the middle of it';

/** What an entry alone does not tell. */
export type SkipCircumstances = {
  /** The document ends in the middle of it. */
  readonly isCut: boolean;
  readonly hasOthers: boolean;
  /** Those that it names itself: the feed's do not count. */
  readonly ownAuthors: readonly Person[];
};

/**
 * Why an entry is left out; null for one that says anything at all. One that the document ends in the middle of would
 * come back changed; it counts where it is all that there is, and can be known again.
 */
export function reasonToSkip(entry: Entry, { isCut, hasOthers, ownAuthors }: SkipCircumstances): string | null {
  if (isCut && (hasOthers || (entry.id ?? entry.link) === null)) return CUT;
  if (entry.title !== null || entry.link !== null || entry.id !== null) return null;
  const told = { ...entry, idIsPermalink: null, authors: ownAuthors };
  const says = Object.values(told).some((value) => value !== null && !(Array.isArray(value) && value.length === 0));
  return says ? null : 'it has no title, link, id or text';
}

const LONGEST_NAME = 80;

/** What an operator can find an entry by that was left out. */
export function nameOf({ title, id, link }: Entry): string | null {
  const name = title ?? id ?? link;
  return name === null ? null : beginning(name, LONGEST_NAME);
}
