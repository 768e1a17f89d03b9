import type { Generated } from 'kysely';

// The tables as Kysely knows them, in the words of the database; migrations/ makes them, rows.ts turns rows into the
// model. Entries and stories have numbers of our own besides their ids: ids are random, and an index over random keys is
// written to in as many places as there are new rows; numbers grow, and all that hangs on them is written at one end.
// Columns of JSON are text in both databases, so that what is read is, byte for byte, what was saved.

export type SourceStateRow = {
  source_id: string;
  url: string;
  etag: string | null;
  last_modified: string | null;
  body_digest: string | null;
  checked_at: string | null;
  next_check_at: string | null;
  next_check_why: string | null;
  schedule: string;
  /** JSON: Rhythm. */
  rhythm: string | null;
  retry_after_until: string | null;
  failures: number;
  /** JSON: Failure. */
  last_failure: string | null;
  feed_title: string | null;
  feed_id: string | null;
  feed_link: string | null;
  feed_updated: string | null;
  feed_rights: string | null;
  feed_language: string | null;
  /** JSON: numbers. */
  skip_hours: string;
  /** JSON: numbers. */
  skip_days: string;
  /** JSON: sentences. */
  repairs: string;
  /** JSON: sentences. */
  unreadable: string;
};

/** Kept longer than the article: an old entry must not come back as new. Where it stands is that of its last step. */
export type LedgerRow = {
  entry: Generated<number>;
  article_id: string;
  source_id: string;
  entry_id: string;
  digest: string;
  first_seen_at: string;
  state: string;
  reason: string;
  state_at: string;
  title: string | null;
  link: string | null;
};

/** `mark` is short enough for an index; what it was cut from is in `long_value` (marks.ts). */
export type AliasRow = { source_id: string; mark: string; entry: number; long_value: string | null };

export type TrailRow = { step: Generated<number>; entry: number; at: string; state: string; reason: string };

export type ArticleRow = {
  entry: number;
  id: string;
  source_id: string;
  entry_id: string;
  link: string | null;
  /** JSON: SourceLink. */
  source_link: string | null;
  /** JSON: Publisher. */
  publisher: string;
  title: string;
  /** JSON: Person[]. */
  authors: string;
  /** JSON: strings. */
  categories: string;
  section: string | null;
  published: string;
  updated: string;
  first_seen_at: string;
  language: string | null;
  /** JSON: LeadImage. */
  image: string | null;
  /** JSON: Enclosure[]. */
  enclosures: string;
  /** JSON: Rights. */
  rights: string;
  summary: string;
  content_html: string;
  content_from: string;
  content_reason: string;
  word_count: number;
  /** JSON: Correction[]. */
  corrections: string;
  /** JSON: Episode. */
  episode: string | null;
};

/** A row is there as long as the article's page was asked for and not had. */
export type MissedPageRow = {
  entry: number;
  source_id: string;
  code: string;
  retries: number;
  next_at: string | null;
  /** JSON: MissedPage['given']; null where the page is not asked for again. */
  given: string | null;
};

export type ArticleKeyRow = { mark: string; entry: number };

export type StoryRow = {
  story: Generated<number>;
  id: string;
  path: string;
  lead_article_id: string;
  first_seen_at: string;
  published: string;
  updated: string;
  score: number;
  /** How many topics it is in that are not private: `story_topics` counted, so that an index can leave out the stories in none. */
  topic_count: number;
  private_topic_count: number;
  /** JSON: StoryContext. */
  context: string;
  event_id: string;
};

/** `print` and `story_print` are numbers of 32 bits, `weights` of 16, lowest byte first. `near` is Founding's, as it stands. */
export type ComparedTextRow = {
  number: Generated<number>;
  entry: number;
  at_ms: number;
  print: Uint8Array;
  story_print: Uint8Array | null;
  weights: Uint8Array | null;
  near: string | null;
};

export type StoryArticleRow = { entry: number; story: number; position: number };

/** `story_id`, `published` and `updated` are the story's, repeated for the indexes; written with the story, always. */
export type StoryTopicRow = {
  story: number;
  topic_id: string;
  position: number;
  reason: string;
  /** 1: no rule says so. */
  learnt: number;
  /** 1: the topic is private. */
  private: number;
  story_id: string;
  published: string;
  updated: string;
};

/** Where a redirector leads that keeps its target to itself. */
export type RedirectRow = { url: string; target: string; asked_at: string };

/** `shapes` and `latest` are JSON, packed (watches.ts). A source that is in no drift has neither since nor reason. */
export type SourceWatchRow = {
  source_id: string;
  selectors: string;
  shapes: string;
  latest: string;
  drift_since: string | null;
  drift_reason: string | null;
};

/** What the operator has said of an entry, last. */
export type VerdictRow = { entry: number; verdict: string; at: string; note: string | null };

export type OutputRow = { path: string; input_key: string; sha256: string };

/** `page` 0: in no archive; -1: in no document any more. */
export type PublishedEntryRow = {
  topic_id: string;
  entry_id: string;
  page: number;
  subject_id: string;
  lead_article_id: string;
  published: string;
  updated: string;
  extent: string;
  words: number | null;
  characters: number | null;
  turn: number;
};

/** An article that a published entry shows; `story_id` is the story that it was in then. */
export type ShownArticleRow = { topic_id: string; entry_id: string; page: number; entry: number; story_id: string };

