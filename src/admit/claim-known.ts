import type { Alias, KnownEntry } from '../model/ledger.ts';
import { addressMark } from './address-mark.ts';
import type { EntryMarks, MarkKind } from './entry-marks.ts';

/** Each outweighs all below it together, so that the best agreement goes first. */
const POINTS: Readonly<Record<MarkKind, number>> = {
  whole: 32,
  guid: 8,
  'link-and-more': 4,
  link: 2,
  title: 1,
  'shared-guid': 0,
};
/** The entry is, letter for letter, as it was the last time. */
const UNCHANGED = 16;

type Agreement = { readonly marks: EntryMarks; readonly entry: KnownEntry; readonly said: ReadonlySet<MarkKind> };

/**
 * Which known entry each entry of a document is. Best agreement first, each known entry once. These are enough: the
 * same in everything; a guid of its own; link and date (or title); the link, unless both have guids and they differ;
 * title and date where there is no guid of its own, unless both have links and they differ. A guid that entries of one
 * document share is not: the one that has gone would lend it to the next.
 */
export function claimKnown(marked: readonly EntryMarks[], known: readonly KnownEntry[]): Map<EntryMarks, KnownEntry> {
  const ownerOf = ownersOf(known);
  const byEntryId = Map.groupBy(known, ({ entryId }) => entryId);
  const pairs = marked.flatMap((marks, position) =>
    agreementsOf(marks, { ownerOf, byEntryId })
      .filter(isEnough)
      .map((agreement) => ({ ...agreement, position, points: pointsOf(agreement) })),
  );
  pairs.sort(
    (a, b) => b.points - a.points || a.position - b.position || (a.entry.articleId < b.entry.articleId ? -1 : 1),
  );
  const claims = new Map<EntryMarks, KnownEntry>();
  const taken = new Set<string>();
  for (const { marks, entry } of pairs) {
    if (claims.has(marks) || taken.has(entry.articleId)) continue;
    claims.set(marks, entry);
    taken.add(entry.articleId);
  }
  return claims;
}

/** The known entry that each alias belongs to, by `aliasKey`. */
export function ownersOf(known: readonly KnownEntry[]): Map<string, KnownEntry> {
  return new Map(
    known.flatMap((entry) => entry.aliases.map((alias): [string, KnownEntry] => [aliasKey(alias), entry])),
  );
}

export function aliasKey({ kind, value }: Alias): string {
  return `${kind}:${value}`;
}

function agreementsOf(
  marks: EntryMarks,
  ledger: {
    readonly ownerOf: ReadonlyMap<string, KnownEntry>;
    readonly byEntryId: ReadonlyMap<string, readonly KnownEntry[]>;
  },
): Agreement[] {
  const agreed = new Map<KnownEntry, Set<MarkKind>>();
  const note = (entry: KnownEntry, says: MarkKind): void =>
    void agreed.set(entry, (agreed.get(entry) ?? new Set()).add(says));
  for (const { alias, says } of marks.marks) {
    const owner = ledger.ownerOf.get(aliasKey(alias));
    if (owner !== undefined) note(owner, says);
    // Of entries that shared a guid only the first owns it; the others have it as the id that they came with.
    if (says === 'guid') for (const entry of ledger.byEntryId.get(marks.entryId) ?? []) note(entry, says);
  }
  return [...agreed].map(([entry, said]) => ({ marks, entry, said }));
}

function isEnough({ marks, entry, said }: Agreement): boolean {
  if (said.has('whole') || said.has('guid') || said.has('link-and-more') || entry.digest === marks.digest) return true;
  if (said.has('link')) return !hasOtherGuid(marks, entry);
  return said.has('title') && !hasOtherLink(marks, entry);
}

/** A guid that is but the address of a link says no more than the link does. */
function hasOtherGuid({ ownGuid }: EntryMarks, { entryId, aliases }: KnownEntry): boolean {
  if (ownGuid === null) return false;
  const links = new Set(valuesOf(aliases, 'link'));
  const words = [...valuesOf(aliases, 'guid'), ...(entryId.startsWith('title:') ? [] : [entryId])];
  return words.some((word) => !links.has(addressMark(word) ?? word));
}

function hasOtherLink({ link }: EntryMarks, { aliases }: KnownEntry): boolean {
  const links = valuesOf(aliases, 'link');
  return link !== null && links.length > 0 && !links.includes(link);
}

function valuesOf(aliases: readonly Alias[], kind: Alias['kind']): string[] {
  return aliases.filter((alias) => alias.kind === kind).map(({ value }) => value);
}

function pointsOf({ marks, entry, said }: Agreement): number {
  const points = [...said].reduce((sum, says) => sum + POINTS[says], 0);
  return entry.digest === marks.digest ? points + UNCHANGED : points;
}
