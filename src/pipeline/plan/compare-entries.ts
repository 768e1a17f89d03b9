import type { EntryState } from '../../model/trail.ts';
import type { PublishedState, StandingEntry } from './published-state.ts';

/** What becomes of an entry: it comes into topics, leaves all of them, is told in another entry, or in other topics. */
export type EntryFate = 'appears' | 'vanishes' | 'merges' | 'separates' | 'moves';

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
  const [old, now] = [topicsOf(was), topicsOf(is)];
  if (old.length === 0) return now.length > 0 ? 'appears' : null;
  if (now.length === 0) return 'vanishes';
  if (was!.leads !== is.leads || was!.storyId !== is.storyId) return is.leads ? 'separates' : 'merges';
  return old.join(' ') === now.join(' ') ? null : 'moves';
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
