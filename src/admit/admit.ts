import type { Entry } from '../model/feed.ts';
import type { KnownEntry, LedgerEntry } from '../model/ledger.ts';
import { uuidUrn } from '../support/hash.ts';
import type { Instant } from '../support/instant.ts';
import { aliasKey, claimKnown, ownersOf } from './claim-known.ts';
import type { EntryMarks } from './entry-marks.ts';

/** An entry with its permanent id, and what the ledger makes of it. `known` costs nothing more. */
export type Admitted = {
  readonly kind: 'new' | 'changed' | 'known';
  readonly entry: Entry;
  /** As it is to be remembered from now on; of the aliases only those that nobody has yet. */
  readonly ledger: LedgerEntry;
  /** Whether there is anything to remember that the ledger does not hold. */
  readonly learnt: boolean;
};

/**
 * Sorts a document's entries by the identity ledger: an id is minted once, from the source's id and the entry's first
 * upstream id, so the same history gives the same ids (RFC 4287 §4.2.6). Two entries of one document never get the same
 * one, and a new entry never gets one that was given before. What makes an entry known again: see claimKnown.
 * @param marked each of the document's entries once: see entryMarks
 * @param known what the ledger holds under any of the entries' aliases
 */
export function admit(
  marked: readonly EntryMarks[],
  known: readonly KnownEntry[],
  context: { readonly sourceId: string; readonly now: Instant },
): Admitted[] {
  const claims = claimKnown(marked, known);
  const owned = new Set(ownersOf(known).keys());
  return marked.map((marks) => {
    const { entry, entryId, digest } = marks;
    const claimed = claims.get(marks);
    const minted = claimed === undefined ? mint(marks, context.sourceId, owned) : null;
    const kept = minted?.isSecond === true ? marks.aliases : marks.aliases.slice(0, -1);
    const aliases = kept.filter((alias) => !owned.has(aliasKey(alias)));
    for (const alias of aliases) owned.add(aliasKey(alias));
    if (claimed === undefined) {
      const first = { articleId: minted!.id, sourceId: context.sourceId, entryId, firstSeenAt: context.now };
      return { kind: 'new', entry, ledger: { ...first, digest, aliases }, learnt: true };
    }
    const { articleId, sourceId, firstSeenAt } = claimed;
    const ledger = { articleId, sourceId, entryId: claimed.entryId, firstSeenAt, digest, aliases };
    const changed = digest !== claimed.digest;
    return { kind: changed ? 'changed' : 'known', entry, ledger, learnt: changed || aliases.length > 0 };
  });
}

/**
 * The plain id goes to the first owner of the alias that it is made from: whoever comes later finds that owner in the
 * ledger. So an entry whose alias has an owner, and that is not that owner, gets an id from the whole of it besides; it
 * alone keeps the alias of the whole, by which the ledger finds it.
 */
function mint(
  { entryId, marks, digest }: EntryMarks,
  sourceId: string,
  owned: ReadonlySet<string>,
): { readonly id: string; readonly isSecond: boolean } {
  const { alias } = marks[0]!;
  if (owned.has(aliasKey(alias)))
    return { id: uuidUrn('article', sourceId, alias.kind, entryId, digest), isSecond: true };
  const names = alias.kind === 'guid' ? [entryId] : [alias.kind, entryId];
  return { id: uuidUrn('article', sourceId, ...names), isSecond: false };
}
