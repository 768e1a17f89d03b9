import type { Entry } from '../model/feed.ts';
import type { Alias, KnownEntry, LedgerEntry } from '../model/ledger.ts';
import { uuidUrn } from '../support/hash.ts';
import type { Instant } from '../support/instant.ts';
import type { EntryMarks } from './entry-marks.ts';

/** An entry with its permanent id, and what the ledger makes of it. `known` costs nothing more. */
export type Admitted = {
  readonly kind: 'new' | 'changed' | 'known';
  readonly entry: Entry;
  /** As it is to be remembered from now on. For `known` entries null unless a new alias was learnt. */
  readonly ledger: LedgerEntry;
  readonly learnt: boolean;
};

/**
 * Sorts a document's entries by the identity ledger: an id is minted once, from the source's id and the entry's first
 * upstream id, so the same history gives the same ids (RFC 4287 §4.2.6). A known id is found by guid first, then by
 * link; two entries of one document never get the same one.
 * @param known what the ledger holds under any of the entries' marks
 */
export function admit(
  marked: readonly EntryMarks[],
  known: readonly KnownEntry[],
  context: { readonly sourceId: string; readonly now: Instant },
): Admitted[] {
  const claims = claimKnown(marked, known);
  const minted = new Set([...claims.values()].map(({ articleId }) => articleId));
  return marked.map((marks) => {
    const claimed = claims.get(marks);
    if (claimed === undefined) {
      const articleId = mint(marks, context.sourceId, minted);
      minted.add(articleId);
      const { entryId, digest, aliases } = marks;
      const ledger = { articleId, sourceId: context.sourceId, entryId, digest, firstSeenAt: context.now, aliases };
      return { kind: 'new', entry: marks.entry, ledger, learnt: true };
    }
    const fresh = marks.aliases.filter((alias) => !claimed.aliases.some((old) => sameAlias(old, alias)));
    const { articleId, sourceId, entryId, firstSeenAt } = claimed;
    const ledger = { articleId, sourceId, entryId, firstSeenAt, digest: marks.digest, aliases: fresh };
    const changed = marks.digest !== claimed.digest;
    return { kind: changed ? 'changed' : 'known', entry: marks.entry, ledger, learnt: changed || fresh.length > 0 };
  });
}

/** Which known entry each entry is: the best agreement first, so that a shared guid is parted by the links. */
function claimKnown(marked: readonly EntryMarks[], known: readonly KnownEntry[]): Map<EntryMarks, KnownEntry> {
  const byAlias = new Map<string, KnownEntry>();
  const byEntryId = new Map<string, KnownEntry[]>();
  for (const entry of known) {
    for (const alias of entry.aliases) byAlias.set(aliasKey(alias), entry);
    byEntryId.set(entry.entryId, [...(byEntryId.get(entry.entryId) ?? []), entry]);
  }
  const pairs = marked.flatMap((marks, position) => {
    const agreement = new Map<KnownEntry, number>();
    const credit = (entry: KnownEntry, points: number): void =>
      void agreement.set(entry, (agreement.get(entry) ?? 0) + points);
    for (const alias of marks.aliases) {
      const entry = byAlias.get(aliasKey(alias));
      if (entry !== undefined) credit(entry, alias.kind === 'guid' ? 2 : 1);
    }
    for (const entry of byEntryId.get(marks.entryId) ?? [])
      if (!agreement.has(entry) || agreement.get(entry)! < 2) credit(entry, 2);
    return [...agreement].map(([entry, points]) => ({ marks, position, entry, points }));
  });
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

/** A guid that two entries share gives the second an id from its link or title besides. */
function mint({ entry, entryId }: EntryMarks, sourceId: string, minted: ReadonlySet<string>): string {
  const plain = uuidUrn('article', sourceId, entryId);
  if (!minted.has(plain)) return plain;
  const second = uuidUrn('article', sourceId, entryId, entry.link ?? '', entry.title ?? '');
  for (let turn = 2; ; turn++) {
    const id =
      turn === 2 ? second : uuidUrn('article', sourceId, entryId, entry.link ?? '', entry.title ?? '', String(turn));
    if (!minted.has(id)) return id;
  }
}

function sameAlias(a: Alias, b: Alias): boolean {
  return a.kind === b.kind && a.value === b.value;
}

function aliasKey({ kind, value }: Alias): string {
  return `${kind}:${value}`;
}
