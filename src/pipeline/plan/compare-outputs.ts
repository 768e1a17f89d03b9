import type { FeedItem, FeedState, PublishedState, StandingEntry } from './published-state.ts';

/** An entry of a feed that comes or goes; `why` null: nothing more is known. */
export type FeedEntry = { readonly id: string; readonly title: string; readonly why: string | null };
export type ChangedFeedEntry = Pick<FeedEntry, 'id' | 'title'> & { readonly parts: readonly string[] };

/** A topic's feeds, or those of everything (topicId null). `is`: whether there are such before and after. */
export type FeedChange = {
  readonly topicId: string | null;
  readonly isPrivate: boolean;
  /** The name that the topic had before. */
  readonly formerly: string | null;
  readonly is: 'there' | 'new' | 'gone';
  readonly entries: number;
  readonly appear: readonly FeedEntry[];
  readonly vanish: readonly FeedEntry[];
  readonly change: readonly ChangedFeedEntry[];
  /** Its documents differ, if only in what is said of the feed as a whole. */
  readonly documents: FileCounts;
};

export type FileCounts = { readonly added: number; readonly changed: number; readonly removed: number };

export const FILE_KINDS = ['feeds', 'archives', 'article pages', 'other pages', 'lists and assets'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export type FileChange = {
  /** Among the files of all rooms; those of a private topic begin with `private:<topic>/`. */
  readonly path: string;
  readonly kind: FileKind;
  readonly change: keyof FileCounts;
};

/** Every file that would be another, in order of paths. */
export function compareFiles(before: PublishedState, after: PublishedState): FileChange[] {
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])].toSorted();
  return paths.flatMap((path) => {
    const [was, is] = [before.files.get(path), after.files.get(path)];
    if (was === is) return [];
    const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
    return [{ path, kind: kindOf(path), change }];
  });
}

export function countFiles(files: readonly FileChange[]): FileCounts {
  const count = (change: keyof FileCounts): number => files.filter((file) => file.change === change).length;
  return { added: count('added'), changed: count('changed'), removed: count('removed') };
}

/**
 * The feeds whose documents differ, that of everything first.
 * @param renamed new names of topics by their old ones
 */
export function compareFeeds(
  before: PublishedState,
  after: PublishedState,
  { files, renamed }: { readonly files: readonly FileChange[]; readonly renamed: ReadonlyMap<string, string> },
): readonly FeedChange[] {
  const newPaths = new Map<string, string>();
  for (const [path, { topicId, isPrivate }] of before.feeds) {
    const name = topicId === null ? undefined : renamed.get(topicId);
    if (name !== undefined) newPaths.set(path, `${isPrivate ? `private:${name}/` : ''}feeds/${name}.json`);
  }
  const oldPaths = new Map([...newPaths].map(([old, path]) => [path, old]));
  const paths = [
    ...new Set([...after.feeds.keys(), ...[...before.feeds.keys()].map((path) => newPaths.get(path) ?? path)]),
  ].toSorted();
  const leads = leadsByStory(after);
  const changes = paths.flatMap((path) => {
    const oldPath = oldPaths.get(path) ?? path;
    const [was, is] = [before.feeds.get(oldPath), after.feeds.get(path)];
    const documents = countFiles(files.filter((file) => isOfFeed(file.path, path) || isOfFeed(file.path, oldPath)));
    if (documents.added + documents.changed + documents.removed === 0) return [];
    const { topicId, isPrivate } = (is ?? was)!;
    return [
      {
        topicId,
        isPrivate,
        formerly: oldPath === path ? null : (was?.topicId ?? null),
        is: was === undefined ? ('new' as const) : is === undefined ? ('gone' as const) : ('there' as const),
        entries: is?.items.size ?? 0,
        ...compareItems(was, is, { leads, entries: after.entries }),
        documents,
      },
    ];
  });
  return changes.toSorted((a, b) => Number(a.topicId !== null) - Number(b.topicId !== null));
}

function compareItems(
  was: FeedState | undefined,
  is: FeedState | undefined,
  { leads, entries }: Pick<PublishedState, 'entries'> & { readonly leads: ReadonlyMap<string, StandingEntry> },
): Pick<FeedChange, 'appear' | 'vanish' | 'change'> {
  const old: FeedState['items'] = was?.items ?? new Map();
  const now: FeedState['items'] = is?.items ?? new Map();
  const topicId = (is ?? was)!.topicId;
  return {
    appear: [...now].flatMap(([id, { title }]) =>
      old.has(id) ? [] : [{ id, title, why: leads.get(id)?.reason ?? null }],
    ),
    vanish: [...old].flatMap(([id, { title }]) =>
      now.has(id) ? [] : [{ id, title, why: whyGone(leads.get(id) ?? entries.get(id), topicId) }],
    ),
    change: [...now].flatMap(([id, item]) => {
      const parts = differingParts(old.get(id), item);
      return parts.length === 0 ? [] : [{ id, title: item.title, parts }];
    }),
  };
}

/** The entry that is shown as each story. */
function leadsByStory({ entries }: PublishedState): ReadonlyMap<string, StandingEntry> {
  return new Map([...entries.values()].flatMap((one) => (one.leads ? [[one.storyId!, one]] : [])));
}

function whyGone(entry: StandingEntry | undefined, topicId: string | null): string | null {
  if (entry === undefined) return null;
  const { state, reason, topicIds } = entry;
  if (topicIds.length === 0) return `${state}: ${reason}`;
  if (topicId !== null && !topicIds.includes(topicId)) return `in ${topicIds.join(', ')} from then on`;
  return 'not among the newest any more; it is in the archives, or yet to come into one';
}

function differingParts(was: FeedItem | undefined, { parts }: FeedItem): string[] {
  if (was === undefined) return [];
  const names = [...new Set([...was.parts.keys(), ...parts.keys()])];
  return names.filter((name) => was.parts.get(name) !== parts.get(name)).toSorted();
}

/** Whether a file is one of a feed's documents: `feeds/world.json` names it. */
function isOfFeed(path: string, feed: string): boolean {
  const name = feed.slice(0, -'.json'.length);
  return path.startsWith(`${name}.`) || path.startsWith(`${name}/`);
}

function kindOf(path: string): FileKind {
  const file = path.replace(/^private:[^/]+\//, '');
  if (/^feeds\/[^/]+\/archive\//.test(file)) return 'archives';
  if (file.startsWith('feeds/')) return 'feeds';
  if (file.startsWith('articles/')) return 'article pages';
  return file.endsWith('.html') ? 'other pages' : 'lists and assets';
}
