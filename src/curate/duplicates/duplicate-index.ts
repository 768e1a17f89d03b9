import { MOST_DIGESTS } from './fill-tables.ts';
import { openPostingTable } from './posting-table.ts';
import { openPrintPages } from './print-pages.ts';
import { LIST_LENGTH } from './slot-table.ts';
import { placesIn, shinglesIn, shinglesSize, titleKeysOf, type TextPrint } from './text-print.ts';

/** A document as the index holds it. */
export type PrintedDocument = {
  readonly id: string;
  /** Which source it came from: a source's own next edition is judged otherwise than another's copy. */
  readonly sourceId: string;
  /** When it was published, in milliseconds since 1970. */
  readonly atMs: number;
  readonly print: TextPrint;
};

/** A document as it is stored, with the one that it was put together with. */
export type StoredDocument = { readonly document: PrintedDocument; readonly duplicateOf: string | null };

/** A document that shares something with the one asked about. */
export type Candidate = {
  readonly document: PrintedDocument;
  /** Shingles that it, or a document put together with it, shares with the one asked about. */
  readonly shared: number;
  /** How many candidates of other groups share a good part as much: a digest has many. */
  readonly otherGroups: number;
  readonly sharesTitle: boolean;
};

/** The sampled shingles of a print without boilerplate, sorted, and where in the text each stands. */
export type Telling = { readonly digests: Uint32Array; readonly places: Uint8Array };

/** What the index knows of one document asked about. */
export type LookUp = { readonly candidates: readonly Candidate[]; readonly telling: Telling };

/** The documents of the last days by what they share. Holds no text: prints alone. */
export type DuplicateIndex = {
  /** Adds a document, put together with another if it is that one's duplicate. One that is known is replaced. */
  add(document: PrintedDocument, duplicateOf?: string | null): void;
  /** Adds many that are not known, as they were stored, in order: several times as fast as one by one. */
  restore(documents: Iterable<StoredDocument>): void;
  remove(id: string): void;
  /** Removes what was published before a time; gives how many. */
  forgetBefore(atMs: number): number;
  has(id: string): boolean;
  lookUp(document: PrintedDocument): LookUp;
  /** The sampled shingles of a print without those that so many groups hold that they say nothing: an outlet's tail, a form. */
  tellingOf(print: TextPrint): Telling;
  readonly size: number;
  /** How many entries the lists hold: what memory goes by. */
  readonly postings: number;
};

export type IndexLimits = {
  /** Beyond these the oldest leave early, a sixteenth at a time. */
  readonly mostDocuments: number;
  readonly mostPostings: number;
};

/** 14 days: a copy comes within hours, a correction within days. */
export const WINDOW_MS = 14 * 24 * 3_600_000;
/** Within 400 MiB of memory. */
export const LIMITS: IndexLimits = { mostDocuments: 200_000, mostPostings: 14_000_000 };
/** So many candidates are looked at closely. */
const MOST_CANDIDATES = 5;
/** A candidate must share as many, unless the whole document has fewer. */
const LEAST_SHARED = 2;
/** And this part of the shorter text: less is chance, and to look closer costs most of the time. */
const LEAST_PART = 0.12;
/** A group matches about as well if it shares this part of what the best does. */
const ABOUT_AS_WELL = 0.25;
/** Keys of titles are kept in the same lists; this sets them apart from shingles. */
const TITLE_SALT = 0x5bd1e995;
const EVICTED = 1 / 16;
/** So many restored documents are listed at once: the more, the faster, and the more memory it takes meanwhile. */
const LISTED_AT_ONCE = 65_536;

