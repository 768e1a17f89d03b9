import type { Article } from '../model/article.ts';
import type { ComparedText } from '../model/compared-text.ts';
import type { Alias, KnownEntry, LedgerEntry } from '../model/ledger.ts';
import type { PrivateToken } from '../model/private-token.ts';
import type { MissedPage } from '../model/missed-page.ts';
import type { PublishedVersion, Tombstone } from '../model/published-entry.ts';
import type { Verdict } from '../model/rule.ts';
import type { SourceState } from '../model/source.ts';
import type { Drift, SourceWatch } from '../model/source-watch.ts';
import type { Story, ToldStory } from '../model/story.ts';
import type { EntryState, TrailStep } from '../model/trail.ts';
import type { Instant } from '../support/instant.ts';
import type { AlertStore } from './alert-store.ts';
import type { ArchiveStore } from './archive-store.ts';
import type { HistoryStore } from './history-store.ts';
import type { ImageStore } from './image-store.ts';
import type { PushStore } from './push-store.ts';
import type { UpkeepStore } from './upkeep-store.ts';

/** What one refresh of one source leaves behind. Saved in one transaction: all of it or none. */
export type RefreshRecord = {
  readonly state: SourceState;
  /** New ledger entries, and known ones whose digest or aliases have changed (aliases are added, never taken away). */
  readonly ledger: readonly LedgerEntry[];
  /** New and changed articles, whole. */
  readonly articles: readonly Article[];
  /** In order. The last step of an article is the state that it is in from now on. */
  readonly trail: readonly TrailStep[];
  /** Pages that were asked for and not had, and articles (by id) that miss their pages no longer. */
  readonly missed: readonly MissedPage[];
  readonly missedNoLonger: readonly string[];
  /** How the source's articles look on its pages, where that was learnt anew; null: as before. */
  readonly watch: SourceWatch | null;
  /** Pages of the source that were missed before for this reason (a code of model/errors.ts) are due from then on. */
  readonly askAgain: { readonly code: string; readonly from: Instant } | null;
};

/** A mark that two reports of one thing share (`address:https://…`, `text:<digest>`): see curate/fingerprint.ts. */
export type ArticleKeys = { readonly articleId: string; readonly keys: readonly string[] };

/** A report that a mark stands for, and the story that it is told in. */
export type MarkedReport = { readonly storyId: string; readonly articleId: string; readonly sourceId: string };

/** Texts to be compared with, and by which number to ask for those that are saved after them. */
export type ComparedTexts = { readonly texts: readonly ComparedText[]; readonly last: number };

/** What one curation leaves behind. Saved in one transaction. */
export type CurationRecord = {
  /** New and changed stories, whole, with their articles and topics. */
  readonly stories: readonly Story[];
  /** Stories that no longer hold any article. */
  readonly dissolved: readonly string[];
  readonly keys: readonly ArticleKeys[];
  /** Texts that are to be compared with later ones. One without a founding keeps the one that it has. */
  readonly compared: readonly Pick<ComparedText, 'articleId' | 'atMs' | 'print' | 'founding'>[];
  /** Texts published before are compared with nothing any more, in milliseconds since 1970. */
  readonly comparedFromMs: number;
  /**
   * An entry that somebody has changed since it was read keeps its state, and its step is left out: one named in `readAt`
   * that has a later step by now, one not named that awaits by now. So it is sorted the next time.
   */
  readonly trail: readonly TrailStep[];
  /** By article: the last step of its trail when it was read (see `awaitingSteps`). */
  readonly readAt: ReadonlyMap<string, number>;
  /** Facts to remember with it, by name (see `fact`). */
  readonly facts: Readonly<Record<string, string>>;
};

/** One file under output/ as it was last written: what it was made from, and what it holds. */
export type OutputRecord = {
  /** Relative to output/, with slashes. */
  readonly path: string;
  /** Digest of everything that went into it; the same key needs no rendering. */
  readonly inputKey: string;
  /** SHA-256 of the bytes. */
  readonly sha256: string;
};

export type EntryCount = { readonly sourceId: string; readonly state: EntryState; readonly count: number };

/** Pages of one source that were not had for one reason (a code of model/errors.ts); `again`: so many are asked for again. */
export type MissedPageCount = {
  readonly sourceId: string;
  readonly code: string;
  readonly count: number;
  readonly again: number;
};

/** An entry and where it stands, for the reports that operators read. */
export type EntryStanding = {
  readonly articleId: string;
  readonly sourceId: string;
  readonly title: string | null;
  readonly link: string | null;
  readonly state: EntryState;
  readonly reason: string;
  /** Where its text is from, and why; null where the article is not kept. */
  readonly text: string | null;
  readonly at: Instant;
};

/**
 * By what somebody asks for entries. `article` and `story`: an id of ours. `page`: the path of a story's page. `upstream-id`:
 * an id that a source has given, first or since. `former-link`: a link that an entry ever had (admit/address-mark.ts).
 * `address`: that of the entry's page or of its true source, in any spelling. `title`: all of these words, in any order.
 * `event-entry`: the id of an event's entry in a topic that groups; it stands for all reports that are shown in it, or will be.
 */
