import type { MissedPage } from '../model/missed-page.ts';
import type { SourceLink } from '../model/article.ts';
import type { ToldStory } from '../model/story.ts';
import { canonicalAddress } from '../support/canonical-address.ts';
import { foldedWords } from '../support/words.ts';
import { entriesOfEvent } from './event-entries.ts';
import { aliasMark } from './marks.ts';
import { missedPageOf, standingOf } from './rows.ts';
import type { Session } from './session.ts';
import type { EntrySign, FoundEntry } from './store.ts';
import { toldStories } from './told-stories.ts';

// What is asked of entries of which somebody knows an id, an address, or some words.

/** So many rows are looked at in one statement: the whole ledger need not fit into memory. */
const ROWS_AT_ONCE = 5000;
/** Scripts without spaces: where a word ends there depends on what stands beside it. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

export async function entriesAbout(
  session: Session,
  signs: readonly EntrySign[],
  limit: number,
): Promise<FoundEntry[]> {
  const found = new Set<number>();
  for (const sign of signs) for (const entry of await entriesOf(session, sign, limit)) found.add(entry);
  if (found.size === 0) return [];
  const { db, flavour } = session;
  const rows = await db
    .selectFrom('ledger')
    .leftJoin('articles', 'articles.entry', 'ledger.entry')
    .selectAll('ledger')
    .select('articles.content_reason as text')
    .where(flavour.isOneOf('ledger.entry', [...found]))
    .orderBy('ledger.entry', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...standingOf(row), entryId: row.entry_id, firstSeenAt: row.first_seen_at }));
}

function entriesOf(session: Session, sign: EntrySign, limit: number): Promise<number[]> {
  switch (sign.by) {
    case 'article':
      return ofArticle(session, sign.id);
    case 'story':
      return ofStory(session, { column: 'stories.id', value: sign.id });
    case 'page':
      return ofStory(session, { column: 'stories.path', value: sign.path });
    case 'event-entry':
      return entriesOfEvent(session, sign.id);
    case 'upstream-id':
      return ofUpstreamId(session, sign.id, limit);
    case 'former-link':
      return ofAlias(session, aliasMark({ kind: 'link', value: sign.mark }).mark, limit);
    case 'address':
      return lookedThrough(session, hasAddress(sign.address), limit);
    default:
      return lookedThrough(session, hasTitleWords(sign.words), limit);
  }
}

async function ofArticle({ db }: Session, id: string): Promise<number[]> {
  const rows = await db.selectFrom('ledger').select('entry').where('article_id', '=', id).execute();
  return rows.map(({ entry }) => entry);
}

async function ofStory(
  { db }: Session,
  { column, value }: { readonly column: 'stories.id' | 'stories.path'; readonly value: string },
): Promise<number[]> {
  const rows = await db
    .selectFrom('stories')
    .innerJoin('story_articles', 'story_articles.story', 'stories.story')
    .select('story_articles.entry')
    .where(column, '=', value)
    .execute();
  return rows.map(({ entry }) => entry);
}

/** The id that an entry was first seen under, or one that its source has given it since. */
async function ofUpstreamId(session: Session, id: string, limit: number): Promise<number[]> {
  const rows = await session.db
    .selectFrom('ledger')
    .select('entry')
    .where('entry_id', '=', id)
    .orderBy('entry', 'desc')
    .limit(limit)
    .execute();
  const since = await ofAlias(session, aliasMark({ kind: 'guid', value: id }).mark, limit);
  return [...rows.map(({ entry }) => entry), ...since];
}

async function ofAlias({ db }: Session, mark: string, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('aliases')
    .select('entry')
    .where('mark', '=', mark)
    .orderBy('entry', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ entry }) => entry);
}

type Names = { readonly title: string | null; readonly link: string | null; readonly source_link: string | null };

