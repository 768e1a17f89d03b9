import { LIST_LENGTH, openPostingTable } from './posting-table.ts';
import { partOf, sizeOf, titleKeysOf, type TextPrint } from './text-print.ts';

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

/** What the index knows of one document asked about. */
export type LookUp = {
  readonly candidates: readonly Candidate[];
  /** Its sampled shingles without boilerplate, sorted. */
  readonly telling: Uint32Array;
};

/** The documents of the last days by what they share. Holds no text: prints alone. */
export type DuplicateIndex = {
  /** Adds a document, put together with another if it is that one's duplicate. One that is known is replaced. */
  add(document: PrintedDocument, duplicateOf?: string | null): void;
  /** Adds many that are not known, as they were stored, in order: several times as fast as one by one. */
  restore(documents: readonly StoredDocument[]): void;
  remove(id: string): void;
  /** Removes what was published before a time; gives how many. */
  forgetBefore(atMs: number): number;
  has(id: string): boolean;
  lookUp(document: PrintedDocument): LookUp;
  /** The sampled shingles of a print without those that so many groups hold that they say nothing: an outlet's tail, a form. */
  tellingOf(print: TextPrint): Uint32Array;
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
/** A power of two. */
const PARTS_RESTORED = 8;

export function openDuplicateIndex(limits: IndexLimits = LIMITS): DuplicateIndex {
  const table = openPostingTable();
  const documents: (PrintedDocument | undefined)[] = [];
  const groups: number[] = [];
  const free: number[] = [];
  const places = new Map<string, number>();
  /** The members of groups of more than one. A group is named by a number of its own. */
  const members = new Map<number, Set<number>>();
  const list = new Int32Array(LIST_LENGTH);
  /** How many shingles each place shares with the document asked about; all 0 in between. */
  const counts: number[] = [];
  const touched: number[] = [];
  let nextGroup = 0;

  function listAt(place: number): void {
    for (const digest of digestsOf(documents[place]!.print)) table.add(digest, place, groups);
  }

  function add(document: PrintedDocument, duplicateOf: string | null = null): void {
    remove(document.id);
    listAt(placeFor(document, duplicateOf));
    keepWithinLimits();
  }

  function placeFor(document: PrintedDocument, duplicateOf: string | null): number {
    const partner = duplicateOf === null ? undefined : places.get(duplicateOf);
    const place = free.pop() ?? documents.length;
    const group = partner === undefined ? nextGroup++ : groups[partner]!;
    documents[place] = document;
    counts[place] = 0;
    groups[place] = group;
    places.set(document.id, place);
    if (partner !== undefined) members.set(group, (members.get(group) ?? new Set([partner])).add(place));
    return place;
  }

  /** Lists a part of the digests at a time, so that the part of the table in use fits into the processor's cache. */
  function restore(stored: readonly StoredDocument[]): void {
    const restored = stored.map(({ document, duplicateOf }) => placeFor(document, duplicateOf));
    // What copies share, and what is boilerplate, is listed once for many.
    const shingles = stored.reduce((sum, { document }) => sum + sizeOf(document.print, 'shingles'), 0);
    table.reserve(Math.min(shingles / 2, limits.mostPostings));
    for (let part = 0; part < PARTS_RESTORED; part++) {
      for (const place of restored) {
        const { print } = documents[place]!;
        const shingles = partOf(print, 'shingles');
        for (let at = 0; at < shingles.length; at++)
          if ((shingles[at]! & (PARTS_RESTORED - 1)) === part) table.add(shingles[at]!, place, groups);
        if (part === 0) for (const key of titleDigests(print)) table.add(key, place, groups);
      }
    }
    keepWithinLimits();
  }

  function keepWithinLimits(): void {
    while (places.size > limits.mostDocuments || table.size > limits.mostPostings) evict();
  }

  function remove(id: string): void {
    const place = places.get(id);
    if (place === undefined) return;
    for (const digest of digestsOf(documents[place]!.print)) table.remove(digest, place);
    places.delete(id);
    documents[place] = undefined;
    free.push(place);
    const together = members.get(groups[place]!);
    if (together === undefined) return;
    together.delete(place);
    // What was listed under the one that leaves is the others' as well.
    for (const other of together) listAt(other);
    if (together.size < 2) members.delete(groups[place]!);
  }

  function removeOldest(ids: readonly string[]): number {
    for (const id of ids) remove(id);
    return ids.length;
  }

  function evict(): void {
    const byAge = held().toSorted((a, b) => a.atMs - b.atMs);
    removeOldest(byAge.slice(0, Math.ceil(byAge.length * EVICTED)).map(({ id }) => id));
  }

  function held(): PrintedDocument[] {
    return documents.filter((document) => document !== undefined);
  }

  function lookUp({ id, print }: PrintedDocument): LookUp {
    const own = places.get(id);
    const shingles = partOf(print, 'shingles');
    const telling = new Uint32Array(shingles.length);
    let kept = 0;
    for (let which = 0; which < shingles.length; which++) {
      const length = table.find(shingles[which]!, list);
      if (length === LIST_LENGTH) continue;
      telling[kept++] = shingles[which]!;
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
    return { candidates, telling: telling.subarray(0, kept) };
  }

  function count(place: number): void {
    if (counts[place] === 0) touched.push(place);
    counts[place]!++;
  }

  function tellingOf(print: TextPrint): Uint32Array {
    const shingles = partOf(print, 'shingles');
    const telling = new Uint32Array(shingles.length);
    let kept = 0;
    for (let at = 0; at < shingles.length; at++) {
      const shingle = shingles[at]!;
      if (table.find(shingle, list) < LIST_LENGTH) telling[kept++] = shingle;
    }
    return telling.subarray(0, kept);
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
      if (counts[place]! < LEAST_SHARED && telling >= LEAST_SHARED && !ofGroup.has(groups[place]!)) continue;
      if (place === own) continue;
      const shared = sharedWith(place);
      if (shared >= aboutAsWell) matching.add(groups[place]!);
      if (shared >= leastShared(telling, documents[place]!.print)) close.push(place);
    }
    const byShared = close
      .sort((a, b) => sharedWith(b) - sharedWith(a) || counts[b]! - counts[a]! || a - b)
      .slice(0, MOST_CANDIDATES);
    return [...new Set([...byShared, ...titled])].map((place) => ({
      document: documents[place]!,
      shared: sharedWith(place),
      otherGroups: Math.max(0, matching.size - 1),
      sharesTitle: titled.has(place),
    }));
  }

  return {
    add,
    restore,
    remove,
    forgetBefore: (atMs) => removeOldest(held().flatMap((one) => (one.atMs < atMs ? [one.id] : []))),
    has: (id) => places.has(id),
    lookUp,
    tellingOf,
    get size() {
      return places.size;
    },
    get postings() {
      return table.size;
    },
  };
}

/** So many shingles have to be shared for a closer look: two, and a part of the shorter text's; fewer if it has fewer. */
function leastShared(telling: number, print: TextPrint): number {
  const shorter = Math.min(telling, sizeOf(print, 'shingles'));
  return Math.min(telling, Math.max(LEAST_SHARED, shorter * LEAST_PART));
}

/** All that a print is listed under. */
function digestsOf(print: TextPrint): Uint32Array {
  const shingles = partOf(print, 'shingles');
  const keys = titleDigests(print);
  const digests = new Uint32Array(shingles.length + keys.length);
  digests.set(shingles);
  digests.set(keys, shingles.length);
  return digests;
}

function titleDigests(print: TextPrint): number[] {
  return titleKeysOf(print).map((key) => (key ^ TITLE_SALT) >>> 0);
}
