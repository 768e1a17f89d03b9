import type { Selectable } from 'kysely';
import type { ComparedText, Founding, Likeness } from '../model/compared-text.ts';
import { moveChangeMark } from './change-mark.ts';
import { insertRows, lastOfEach } from './many-rows.ts';
import { numberOf, type EntryNumbers } from './save-trail.ts';
import type { Session } from './session.ts';
import type { ComparedTexts, CurationRecord } from './store.ts';
import type { ComparedTextRow } from './tables.ts';

// The texts of the last days as they are compared. A text that is saved again gets a new number, so that whoever asks
// what came behind the last one that he knows hears of it.

export async function comparedTexts(
  { db }: Session,
  { after, fromMs, limit }: { readonly after: number; readonly fromMs: number; readonly limit: number },
): Promise<ComparedTexts> {
  const rows = await db
    .selectFrom('compared_texts')
    .innerJoin('ledger', 'ledger.entry', 'compared_texts.entry')
    .innerJoin('story_articles', 'story_articles.entry', 'compared_texts.entry')
    .innerJoin('stories', 'stories.story', 'story_articles.story')
    .selectAll('compared_texts')
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
  const factRows = Object.entries(facts).map(([name, value]) => ({ name, value }));
  await insertRows(session, 'facts', factRows, { key: ['name'], set: ['value'] });
  if (moved.length > 0) await moveChangeMark(session);
}

function foundingOf({ story_print: print, weights, near }: Selectable<ComparedTextRow>): Founding | null {
  if (print === null || weights === null || near === null) return null;
  const halves = new Uint16Array(new Uint8Array(weights.subarray(0, weights.byteLength & ~1)).buffer);
  return { storyPrint: numbersOf(print), weights: halves, near: JSON.parse(near) as readonly Likeness[] };
}

/** Lowest byte first, as all machines that we run on have them. */
function bytesOf(numbers: Uint32Array | Uint16Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** A copy: the database's bytes may stand at any place. */
function numbersOf(bytes: Uint8Array): Uint32Array {
  const whole = bytes.byteLength - (bytes.byteLength % 4);
  return new Uint32Array(new Uint8Array(bytes.subarray(0, whole)).buffer);
}