export function openDuplicateIndex(limits: IndexLimits = LIMITS): DuplicateIndex {
  const table = openPostingTable();
  const pages = openPrintPages();
  /** Columns, not objects: a tenth of the memory. Each document has its place in all of them; a free place has no id. */
  const ids: (string | null)[] = [];
  const sourceIds: string[] = [];
  const times: number[] = [];
  const prints: number[] = [];
  /** How many shingles each has, beside its print: it is asked for where nothing else of the print is. */
  const sizes: number[] = [];
  const groups: number[] = [];
  const free: number[] = [];
  const placeOf = new Map<string, number>();
  /** The members of groups of more than one. A group is named by a number of its own. */
  const members = new Map<number, Set<number>>();
  const list = new Int32Array(LIST_LENGTH);
  const listed = new Uint32Array(MOST_DIGESTS);
  const peeked = new Int32Array(MOST_DIGESTS);
  /** How many shingles each place shares with the document asked about; all 0 in between. */
  const counts: number[] = [];
  const touched: number[] = [];
  /** Restored, and not in the lists yet. */
  let unlisted: number[] = [];
  let nextGroup = 0;
  /** Nothing that is held is older. */
  let oldestMs = Infinity;

  function printAt(place: number): TextPrint {
    return pages.at(prints[place]!);
  }

  function documentAt(place: number): PrintedDocument {
    return { id: ids[place]!, sourceId: sourceIds[place]!, atMs: times[place]!, print: printAt(place) };
  }

  /** All that a document is listed under. */
  function digestsAt(place: number, into: Uint32Array): number {
    return listedDigests(printAt(place), into);
  }

  function listAt(place: number): void {
    const count = digestsAt(place, listed);
    for (let at = 0; at < count; at++) table.add(listed[at]!, place, groups);
  }

  function add(document: PrintedDocument, duplicateOf: string | null = null): void {
    remove(document.id);
    listAt(placeFor(document, duplicateOf));
    keepWithinLimits();
  }

  function placeFor({ id, sourceId, atMs, print }: PrintedDocument, duplicateOf: string | null): number {
    const partner = duplicateOf === null ? undefined : placeOf.get(duplicateOf);
    const place = free.pop() ?? ids.length;
    const group = partner === undefined ? nextGroup++ : groups[partner]!;
    ids[place] = id;
    sourceIds[place] = sourceId;
    times[place] = atMs;
    oldestMs = Math.min(oldestMs, atMs);
    prints[place] = pages.add(print);
    sizes[place] = shinglesSize(print);
    counts[place] = 0;
    groups[place] = group;
    placeOf.set(id, place);
    if (partner !== undefined) members.set(group, (members.get(group) ?? new Set([partner])).add(place));
    return place;
  }

  function restore(stored: Iterable<StoredDocument>): void {
    for (const { document, duplicateOf } of stored) {
      unlisted.push(placeFor(document, duplicateOf));
      if (unlisted.length >= LISTED_AT_ONCE) listRestored();
    }
  }

  /** Before anything is asked or changed. */
  function listRestored(): void {
    if (unlisted.length === 0) return;
    table.addAll(unlisted, digestsAt, groups);
    unlisted = [];
    keepWithinLimits();
  }

  function keepWithinLimits(): void {
    while (placeOf.size > limits.mostDocuments || table.size > limits.mostPostings) evict();
  }

  function remove(id: string): void {
    listRestored();
    const place = placeOf.get(id);
    if (place === undefined) return;
    const count = digestsAt(place, listed);
    for (let at = 0; at < count; at++) table.remove(listed[at]!, place);
    pages.remove(prints[place]!);
    placeOf.delete(id);
    ids[place] = null;
    free.push(place);
    const together = members.get(groups[place]!);
    if (together === undefined) return;
    together.delete(place);
    // What was listed under the one that leaves is the others' as well.
    for (const other of together) listAt(other);
    if (together.size < 2) members.delete(groups[place]!);
  }

  function forgetBefore(atMs: number): number {
    // Asked with each document that comes, and mostly there is nothing to forget.
    if (atMs <= oldestMs) return 0;
    const before = placeOf.size;
    oldestMs = Infinity;
    for (const [place, id] of ids.entries()) {
      if (id === null) continue;
      if (times[place]! < atMs) remove(id);
      else oldestMs = Math.min(oldestMs, times[place]!);
    }
    return before - placeOf.size;
  }

  function evict(): void {
    const byAge = [...placeOf.values()].toSorted((a, b) => times[a]! - times[b]!);
    for (const place of byAge.slice(0, Math.ceil(byAge.length * EVICTED))) remove(ids[place]!);
  }

  function lookUp({ id, print }: PrintedDocument): LookUp {
    listRestored();
    const own = placeOf.get(id);
    const shingles = shinglesIn(print);
    const allPlaces = placesIn(print);
    const digests = new Uint32Array(shingles.length);
    const places = new Uint8Array(shingles.length);
    let kept = 0;
    table.peek(shingles, peeked);
    for (let which = 0; which < shingles.length; which++) {
      const length = peeked[which] === 0 ? 0 : table.find(shingles[which]!, list);
      if (length === LIST_LENGTH) continue;
      places[kept] = allPlaces[which]!;
      digests[kept++] = shingles[which]!;
      for (let at = 0; at < length; at++) count(list[at]!);
    }
    const titled = new Set<number>();
    for (const key of titleDigests(print)) {
      const length = table.find(key, list);
      for (let at = 0; at < length; at++) if (list[at] !== own) titled.add(list[at]!);
    }
    const candidates = candidatesOf(titled, { telling: kept, own });
    for (const place of touched) counts[place] = 0;
    touched.length = 0;
    return { candidates, telling: { digests: digests.subarray(0, kept), places: places.subarray(0, kept) } };
  }

  function count(place: number): void {
    if (counts[place] === 0) touched.push(place);
    counts[place]!++;
  }

  function tellingOf(print: TextPrint): Telling {
    listRestored();
    const shingles = shinglesIn(print);
    const allPlaces = placesIn(print);
    const digests = new Uint32Array(shingles.length);
    const places = new Uint8Array(shingles.length);
    let kept = 0;
    for (let at = 0; at < shingles.length; at++) {
      if (table.lengthOf(shingles[at]!) === LIST_LENGTH) continue;
      places[kept] = allPlaces[at]!;
      digests[kept++] = shingles[at]!;
    }
    return { digests: digests.subarray(0, kept), places: places.subarray(0, kept) };
  }

  function candidatesOf(
    titled: ReadonlySet<number>,
    { telling, own }: { readonly telling: number; readonly own: number | undefined },
  ): Candidate[] {
    const ofGroup = new Map<number, number>();
    for (const place of touched) {
      const group = groups[place]!;
      if (members.has(group)) ofGroup.set(group, (ofGroup.get(group) ?? 0) + counts[place]!);
    }
    const sharedWith = (place: number): number => ofGroup.get(groups[place]!) ?? counts[place]!;
    let best = 0;
    for (const place of touched) if (place !== own) best = Math.max(best, sharedWith(place));
    const aboutAsWell = Math.max(LEAST_SHARED, best * ABOUT_AS_WELL);
    const matching = new Set<number>();
    const close: number[] = [];
    for (const place of touched) {
      // Most share one shingle by chance, and stand alone.
      if (counts[place]! < LEAST_SHARED && telling >= LEAST_SHARED && !ofGroup.has(groups[place]!)) continue;
      if (place === own) continue;
      const shared = sharedWith(place);
      if (shared >= aboutAsWell) matching.add(groups[place]!);
      if (shared >= leastShared(telling, sizes[place]!)) close.push(place);
    }
    const byShared = close
      .sort((a, b) => sharedWith(b) - sharedWith(a) || counts[b]! - counts[a]! || a - b)
      .slice(0, MOST_CANDIDATES);
    return [...new Set([...byShared, ...titled])].map((place) => ({
      document: documentAt(place),
      shared: sharedWith(place),
      otherGroups: Math.max(0, matching.size - 1),
      sharesTitle: titled.has(place),
    }));
  }

  return {
    add,
    restore,
    remove,
    forgetBefore,
    has: (id) => placeOf.has(id),
    lookUp,
    tellingOf,
    get size() {
      return placeOf.size;
    },
    get postings() {
      listRestored();
      return table.size;
    },
  };
}

/** So many shingles have to be shared for a closer look: two, and a part of the shorter text's; fewer if it has fewer. */
function leastShared(telling: number, size: number): number {
  const shorter = Math.min(telling, size);
  return Math.min(telling, Math.max(LEAST_SHARED, shorter * LEAST_PART));
}

function listedDigests(print: TextPrint, into: Uint32Array): number {
  const shingles = shinglesIn(print);
  into.set(shingles);
  let count = shingles.length;
  for (const key of titleDigests(print)) into[count++] = key;
  return count;
}

function titleDigests(print: TextPrint): number[] {
  return titleKeysOf(print).map((key) => (key ^ TITLE_SALT) >>> 0);
}
