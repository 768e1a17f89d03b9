import { sql, type RawBuilder, type Selectable } from 'kysely';
import type { ComparedText, Founding } from '../model/compared-text.ts';
import { moveChangeMark } from './change-mark.ts';
import { insertRows, lastOfEach } from './many-rows.ts';
import { numberOf, type EntryNumbers } from './save-trail.ts';
import { noteStoryChanges } from './published-entries.ts';
import type { Flavour, Session } from './session.ts';
import type { ComparedTexts, CurationRecord } from './store.ts';
import type { ComparedTextRow } from './tables.ts';

// The texts of the last days as they are compared. A text that is saved again gets a new number, so that whoever asks
// what came behind the last one that he knows hears of it. Numbers are given one transaction after the other: a smaller
// one that came to light after a larger one would be missed for ever.

/** The same in every program that writes to the database: see Flavour.afterOthers. */
const GIVING_NUMBERS = 7_496_380_012;

export async function comparedTexts(
  { db, flavour }: Session,
  { after, fromMs, limit }: { readonly after: number; readonly fromMs: number; readonly limit: number },
): Promise<ComparedTexts> {
  const rows = await db
    .selectFrom('compared_texts')
    .innerJoin('ledger', 'ledger.entry', 'compared_texts.entry')
    .innerJoin('story_articles', 'story_articles.entry', 'compared_texts.entry')
    .innerJoin('stories', 'stories.story', 'story_articles.story')
    .select(['number', 'at_ms', 'near', 'ledger.article_id', 'ledger.source_id'])
    .select([together(flavour).as('bytes'), lengthOf('print').as('print'), lengthOf('story_print').as('story_print')])
    // Mostly all three are one id, and one string of it is enough.
    .select(({ fn }) => [
      fn<string | null>('nullif', ['stories.id', 'ledger.article_id']).as('story_id'),
      fn<string | null>('nullif', ['stories.event_id', 'stories.id']).as('event_id'),
    ])
    .where('number', '>', after)
    .where('at_ms', '>=', fromMs)
    .orderBy('number')
    .limit(limit)
    .execute();
  const texts = rows.map((row): ComparedText => {
    const storyId = row.story_id ?? row.article_id;
    return {
      articleId: row.article_id,
      sourceId: row.source_id,
      atMs: row.at_ms,
      print: numbersIn(row.bytes, 0, row.print),
      storyId,
      eventId: row.event_id ?? storyId,
      founding: foundingOf(row),
    };
  });
  return { texts, last: rows.at(-1)?.number ?? after };
}

export async function saveComparedTexts(
  session: Session,
  compared: CurationRecord['compared'],
  numbers: EntryNumbers,
): Promise<void> {
  if (compared.length === 0) return;
  const { db, flavour } = session;
  await flavour.afterOthers(db, GIVING_NUMBERS);
  const texts = lastOfEach(compared, ({ articleId }) => articleId);
  const entries = texts.map(({ articleId }) => numberOf(numbers, articleId));
  const isOurs = flavour.isOneOf('entry', entries);
  const before = await db
    .selectFrom('compared_texts')
    .select(['entry', 'story_print', 'weights', 'near'])
    .where(isOurs)
    .where('story_print', 'is not', null)
    .execute();
  const founded = new Map(before.map((row) => [row.entry, row]));
  await db.deleteFrom('compared_texts').where(isOurs).execute();
  const rows = texts.map(({ atMs, print, founding }, at) => {
    const known = founded.get(entries[at]!);
    return {
      entry: entries[at]!,
      at_ms: atMs,
      print: bytesOf(print),
      story_print: founding === null ? (known?.story_print ?? null) : bytesOf(founding.storyPrint),
      weights: founding === null ? (known?.weights ?? null) : bytesOf(founding.weights),
      near: founding === null ? (known?.near ?? null) : founding.near,
    };
  });
  await insertRows(session, 'compared_texts', rows);
}

