import type { Article } from '../model/article.ts';
import type { KnownEntry, LedgerEntry } from '../model/ledger.ts';
import type { MissedPage } from '../model/missed-page.ts';
import type { Verdict } from '../model/rule.ts';
import type { SourceState } from '../model/source.ts';
import type { Story, StoryContext, TopicReason } from '../model/story.ts';
import type { EntryState, TrailStep } from '../model/trail.ts';
import type { Insertable, Selectable } from 'kysely';
import { aliasMark, aliasOf, keyMark } from './marks.ts';
import type { EntryStanding, OutputRecord } from './store.ts';
import type {
  AliasRow,
  ArticleKeyRow,
  ArticleRow,
  LedgerRow,
  MissedPageRow,
  OutputRow,
  SourceStateRow,
  StoryRow,
  StoryTopicRow,
  TrailRow,
  VerdictRow,
} from './tables.ts';

// Row ↔ model, both ways, side by side. Nothing else in the program knows a column's name.

export function sourceStateRow(state: SourceState): SourceStateRow {
  return {
    source_id: state.sourceId,
    url: state.url,
    etag: state.etag,
    last_modified: state.lastModified,
    body_digest: state.bodyDigest,
    checked_at: state.checkedAt,
    next_check_at: state.nextCheckAt,
    next_check_why: state.nextCheckWhy,
    schedule: state.schedule,
    rhythm: jsonOrNull(state.rhythm),
    retry_after_until: state.retryAfterUntil,
    failures: state.failures,
    last_failure: jsonOrNull(state.lastFailure),
    feed_title: state.feedTitle,
    feed_id: state.feedId,
    feed_link: state.feedLink,
    feed_updated: state.feedUpdated,
    feed_rights: state.feedRights,
    feed_language: state.feedLanguage,
    skip_hours: JSON.stringify(state.skipHours),
    skip_days: JSON.stringify(state.skipDays),
    repairs: JSON.stringify(state.repairs),
    unreadable: JSON.stringify(state.unreadable),
  };
}

export function sourceStateOf(row: SourceStateRow): SourceState {
  return {
    sourceId: row.source_id,
    url: row.url,
    etag: row.etag,
    lastModified: row.last_modified,
    bodyDigest: row.body_digest,
    checkedAt: row.checked_at,
    nextCheckAt: row.next_check_at,
    nextCheckWhy: row.next_check_why,
    schedule: row.schedule,
    rhythm: parsedOrNull(row.rhythm) as SourceState['rhythm'],
    retryAfterUntil: row.retry_after_until,
    failures: row.failures,
    lastFailure: parsedOrNull(row.last_failure) as SourceState['lastFailure'],
    feedTitle: row.feed_title,
    feedId: row.feed_id,
    feedLink: row.feed_link,
    feedUpdated: row.feed_updated,
    feedRights: row.feed_rights,
    feedLanguage: row.feed_language,
    skipHours: parsed(row.skip_hours) as SourceState['skipHours'],
    skipDays: parsed(row.skip_days) as SourceState['skipDays'],
    repairs: parsed(row.repairs) as SourceState['repairs'],
    unreadable: parsed(row.unreadable) as SourceState['unreadable'],
  };
}

/** An entry with the step that it stands at, and what people call it. */
export function ledgerRow(
  entry: LedgerEntry,
  step: TrailStep,
  named: { readonly title: string | null; readonly link: string | null },
): Insertable<LedgerRow> {
  return {
    article_id: entry.articleId,
    source_id: entry.sourceId,
    entry_id: entry.entryId,
    digest: entry.digest,
    first_seen_at: entry.firstSeenAt,
    state: step.state,
    reason: step.reason,
    state_at: step.at,
    title: named.title,
    link: named.link,
  };
}

export function standingOf(row: Selectable<LedgerRow> & { readonly text: string | null }): EntryStanding {
  return {
    articleId: row.article_id,
    sourceId: row.source_id,
    title: row.title,
    link: row.link,
    state: row.state as EntryState,
    reason: row.reason,
    text: row.text,
    at: row.state_at,
  };
}

