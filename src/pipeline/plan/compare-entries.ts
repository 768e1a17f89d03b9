import type { EntryState } from '../../model/trail.ts';
import type { PublishedState, StandingEntry } from './published-state.ts';

/**
 * What becomes of an entry for readers, who see each story once: it comes into topics, leaves all of them, is told in
 * another's entry from then on or in one of its own, takes the lead of the entry that it is in, or is in other topics.
 */
export type EntryFate = 'appears' | 'vanishes' | 'merges' | 'separates' | 'leads' | 'moves';

export type EntryChange = Pick<StandingEntry, 'articleId' | 'sourceId' | 'title' | 'link'> & {
  readonly fate: EntryFate;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Where it stands from then on, and why. */
  readonly state: EntryState;
  readonly reason: string;
};

/** Entries that nobody sees, before and after, and that stand elsewhere from then on: so many in each state. */
export type UnseenChange = { readonly state: EntryState; readonly count: number };

/**
 * What becomes of each entry, by title; and how many stand elsewhere though nobody sees them.
 * @param renamed new names of topics by their old ones: to be in a topic that is called otherwise is no change
 */
export function compareEntries(
  before: Pick<PublishedState, 'entries'>,
  after: Pick<PublishedState, 'entries'>,
  renamed: ReadonlyMap<string, string>,
): { readonly changes: readonly EntryChange[]; readonly unseen: readonly UnseenChange[] } {
  const changes: EntryChange[] = [];
  const unseen = new Map<EntryState, number>();
  for (const [id, is] of after.entries) {
    const was = underNewNames(before.entries.get(id), renamed);
    const fate = fateOf(was, is);
    if (fate !== null) {
      const { articleId, sourceId, title, link, state, reason } = is;
      changes.push({ articleId, sourceId, title, link, fate, from: topicsOf(was), to: topicsOf(is), state, reason });
    } else if (was?.state !== is.state) unseen.set(is.state, (unseen.get(is.state) ?? 0) + 1);
  }
  changes.sort((a, b) => orderOf(a).localeCompare(orderOf(b), 'en'));
  return { changes, unseen: [...unseen].map(([state, count]) => ({ state, count })) };
}

function fateOf(was: StandingEntry | null, is: StandingEntry): EntryFate | null {
  if (isShown(is)) {
    if (!isShown(was)) {
      if (was?.storyId === is.storyId && isTold(was)) return 'leads';
      return isTold(was) ? 'separates' : 'appears';
    }
    return was!.topicIds.join(' ') === is.topicIds.join(' ') ? null : 'moves';
  }
  if (!isTold(is)) return isShown(was) ? 'vanishes' : null;
  // Who lost the lead of its own entry is told of by the one who has it now.
  const comes = was === null || (isShown(was) && was?.storyId !== is.storyId);
  return comes ? 'merges' : null;
}

/** Whether readers see it, if only in another's entry. */
function isTold(entry: StandingEntry | null): boolean {
  return entry !== null && entry.topicIds.length > 0;
}

/** Whether it leads an entry that readers see. */
function isShown(entry: StandingEntry | null): boolean {
  return entry?.leads === true && isTold(entry);
}

function underNewNames(entry: StandingEntry | undefined, renamed: ReadonlyMap<string, string>): StandingEntry | null {
  if (entry === undefined) return null;
  return { ...entry, topicIds: entry.topicIds.map((id) => renamed.get(id) ?? id).toSorted() };
}

function topicsOf(entry: StandingEntry | null): readonly string[] {
  return entry?.topicIds ?? [];
}

function orderOf({ title, articleId }: EntryChange): string {
  return `${title ?? ''} ${articleId}`;
}