export async function forgetComparedTexts({ db }: Session, fromMs: number): Promise<void> {
  await db.deleteFrom('compared_texts').where('at_ms', '<', fromMs).execute();
}

export async function moveStories(
  session: Session,
  moved: readonly { readonly storyId: string; readonly eventId: string }[],
  facts: Readonly<Record<string, string>>,
): Promise<void> {
  const { db, flavour } = session;
  const byEvent = Map.groupBy(moved, ({ eventId }) => eventId);
  for (const [eventId, stories] of byEvent) {
    const ids = stories.map(({ storyId }) => storyId);
    await db.updateTable('stories').set({ event_id: eventId }).where(flavour.isOneOf('id', ids)).execute();
  }
  await numberAnew(
    session,
    moved.map(({ storyId }) => storyId),
  );
  await noteStoryChanges(
    session,
    moved.map(({ storyId }) => storyId),
  );
  const factRows = Object.entries(facts).map(([name, value]) => ({ name, value }));
  await insertRows(session, 'facts', factRows, { key: ['name'], set: ['value'] });
  if (moved.length > 0) await moveChangeMark(session);
}

/** The texts of stories come again to whoever knows them. */
async function numberAnew(session: Session, storyIds: readonly string[]): Promise<void> {
  if (storyIds.length === 0) return;
  const { db, flavour } = session;
  await flavour.afterOthers(db, GIVING_NUMBERS);
  const rows = await db
    .selectFrom('compared_texts')
    .innerJoin('story_articles', 'story_articles.entry', 'compared_texts.entry')
    .innerJoin('stories', 'stories.story', 'story_articles.story')
    .select(['compared_texts.entry', 'at_ms', 'print', 'story_print', 'weights', 'near'])
    .where(flavour.isOneOf('stories.id', storyIds))
    .orderBy('compared_texts.number')
    .execute();
  const entries = rows.map(({ entry }) => entry);
  await db.deleteFrom('compared_texts').where(flavour.isOneOf('entry', entries)).execute();
  await insertRows(session, 'compared_texts', rows);
}

type StoredTogether = { readonly bytes: Uint8Array; readonly print: number; readonly story_print: number | null };

/** All numbers of a text in one piece: many small ones take twice the time to read. */
function together({ name }: Flavour): RawBuilder<Uint8Array> {
  const none = sql`substr(print, 1, 0)`;
  const all = sql`print || coalesce(story_print, ${none}) || coalesce(weights, ${none})`;
  return name === 'sqlite' ? sql<Uint8Array>`cast(${all} as blob)` : sql<Uint8Array>`(${all})`;
}

function lengthOf<Column extends 'print' | 'story_print'>(
  column: Column,
): RawBuilder<Column extends 'print' ? number : number | null> {
  return sql`length(${sql.ref(column)})`;
}

function foundingOf({
  bytes,
  print,
  story_print: length,
  near,
}: StoredTogether & Pick<Selectable<ComparedTextRow>, 'near'>): Founding | null {
  if (length === null || near === null) return null;
  const weights = aligned(bytes, print + length, bytes.length - print - length);
  return {
    storyPrint: numbersIn(bytes, print, length),
    weights: new Uint16Array(weights.buffer, weights.byteOffset, weights.byteLength >> 1),
    near,
  };
}

/** Lowest byte first, as all machines that we run on have them. */
function bytesOf(numbers: Uint32Array | Uint16Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function numbersIn(all: Uint8Array, from: number, length: number): Uint32Array {
  const { buffer, byteOffset, byteLength } = aligned(all, from, length);
  return new Uint32Array(buffer, byteOffset, byteLength >> 2);
}

/** A part of the database's bytes, which may stand at any place: then it is copied. */
function aligned(all: Uint8Array, from: number, length: number): Uint8Array {
  const part = all.subarray(from, from + length);
  return part.byteOffset % 4 === 0 ? part : new Uint8Array(part);
}