export function aliasRows({ sourceId, aliases }: LedgerEntry, entry: number): AliasRow[] {
  return aliases.map((alias) => {
    const { mark, longValue } = aliasMark(alias);
    return { source_id: sourceId, mark, entry, long_value: longValue };
  });
}

/** One row for each alias, those of one entry next to each other. */
export function knownEntriesOf(
  rows: readonly (Omit<LedgerRow, 'entry' | 'reason' | 'state_at' | 'title' | 'link'> &
    Pick<AliasRow, 'mark' | 'long_value'>)[],
): KnownEntry[] {
  const entries: (KnownEntry & { readonly aliases: KnownEntry['aliases'][number][] })[] = [];
  for (const row of rows) {
    const alias = aliasOf(row.mark, row.long_value);
    const last = entries.at(-1);
    if (last?.articleId === row.article_id) last.aliases.push(alias);
    else
      entries.push({
        articleId: row.article_id,
        sourceId: row.source_id,
        entryId: row.entry_id,
        digest: row.digest,
        firstSeenAt: row.first_seen_at,
        aliases: [alias],
        state: row.state as EntryState,
      });
  }
  return entries;
}

export function trailRow(step: TrailStep, entry: number): Insertable<TrailRow> {
  return { entry, at: step.at, state: step.state, reason: step.reason };
}

export function trailStepOf(row: Pick<TrailRow, 'at' | 'state' | 'reason'>, articleId: string): TrailStep {
  return { articleId, at: row.at, state: row.state as EntryState, reason: row.reason };
}

export function articleRow(article: Article, entry: number): ArticleRow {
  return {
    entry,
    id: article.id,
    source_id: article.sourceId,
    entry_id: article.entryId,
    link: article.link,
    source_link: jsonOrNull(article.sourceLink),
    publisher: JSON.stringify(article.publisher),
    title: article.title,
    authors: JSON.stringify(article.authors),
    categories: JSON.stringify(article.categories),
    section: article.section,
    published: article.published,
    updated: article.updated,
    first_seen_at: article.firstSeenAt,
    language: article.language,
    image: jsonOrNull(article.image),
    enclosures: JSON.stringify(article.enclosures),
    rights: JSON.stringify(article.rights),
    summary: article.summary,
    content_html: article.contentHtml,
    content_from: article.contentFrom,
    content_reason: article.contentReason,
    word_count: article.wordCount,
    corrections: JSON.stringify(article.corrections),
    episode: jsonOrNull(article.episode),
  };
}

export function articleOf(row: Omit<ArticleRow, 'entry'>): Article {
  return {
    id: row.id,
    sourceId: row.source_id,
    entryId: row.entry_id,
    link: row.link,
    sourceLink: parsedOrNull(row.source_link) as Article['sourceLink'],
    publisher: parsed(row.publisher) as Article['publisher'],
    title: row.title,
    authors: parsed(row.authors) as Article['authors'],
    categories: parsed(row.categories) as Article['categories'],
    section: row.section,
    published: row.published,
    updated: row.updated,
    firstSeenAt: row.first_seen_at,
    language: row.language,
    image: imageOf(row.image),
    enclosures: parsed(row.enclosures) as Article['enclosures'],
    episode: parsedOrNull(row.episode) as Article['episode'],
    rights: rightsOf(row.rights),
    summary: row.summary,
    contentHtml: row.content_html,
    contentFrom: row.content_from as Article['contentFrom'],
    contentReason: row.content_reason,
    wordCount: row.word_count,
    corrections: correctionsOf(row.corrections),
  };
}

/** Of what was stored before declarations were read, none are known. */
function rightsOf(text: string): Article['rights'] {
  const rights = parsed(text) as Article['rights'];
  return { ...rights, declared: rights.declared ?? [] };
}