export type EntrySign =
  | { readonly by: 'article' | 'story' | 'upstream-id' | 'event-entry'; readonly id: string }
  | { readonly by: 'page'; readonly path: string }
  | { readonly by: 'former-link'; readonly mark: string }
  | { readonly by: 'address'; readonly address: string }
  | { readonly by: 'title'; readonly words: readonly string[] };

/** An entry that was asked for. Known from the ledger, so also when its article is kept no more. */
export type FoundEntry = EntryStanding & { readonly entryId: string; readonly firstSeenAt: Instant };

/** What a topic that groups its stories has published of an event, in the version that readers have seen last. */
export type EventEntry = Pick<PublishedVersion, 'topicId' | 'entryId' | 'leadArticleId' | 'published' | 'updated'> & {
  readonly eventId: string;
  readonly stands: 'feed' | 'archive' | 'nowhere';
  /** The number of the last archive that holds it, where the feed does not. */
  readonly archive: number | null;
  readonly takenBack: Pick<Tombstone, 'at' | 'reason'> | null;
  /** The articles that are shown in it, if only by a link. */
  readonly articleIds: readonly string[];
};

/** An article that is in no story, as it was held or dropped on its own account, and why. */
export type ApartArticle = { readonly article: Article; readonly state: EntryState; readonly reason: string };

/** Those among the entries that were looked at, and behind which entry to go on (null: there are no more). */
export type ApartArticles = { readonly articles: readonly ApartArticle[]; readonly last: number | null };

/**
 * What the service asks of any database. Implemented over SQLite and PostgreSQL by the same queries; the same suite runs
 * on both. Every method is one transaction. Throws StageError `store-unusable` or `store-too-new`.
 */
export interface Store extends AsyncDisposable, ArchiveStore {
  // due
  sourceStates(): Promise<ReadonlyMap<string, SourceState>>;

  // refresh
  /** The entries of a source that any of the aliases belongs to, in no order. */
  knownEntries(sourceId: string, aliases: readonly Alias[]): Promise<readonly KnownEntry[]>;
  /** Whole articles, in no order; unknown ids are left out. */
  articles(ids: readonly string[]): Promise<readonly Article[]>;
  /** The pages of a source that are to be asked for again by now, those that wait longest first, no more than a limit. */
  pagesToAskAgain(sourceId: string, now: Instant, limit: number): Promise<readonly MissedPage[]>;
  /** How a source's articles look on its pages; null where none was looked at. */
  sourceWatch(sourceId: string): Promise<SourceWatch | null>;
  saveRefresh(refresh: RefreshRecord): Promise<void>;
  /** A refresh that brought nothing: not modified, or failed. */
  saveSourceState(state: SourceState): Promise<void>;

  /** Where a redirector was found to lead; null for one that was never followed. */
  redirectTarget(url: string): Promise<string | null>;
  saveRedirectTarget(redirect: { readonly url: string; readonly target: string; readonly at: Instant }): Promise<void>;

