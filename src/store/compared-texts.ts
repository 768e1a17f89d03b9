import type { Selectable } from 'kysely';
import type { ComparedText, Founding, Likeness } from '../model/compared-text.ts';
import { moveChangeMark } from './change-mark.ts';
import { insertRows, lastOfEach } from './many-rows.ts';
import { numberOf, type EntryNumbers } from './save-trail.ts';
import type { Session } from './session.ts';
import type { ComparedTexts, CurationRecord } from './store.ts';
import type { ComparedTextRow } from './tables.ts';

// The texts of the last days as they are compared. A text that is saved again gets a new number, so that whoever asks
// what came behind the last one that he knows hears of it. Numbers are given one transaction after the other: a smaller
// one that came to light after a larger one would be missed for ever.

/** The same in every program that writes to the database: see Flavour.afterOthers. */
const GIVING_NUMBERS = 7_496_380_012;

export async function comparedTexts(
  { db }: Session,
  { after, fromMs, limit }: { readonly after: number; readonly fromMs: number; readonly limit: number },
): Promise<ComparedTexts> {
  const rows = await db
    .selectFrom('compared_texts')
    .innerJoin('ledger', 'ledger.entry', 'compared_texts.entry')
    .innerJoin('story_articles', 'story_articles.entry', 'compared_texts.entry')
    .innerJoin('stories', 'stories.story', 'story_articles.story')
    .select(['number', 'at_ms', 'print', 'story_print', 'weights', 'near'])
    .select(['ledger.article_id', 'ledger.source_id', 'stories.id', 'stories.event_id'])
    .where('number', '>', after)
    .where('at_ms', '>=', fromMs)
    .orderBy('number')
    .limit(limit)
    .execute();
  const texts = rows.map((row): ComparedText => ({
    articleId: row.article_id,
    sourceId: row.source_id,
    atMs: row.at_ms,
    print: numbersOf(row.print),
    storyId: row.id,
    eventId: row.event_id,
    founding: foundingOf(row),
  }));
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
      near: founding === null ? (known?.near ?? null) : JSON.stringify(founding.near),
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

function foundingOf({
  story_print: print,
  weights,
  near,
}: Pick<Selectable<ComparedTextRow>, 'story_print' | 'weights' | 'near'>): Founding | null {
  if (print === null || weights === null || near === null) return null;
  const { buffer, byteOffset, byteLength } = aligned(weights);
  const halves = new Uint16Array(buffer, byteOffset, byteLength >> 1);
  return { storyPrint: numbersOf(print), weights: halves, near: JSON.parse(near) as readonly Likeness[] };
}

/** Lowest byte first, as all machines that we run on have them. */
function bytesOf(numbers: Uint32Array | Uint16Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function numbersOf(bytes: Uint8Array): Uint32Array {
  const { buffer, byteOffset, byteLength } = aligned(bytes);
  return new Uint32Array(buffer, byteOffset, byteLength >> 2);
}

/** The database's bytes may stand at any place: then they are copied. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
}