/** Those that were stored before kinds were told apart are corrections. */
function correctionsOf(text: string): Article['corrections'] {
  const corrections = parsed(text) as Article['corrections'];
  return corrections.map((correction) => ({ ...correction, kind: correction.kind ?? 'correction' }));
}

/** Pictures that were stored before licences were read have none. */
function imageOf(text: string | null): Article['image'] {
  const image = parsedOrNull(text) as Article['image'];
  return image === null ? null : { ...image, licence: image.licence ?? null };
}

export function missedPageRow({ sourceId, code, retries, nextAt, given }: MissedPage, entry: number): MissedPageRow {
  return { entry, source_id: sourceId, code, retries, next_at: nextAt, given: jsonOrNull(given) };
}

export function missedPageOf(row: Omit<MissedPageRow, 'entry'> & { readonly article_id: string }): MissedPage {
  return {
    articleId: row.article_id,
    sourceId: row.source_id,
    code: row.code,
    retries: row.retries,
    nextAt: row.next_at,
    given: parsedOrNull(row.given) as MissedPage['given'],
  };
}

export function articleKeyRows(entry: number, keys: readonly string[]): ArticleKeyRow[] {
  return [...new Set(keys.map(keyMark))].map((mark) => ({ mark, entry }));
}

export function storyRow(story: Story): Insertable<StoryRow> {
  return {
    id: story.id,
    path: story.path,
    lead_article_id: story.leadArticleId,
    first_seen_at: story.firstSeenAt,
    published: story.published,
    updated: story.updated,
    score: story.score,
    topic_count: story.topics.filter((topic) => topic.private !== true).length,
    private_topic_count: story.topics.filter((topic) => topic.private === true).length,
    context: JSON.stringify(story.context),
    event_id: story.eventId,
  };
}

export function topicReasonOf(row: Pick<StoryTopicRow, 'topic_id' | 'reason' | 'learnt' | 'private'>): TopicReason {
  return {
    topicId: row.topic_id,
    reason: row.reason,
    ...(row.learnt === 1 ? { learnt: true } : {}),
    ...(row.private === 1 ? { private: true } : {}),
  };
}

export function storyTopicRows({ id, topics, published, updated }: Story, story: number): StoryTopicRow[] {
  return topics.map(({ topicId, reason, learnt, private: isPrivate }, position) => ({
    story,
    topic_id: topicId,
    position,
    reason,
    learnt: learnt === true ? 1 : 0,
    private: isPrivate === true ? 1 : 0,
    story_id: id,
    published,
    updated,
  }));
}

export function storyOf(
  row: Omit<StoryRow, 'story'>,
  articleIds: readonly string[],
  topics: readonly TopicReason[],
): Story {
  return {
    id: row.id,
    path: row.path,
    leadArticleId: row.lead_article_id,
    articleIds,
    topics,
    firstSeenAt: row.first_seen_at,
    published: row.published,
    updated: row.updated,
    score: row.score,
    context: parsed(row.context) as StoryContext,
    eventId: row.event_id,
  };
}

export function verdictRow({ verdict, at, note }: Verdict, entry: number): VerdictRow {
  return { entry, verdict, at, note };
}

export function verdictOf(row: Omit<VerdictRow, 'entry'> & { readonly article_id: string }): Verdict {
  return { articleId: row.article_id, verdict: row.verdict as Verdict['verdict'], at: row.at, note: row.note };
}

export function outputRow({ path, inputKey, sha256 }: OutputRecord): OutputRow {
  return { path, input_key: inputKey, sha256 };
}

export function outputOf({ path, input_key: inputKey, sha256 }: OutputRow): OutputRecord {
  return { path, inputKey, sha256 };
}

function jsonOrNull(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

/** Read as what it was when we ourselves wrote it: the caller names the type. */
function parsed(text: string): unknown {
  return JSON.parse(text);
}

function parsedOrNull(text: string | null): unknown {
  return text === null ? null : parsed(text);
}
