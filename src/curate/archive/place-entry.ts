import type { Article } from '../../model/article.ts';
import type { PublishedEntry, PublishedVersion, TakenBack, Tombstone } from '../../model/published-entry.ts';
import { latest, type Instant } from '../../support/instant.ts';
import type { ComposeContext } from '../compose-edition.ts';
import { isNarrowed } from './narrowed.ts';

/** What becomes of an entry whose stories were looked at. */
export type Placing = {
  /** It goes into the subscription document, as it is in no archive, or in another version. */
  readonly opened: PublishedVersion | null;
  /** It was in no archive, and its topic does not hold it any more. */
  readonly hasLeft: boolean;
  readonly tombstone: Tombstone | null;
  /** An archive holds what it must not hold: of what was taken back anything at all, or too much of a text. */
  readonly reopens: boolean;
  /** A version in whatever document holds that: no file that may show it is left as it is. */
  readonly takesBack: boolean;
};

/**
 * Where an entry goes. What has merely left its topic stays in the archive that it is in, and gets no tombstone.
 * @param now as its topic tells it; null: not any more
 * @param before all its versions
 * @param articles those that the stories hold now, by id
 */
export function placeEntry(
  now: PublishedVersion | null,
  before: readonly PublishedEntry[],
  given: { readonly articles: ReadonlyMap<string, Article>; readonly context: ComposeContext },
): Placing {
  const holdsTooMuch = before.filter((version) => {
    const lead = given.articles.get(version.leadArticleId);
    return version.takenBack.length > 0 || (lead !== undefined && isNarrowed(version, lead, given.context));
  });
  const reopens = holdsTooMuch.some(({ page }) => page !== null);
  const takesBack = holdsTooMuch.length > 0;
  const newest = newestOf(before);
  if (now === null) {
    const hasLeft = newest !== null && newest.page === null && !newest.isFormer;
    return { opened: null, hasLeft, tombstone: tombstoneOf(before), reopens, takesBack };
  }
  const isArchived = newest !== null && newest.page !== null && newest.updated === now.updated;
  return { opened: isArchived ? null : now, hasLeft: false, tombstone: null, reopens, takesBack };
}

/** The version that readers have seen last: that of the subscription document, else that of the last archive, else the former one. */
export function newestOf(versions: readonly PublishedEntry[]): PublishedEntry | null {
  const rankOf = ({ page, isFormer }: PublishedEntry): number => (isFormer ? 0 : (page ?? Infinity));
  return versions.reduce<PublishedEntry | null>(
    (newest, version) => (newest === null || rankOf(version) > rankOf(newest) ? version : newest),
    null,
  );
}

function tombstoneOf(before: readonly PublishedEntry[]): Tombstone | null {
  const last = lastTakenBack(before);
  if (last === null) return null;
  const { topicId, entryId } = before[0]!;
  return { topicId, entryId, at: last.at, reason: last.reason };
}

function lastTakenBack(before: readonly PublishedEntry[]): TakenBack | null {
  const all = before.flatMap(({ takenBack }) => takenBack);
  return all.find(({ at }) => at === latest(all.map((one) => one.at))) ?? null;
}

/**
 * Before which moment an event's entry is not changed last: what was told stays told, and when something of it is taken
 * back, readers are to see it anew.
 */
export function notBefore(newest: PublishedEntry): Instant {
  return latest([newest.updated, ...newest.takenBack.map(({ at }) => at)])!;
}
