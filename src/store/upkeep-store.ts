import type { Article } from '../model/article.ts';
import type { Instant } from '../support/instant.ts';

/** How a database stands, for operators. */
export type DatabaseFacts = {
  readonly kind: 'sqlite' | 'postgres';
  /** What it takes on its disk. */
  readonly bytes: number;
  /** When the oldest article was published that is kept; null: none is. */
  readonly oldestArticle: Instant | null;
  readonly articles: number;
};

/** From which date on entries are kept. What is older expires. */
export type KeptFrom = {
  /** By source; one that is not named keeps all. */
  readonly sources: ReadonlyMap<string, Instant>;
  /** Of all sources but those that are listed; null: they keep all. */
  readonly others: { readonly than: readonly string[]; readonly from: Instant } | null;
  /** By topic; one that is not named keeps all. What is in several is kept by the one that keeps it longest. */
  readonly topics: ReadonlyMap<string, Instant>;
};

/** An entry that has expired, and by whose word. */
export type OldEntry = {
  readonly articleId: string;
  readonly by: { readonly kind: 'source' | 'topic'; readonly id: string };
};

/** An archive of a topic. */
export type ArchivePage = { readonly topicId: string; readonly page: number };

/** What of the Store is asked to keep it in order. */
export interface UpkeepStore {
  databaseFacts(): Promise<DatabaseFacts>;
  /** Forgets what published files were made of, but for closed archives: the next publication makes each anew. */
  forgetMade(): Promise<void>;
  /**
   * Entries whose articles are older than they are kept, those that are to be sorted first, then the oldest; none that has
   * expired already or is retracted. `awaiting`: those alone that are to be sorted.
   */
  oldEntries(kept: KeptFrom, which: 'all' | 'awaiting', limit: number): Promise<readonly OldEntry[]>;
  /** Archives that hold something of what has expired, and have to be made again without it. */
  archivesToMend(): Promise<readonly ArchivePage[]>;
  archivesMended(pages: readonly ArchivePage[]): Promise<void>;
  /** The articles of a source that are kept, published from an instant on (null: all), the oldest first; none that is taken back. */
  articlesOf(sourceId: string, since: Instant | null): Promise<readonly string[]>;
  /**
   * Puts articles in the place of what is stored of them, where that is still as it was `before`; nothing else is moved by
   * it. Gives how many.
   */
  replaceArticles(pairs: readonly { readonly before: Article; readonly after: Article }[]): Promise<number>;
  /**
   * Shortens the trails of some entries that have more than twice so many steps: the first step into each state stays, and
   * so many of the last.
   */
  trimTrails(lastSteps: number): Promise<void>;
  /** Gives free room of the database back to its disk, no more than so many bytes. Gives how many. */
  giveBackRoom(mostBytes: number): Promise<number>;
}
