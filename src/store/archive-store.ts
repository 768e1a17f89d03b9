import type {
  ArchiveChain,
  EntryTurn,
  Fate,
  PresentVersion,
  PublishedEntry,
  PublishedVersion,
  Tombstone,
} from '../model/published-entry.ts';

/** Stories that were saved since a publication looked at them last. */
export type StoryChanges = { readonly numbers: readonly number[]; readonly storyIds: readonly string[] };

/** An entry in one document; page null: in the subscription document. */
export type EntryPlace = Pick<PublishedEntry, 'topicId' | 'entryId' | 'page'>;

/** What one look at changed stories leaves behind. */
export type PlacedEntries = {
  /** They are in no archive (any more): each takes the place of the version that was in none before. */
  readonly opened: readonly PublishedVersion[];
  /** Entries in no archive that their topics do not hold any more: they are former ones from now on. */
  readonly left: readonly Pick<EntryPlace, 'topicId' | 'entryId'>[];
  /** All that was looked at and that its topic holds. In a version that is not the last one it gets a new turn. */
  readonly there: readonly PresentVersion[];
  /** All that was looked at and that its topic does not hold. What was there until now gets a new turn. */
  readonly gone: readonly Pick<EntryPlace, 'topicId' | 'entryId'>[];
  /** Entries that were taken back; for those that are `opened` a former tombstone goes. */
  readonly tombstones: readonly Tombstone[];
  /** Topics whose archives hold what they must not: see `reopenChain`. */
  readonly reopened: readonly string[];
  /** The changes that have been looked at. */
  readonly done: StoryChanges['numbers'];
};

/** What of the Store is asked about what has been published. */
export interface ArchiveStore {
  /** Some of the stories that were saved or dissolved, or that show what was taken back; those first that wait longest. */
  storyChanges(limit: number): Promise<StoryChanges>;
  /** All versions of the entries that show anything of these stories, in whatever documents, by topic, entry and page. */
  publishedOf(storyIds: readonly string[]): Promise<readonly PublishedEntry[]>;
  /** All versions of a topic's entries on these subjects, by entry and page. */
  publishedAs(topicId: string, subjectIds: readonly string[]): Promise<readonly PublishedEntry[]>;
  savePlaced(placed: PlacedEntries): Promise<void>;

  /**
   * The entries of a topic that are in no archive, those first that came into the subscription document first, then the oldest;
   * no former ones.
   */
  openEntries(topicId: string, limit: number): Promise<readonly PublishedEntry[]>;
  /** What an archive holds, the oldest first. */
  archivedIn(topicId: string, page: number): Promise<readonly PublishedEntry[]>;
  /** All that is in archives, from behind a place, by topic, entry and page. */
  archivedEntries(after: EntryPlace | null, limit: number): Promise<readonly PublishedEntry[]>;
  archiveChains(): Promise<ReadonlyMap<string, ArchiveChain>>;
  /**
   * Begins a topic's archives, or goes on with them by other rules: then all its stories are looked at once more. `anew`:
   * its entries are others from now on, and all that was published of it is former.
   */
  startChain(chain: { readonly topicId: string; readonly madeAs: string; readonly anew: boolean }): Promise<void>;
  /** A topic has another name from now on: all that was published of it goes on under that. Nothing where that has its own. */
  renameTopic(from: string, to: string): Promise<void>;
  /**
   * Closes entries into the next archive of their topic, which has this number. What is left out is in no document, until
   * its story changes.
   */
  closePage(closed: {
    readonly topicId: string;
    readonly page: number;
    readonly entries: readonly PublishedVersion[];
    readonly leftOut: readonly string[];
  }): Promise<void>;
  /** An archive that was made once more, from what is stored now, without these. */
  leaveOut(places: readonly EntryPlace[]): Promise<void>;
  /**
   * Takes all entries out of a topic's archives, the newest version of each: its next archive has a new number, and nothing
   * before it. Their stories are looked at once more.
   */
  reopenChain(topicId: string): Promise<void>;

  /** What was taken back from a topic, newest first, then by id. */
  tombstones(topicId: string, limit: number): Promise<readonly Tombstone[]>;
  /**
   * What became of a topic's entries behind the turn `after` and not behind `upTo`, in the order in which it did; what was
   * gone at `began` already is left out.
   */
  entriesSince(
    topicId: string,
    turns: { readonly after: number; readonly upTo: number; readonly began: number },
    limit: number,
  ): Promise<readonly EntryTurn[]>;
  /** The last turn of a topic's entries that is not behind `upTo`; 0 for none. */
  lastTurnOf(topicId: string, upTo: number): Promise<number>;
  /** The last turn of all. */
  lastTurn(): Promise<number>;
  /** Has the next publication look at these stories, though nothing of them has changed. */
  lookAgain(storyIds: readonly string[]): Promise<void>;

  /** What became of an address at which nothing is any more; null where nothing ever was. */
  fateOf(path: string): Promise<Fate | null>;
}