export type ArchiveChainRow = { topic_id: string; first_page: number; next_page: number; made_as: string };

export type TombstoneRow = { topic_id: string; entry_id: string; at: string; reason: string };

/** What became of an entry last; `at` of what is retracted. `version` is a digest of all that makes it another one. */
export type EntryTurnRow = {
  topic_id: string;
  entry_id: string;
  turn: number;
  kind: string;
  subject_id: string;
  lead_article_id: string;
  updated: string;
  version: string;
  at: string | null;
};

/** `moved_to` null: what was there is gone. */
export type FateRow = { path: string; moved_to: string | null };

export type PrivateTokenRow = { topic_id: string; token: string; made_at: string };

/** A story that was saved or dissolved, and that no publication has looked at since. */
export type StoryChangeRow = { number: Generated<number>; story_id: string };

export type FactRow = { name: string; value: string };

/** Of `Tries` in model/push.ts. */
type TriesRow = { tries: number; since: string | null; last_failure: string | null };

type SubscriberRow = {
  mark: string;
  topic: string;
  path: string;
  callback: string;
  host: string;
  /** The registrable domain of the host. */
  site: string;
  secret: string | null;
};

export type HubIntentRow = SubscriberRow &
  TriesRow & { mode: string; lease_seconds: number; reason: string | null; due_at: string };

export type HubSubscriptionRow = SubscriberRow &
  TriesRow & { lease_ends_at: string; delivered: string; due_at: string };

export type UpstreamHubRow = TriesRow & {
  source_id: string;
  hub: string;
  topic: string;
  token: string;
  secret: string;
  status: string;
  lease_ends_at: string | null;
  due_at: string;
  pushes: number;
  last_push_at: string | null;
  forged: number;
};

/** The document of a topic that its webhooks were last told of. */
export type WebhookTopicRow = { topic_id: string; sha256: string };

/** `digest` is empty for an entry that was taken back. */
export type WebhookEntryRow = { topic_id: string; entry_id: string; digest: string };

/** `answer` is JSON: of an answer all but its body, which is compressed; of a failure, which has no body, all of it. */
export type HistoryRow = {
  number: Generated<number>;
  mark: string;
  url_mark: string;
  digest: string;
  at: string;
  size: number;
  kind: string;
  url: string;
  asked_as: string;
  answer: string;
  body: Uint8Array | null;
};

/** A page of which nothing is kept any more: what was read from it is retracted. */
export type HistoryWithheldRow = { url_mark: string };

/** Without `due_at`: a dead letter. */
export type WebhookDeliveryRow = TriesRow & {
  number: Generated<number>;
  id: string;
  topic_id: string;
  url: string;
  host: string;
  body: string;
  created_at: string;
  due_at: string | null;
};

/** One row: what is wrong now. `states` is JSON: AlertState[]. */
export type AlertBoardRow = { id: number; revision: number; states: string };

/** JSON: AlertEvent. */
export type AlertEventRow = { number: Generated<number>; event: string };

/** `due_at` null: it was given up. */
export type AlertDeliveryRow = {
  number: Generated<number>;
  channel: string;
  body: string;
  due_at: string | null;
} & TriesRow;

/** An archive that holds something of what has expired. */
export type ArchiveToMendRow = { topic_id: string; page: number };

/** A picture that articles show; with a `path` where we have a copy of it, with `next_at` where it is to be asked for. */
export type ImageRow = {
  image: Generated<number>;
  mark: string;
  url: string;
  source_id: string;
  path: string | null;
  type: string | null;
  width: number | null;
  height: number | null;
  bytes: number | null;
  tries: number;
  code: string | null;
  reason: string | null;
  next_at: string | null;
};

export type ArticleImageRow = { entry: number; image: number };

export type Tables = {
  source_states: SourceStateRow;
  ledger: LedgerRow;
  aliases: AliasRow;
  trail: TrailRow;
  articles: ArticleRow;
  missed_pages: MissedPageRow;
  redirects: RedirectRow;
  source_watches: SourceWatchRow;
  article_keys: ArticleKeyRow;
  stories: StoryRow;
  compared_texts: ComparedTextRow;
  story_articles: StoryArticleRow;
  story_topics: StoryTopicRow;
  verdicts: VerdictRow;
  outputs: OutputRow;
  published_entries: PublishedEntryRow;
  shown_articles: ShownArticleRow;
  archive_chains: ArchiveChainRow;
  archives_to_mend: ArchiveToMendRow;
  tombstones: TombstoneRow;
  entry_turns: EntryTurnRow;
  fates: FateRow;
  story_changes: StoryChangeRow;
  private_tokens: PrivateTokenRow;
  facts: FactRow;
  hub_intents: HubIntentRow;
  hub_subscriptions: HubSubscriptionRow;
  upstream_hubs: UpstreamHubRow;
  webhook_topics: WebhookTopicRow;
  webhook_entries: WebhookEntryRow;
  webhook_deliveries: WebhookDeliveryRow;
  history: HistoryRow;
  history_withheld: HistoryWithheldRow;
  alert_board: AlertBoardRow;
  alert_events: AlertEventRow;
  alert_deliveries: AlertDeliveryRow;
  images: ImageRow;
  article_images: ArticleImageRow;
};