  // curate
  /** Articles whose state is `awaiting`, by `published`, then by id. */
  awaitingArticles(): Promise<readonly Article[]>;
  /**
   * For each article whose state is `awaiting`: the number of its trail's last step. Asked for before the articles
   * themselves: what changes in between then counts as changed since.
   */
  awaitingSteps(): Promise<ReadonlyMap<string, number>>;
  /** For each key: the reports that have it, by when their story was first seen, then by the story's id. */
  reportsWithKeys(keys: readonly string[]): Promise<ReadonlyMap<string, readonly MarkedReport[]>>;
  /** The story that an article belongs to, for each of the ids that has one. */
  storiesOfArticles(articleIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  stories(ids: readonly string[]): Promise<readonly ToldStory[]>;
  /** Stories published at or after an instant, with or without topics, newest first, then by id. */
  storiesSince(instant: Instant): Promise<readonly ToldStory[]>;
  saveCuration(curation: CurationRecord): Promise<void>;
  /** Texts saved behind a number (0: all), published at or after a time, in the order in which they were saved. */
  comparedTexts(asked: {
    readonly after: number;
    readonly fromMs: number;
    readonly limit: number;
  }): Promise<ComparedTexts>;
  /** Stories that are found to report another event than was thought, and what to remember with it. */
  moveStories(
    moved: readonly { readonly storyId: string; readonly eventId: string }[],
    facts: Readonly<Record<string, string>>,
  ): Promise<void>;

  // judge
  /** What the operator has said of entries, by their articles' ids. */
  verdicts(articleIds: readonly string[]): Promise<ReadonlyMap<string, Verdict>>;
  /** Each takes the place of an earlier one, and its entry awaits sorting again. */
  saveVerdicts(verdicts: readonly Verdict[]): Promise<void>;
  /** Entries of a source that were ever published or merged and are not retracted, by their articles' ids. */
  letThroughEntries(sourceId: string): Promise<readonly EntryStanding[]>;
  /** Entries in the state `held`, by source, then those first that were held first. With null of all sources. */
  heldEntries(sourceId: string | null): Promise<readonly EntryStanding[]>;
  /** Of entries that were ever let through (published, merged): that; of others that were ever held: that. */
  entryPasts(articleIds: readonly string[]): Promise<ReadonlyMap<string, 'let-through' | 'held'>>;
  /** How many entries of a source were ever let through or held; it is counted no further than to `most`. */
  letThroughCount(sourceId: string, most: number): Promise<number>;
  /** The dates of a topic's stories, those from an instant on (null: all), in order. */
  publishedInTopic(topicId: string, since: Instant | null): Promise<readonly Instant[]>;
  /**
   * For each source that has any: the dates of the published stories that its articles lead, in order, those from the
   * instant on that the source is asked about with (null: all).
   */
  publishedOfSources(asked: ReadonlyMap<string, Instant | null>): Promise<ReadonlyMap<string, readonly Instant[]>>;
  /**
   * Looks at so many entries of the ledger behind `after` (0: from the start), in the order in which they came, and gives
   * the held, dropped and refused ones that are in no story.
   */
  apartArticles(after: number, entries: number): Promise<ApartArticles>;
  /** Moves entries to other states, with the reasons. */
  saveSteps(steps: readonly TrailStep[]): Promise<void>;

  // compose
  /** The newest stories of a topic, or with `null` of any public topic, by `published` descending, then by id. */
  newestStories(topicId: string | null, limit: number): Promise<readonly ToldStory[]>;
  /** Every story of a topic, or with `null` of any public topic, in order of ids, from behind `afterId` (null: from the start). */
  publishedStories(topicId: string | null, afterId: string | null, limit: number): Promise<readonly ToldStory[]>;
  /** Where the pages of all these stories lie. */
  publishedPaths(topicId: string | null): Promise<ReadonlySet<string>>;
  /** Every story, in a topic or in none, in order of ids, from behind `afterId` (null: from the start). */
  allStories(afterId: string | null, limit: number): Promise<readonly ToldStory[]>;
  /** Another text after every change of what is published (articles, stories); the same as long as there is none. */
  changeMark(): Promise<string>;
  /** The newest `updated` of any story that is in a topic, or with `null` in any public topic; null when there is none. */
  newestChange(topicId: string | null): Promise<Instant | null>;
  outputs(): Promise<ReadonlyMap<string, OutputRecord>>;
  /** Of a removed path it is remembered what became of it: see `fateOf`. */
  saveOutputs(change: {
    readonly written: readonly OutputRecord[];
    readonly removed: readonly string[];
  }): Promise<void>;

  // explain
  entryCounts(): Promise<readonly EntryCount[]>;
  missedPageCounts(): Promise<readonly MissedPageCount[]>;
  /** The sources whose pages are not believed at present, by id. */
  drifts(): Promise<ReadonlyMap<string, Drift>>;
  /** Entries whose state changed at or after an instant, by source, then by title; with null all of them. */
  standings(since: Instant | null): Promise<readonly EntryStanding[]>;
  trailOf(articleId: string): Promise<readonly TrailStep[]>;
  /**
   * The entries that any of the signs fits, those that came last first, no more than a limit. For `address` and `title` the whole
   * ledger is looked through, for `page` all stories; the others are found by an index.
   */
  entriesAbout(signs: readonly EntrySign[], limit: number): Promise<readonly FoundEntry[]>;
  /** The stories of a topic that report each of the events, newest first, then by id, no more than a limit of each. */
  storiesOfEvents(
    topicId: string,
    eventIds: readonly string[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly ToldStory[]>>;
  /** The stories that report an event, newest first, then by id. */
  storiesOfEvent(eventId: string, limit: number): Promise<readonly ToldStory[]>;
  /** The entries of events, by the id of one or of all that tell an event, by topic. */
  eventEntries(by: { readonly entryId: string } | { readonly eventId: string }): Promise<readonly EventEntry[]>;
  /** Of the articles whose pages were asked for and not had: how that stands, by the articles' ids. */
  missedPages(articleIds: readonly string[]): Promise<ReadonlyMap<string, MissedPage>>;

  /** Subscriptions, webhooks and what is on its way to them. */
  readonly push: PushStore;

  /** What sources and pages answered, for some days. */
  readonly history: HistoryStore;

  /** How the database stands, and how it is kept in order. */
  readonly upkeep: UpkeepStore;

  /** What is wrong, and who is told of it. */
  readonly alerts: AlertStore;

  /** The pictures of articles, and our copies of them. */
  readonly images: ImageStore;

  // private topics
  privateTokens(): Promise<readonly PrivateToken[]>;
  savePrivateToken(token: PrivateToken, options: { readonly inPlaceOfOlder: boolean }): Promise<void>;
  /** Has these topics, and no others, be private in what is stored already. Where that is so, nothing is changed. */
  settlePrivateTopics(topicIds: readonly string[]): Promise<void>;

  /** A small thing to remember, by name; null when it was never saved. */
  fact(name: string): Promise<string | null>;
  saveFact(name: string, value: string): Promise<void>;
  /** Name of the newest migration that the database has. */
  schemaVersion(): Promise<string>;
}