/** The newest entries that fit, out of the whole ledger. */
async function lookedThrough({ db }: Session, fits: (names: Names) => boolean, limit: number): Promise<number[]> {
  const found: number[] = [];
  let before: number | null = null;
  for (;;) {
    const rows: (Names & { readonly entry: number })[] = await db
      .selectFrom('ledger')
      .leftJoin('articles', 'articles.entry', 'ledger.entry')
      .select(['ledger.entry', 'ledger.title', 'ledger.link', 'articles.source_link'])
      .$if(before !== null, (query) => query.where('ledger.entry', '<', before!))
      .orderBy('ledger.entry', 'desc')
      .limit(ROWS_AT_ONCE)
      .execute();
    for (const row of rows) {
      if (fits(row)) found.push(row.entry);
      if (found.length === limit) return found;
    }
    if (rows.length < ROWS_AT_ONCE) return found;
    before = rows.at(-1)!.entry;
  }
}

/** Whether the entry's own page or its true source has an address, however either is written. */
function hasAddress(address: string): (names: Names) => boolean {
  const wanted = canonicalAddress(address);
  const site = siteWithin(wanted);
  // Most addresses are of other sites, and to see that costs less than to bring them into one form.
  const may = (text: string | null): text is string => text !== null && text.includes(site);
  return ({ link, source_link: source }) =>
    (may(link) && canonicalAddress(link) === wanted) ||
    (may(source) && canonicalAddress((JSON.parse(source) as SourceLink).url) === wanted);
}

/** What stands in every spelling of an address: the end of its host. Videos alone have hosts that are nothing alike. */
function siteWithin(canonical: string): string {
  const host = URL.parse(canonical)?.hostname ?? '';
  return host === 'youtube.com' ? '' : host.split('.').slice(-2).join('.');
}

/** Whether a title has all the words, in any order, whatever their case and diacritics. */
function hasTitleWords(words: readonly string[]): (names: Names) => boolean {
  const wanted = [...new Set(words.flatMap(foldedWords))];
  const inside = wanted.filter((word) => UNSPACED.test(word));
  const whole = wanted.filter((word) => !UNSPACED.test(word));
  return ({ title }) => {
    if (title === null || wanted.length === 0) return false;
    const its = foldedWords(title);
    const joined = its.join('');
    return whole.every((word) => its.includes(word)) && inside.every((word) => joined.includes(word));
  };
}

export async function storiesOfEvent(session: Session, eventId: string, limit: number): Promise<ToldStory[]> {
  const rows = await session.db
    .selectFrom('stories')
    .selectAll()
    .where('event_id', '=', eventId)
    .orderBy('published', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return toldStories(session, rows);
}

export async function storiesOfEvents(
  session: Session,
  given: { readonly topicId: string; readonly eventIds: readonly string[]; readonly limit: number },
): Promise<Map<string, ToldStory[]>> {
  if (given.eventIds.length === 0) return new Map();
  const { db, flavour } = session;
  const rows = await db
    .selectFrom('stories')
    .innerJoin('story_topics', 'story_topics.story', 'stories.story')
    .selectAll('stories')
    .where(flavour.isOneOf('stories.event_id', given.eventIds))
    .where('story_topics.topic_id', '=', given.topicId)
    .orderBy('stories.published', 'desc')
    .orderBy('stories.id')
    .execute();
  const some = [...Map.groupBy(rows, (row) => row.event_id).values()].flatMap((own) => own.slice(0, given.limit));
  const told = await toldStories(session, some);
  return Map.groupBy(told, ({ story }) => story.eventId);
}

export async function missedPages(
  { db, flavour }: Session,
  articleIds: readonly string[],
): Promise<Map<string, MissedPage>> {
  if (articleIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('missed_pages')
    .innerJoin('ledger', 'ledger.entry', 'missed_pages.entry')
    .selectAll('missed_pages')
    .select('ledger.article_id')
    .where(flavour.isOneOf('ledger.article_id', articleIds))
    .orderBy('ledger.article_id')
    .execute();
  return new Map(rows.map((row) => [row.article_id, missedPageOf(row)]));
}
