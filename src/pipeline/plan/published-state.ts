import { StageError } from '../../model/errors.ts';
import type { Output } from '../../publish/write-output.ts';
import type { EntryStanding, Store } from '../../store/store.ts';
import { sha256 } from '../../support/hash.ts';
import type { PrivateRooms } from '../rooms.ts';

/** An entry where it stands, and the story and the topics that it is told in. */
export type StandingEntry = Pick<EntryStanding, 'articleId' | 'sourceId' | 'title' | 'link' | 'state' | 'reason'> & {
  readonly storyId: string | null;
  readonly leads: boolean;
  readonly topicIds: readonly string[];
};

/** An entry of a feed as readers have it: of each of its parts a digest. */
export type FeedItem = { readonly title: string; readonly parts: ReadonlyMap<string, string> };

/** A feed's entries by id, in order; `topicId` null: that of everything. */
export type FeedState = {
  readonly topicId: string | null;
  readonly isPrivate: boolean;
  readonly items: ReadonlyMap<string, FeedItem>;
};

/** What is published, by what it is known as: entries by their articles' ids, files and feeds by path. */
export type PublishedState = {
  readonly entries: ReadonlyMap<string, StandingEntry>;
  /** SHA-256 by the path among the files of all rooms. */
  readonly files: ReadonlyMap<string, string>;
  readonly feeds: ReadonlyMap<string, FeedState>;
};

type Folders = { readonly output: Pick<Output, 'read'>; readonly privateRooms: Pick<PrivateRooms, 'output'> };

const STORIES_AT_ONCE = 200;
/** Of the documents of one feed the one that is read: its subscription document as JSON Feed. */
const FEED = /^(?:private:([a-z0-9-]+)\/)?(feeds\/([a-z0-9-]+)\.json)$/;

/** Reads what the store and the files that were made of it say. Throws StageError `output-damaged`, which names the file. */
export async function readPublished(store: Store, folders: Folders): Promise<PublishedState> {
  const told = await storiesOfEntries(store);
  const entries = (await store.standings(null)).map(({ articleId, sourceId, title, link, state, reason }) => {
    const { storyId = null, leads = false, topicIds = [] } = told.get(articleId) ?? {};
    return [articleId, { articleId, sourceId, title, link, state, reason, storyId, leads, topicIds }] as const;
  });
  const records = [...(await store.outputs()).values()].filter((record) => record.sha256 !== '');
  const feeds = new Map<string, FeedState>();
  for (const { path } of records) {
    const [, room, file, name] = FEED.exec(path) ?? [];
    if (file === undefined) continue;
    const folder = room === undefined ? folders.output : await folders.privateRooms.output(room);
    const bytes = await folder.read(file);
    const topicId = name === 'all' ? null : name!;
    feeds.set(path, {
      topicId,
      isPrivate: room !== undefined,
      items: bytes === null ? new Map() : itemsOf(path, bytes),
    });
  }
  return { entries: new Map(entries), files: new Map(records.map((one) => [one.path, one.sha256])), feeds };
}

type Told = Pick<StandingEntry, 'storyId' | 'leads' | 'topicIds'>;

async function storiesOfEntries(store: Pick<Store, 'allStories'>): Promise<ReadonlyMap<string, Told>> {
  const told = new Map<string, Told>();
  for (let after: string | null = null; ;) {
    const some = await store.allStories(after, STORIES_AT_ONCE);
    for (const { story } of some) {
      const topicIds = story.topics.map(({ topicId }) => topicId).toSorted();
      for (const id of story.articleIds)
        told.set(id, { storyId: story.id, leads: id === story.leadArticleId, topicIds });
    }
    if (some.length < STORIES_AT_ONCE) return told;
    after = some.at(-1)!.story.id;
  }
}

type Item = {
  readonly id: string;
  readonly title?: string;
  readonly _tributary?: Readonly<Record<string, unknown>>;
} & Readonly<Record<string, unknown>>;

/** Our own JSON Feed, which passed the gate; what became of the file since is another matter. */
function itemsOf(path: string, bytes: Uint8Array): ReadonlyMap<string, FeedItem> {
  let items: readonly Item[] | undefined;
  try {
    ({ items } = JSON.parse(new TextDecoder().decode(bytes)) as { readonly items?: readonly Item[] });
  } catch (cause) {
    const detail = `${path}: ${bytes.byteLength} bytes that are no JSON document, or the beginning of one`;
    throw new StageError('output-damaged', { url: path, detail, cause });
  }
  if (!Array.isArray(items))
    throw new StageError('output-damaged', { url: path, detail: `${path}: it has no "items"` });
  return new Map(items.map((item) => [item.id, { title: item.title ?? '', parts: partsOf(item) }]));
}

/** What readers would call the parts, by their names in the document; what is not named is `other`. */
const PARTS: Readonly<Record<string, string>> = {
  title: 'title',
  content_html: 'body',
  content_text: 'body',
  summary: 'summary',
  image: 'picture',
  banner_image: 'picture',
  url: 'address',
  external_url: 'source link',
  date_published: 'date',
  date_modified: 'date of change',
  authors: 'authors',
  tags: 'categories',
  language: 'language',
  attachments: 'attachments',
  '_tributary.topics': 'topics',
  '_tributary.publisher': 'publisher',
  '_tributary.attribution': 'attribution',
  '_tributary.source': 'attribution',
  '_tributary.extent': 'extent',
  '_tributary.extent_reason': 'extent',
  '_tributary.word_count': 'body',
  '_tributary.rights': 'rights',
  '_tributary.licence': 'rights',
  '_tributary.image': 'picture',
  '_tributary.other_reports': 'other reports',
  '_tributary.corrections': 'corrections',
};

function partsOf({ _tributary: own = {}, ...item }: Item): ReadonlyMap<string, string> {
  const fields = [
    ...Object.entries(item),
    ...Object.entries(own).map(([name, value]) => [`_tributary.${name}`, value]),
  ];
  const byPart = Map.groupBy(fields as [string, unknown][], ([name]) => PARTS[name] ?? 'other');
  return new Map([...byPart].map(([part, values]) => [part, sha256(JSON.stringify(values))]));
}
