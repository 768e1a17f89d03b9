import { sql } from 'kysely';
import type { EntryTurn, PresentVersion } from '../model/published-entry.ts';
import { sha256 } from '../support/hash.ts';
import type { PlacedEntries } from './archive-store.ts';
import { insertRows, lastOfEach } from './many-rows.ts';
import type { Session } from './session.ts';
import type { EntryTurnRow } from './tables.ts';

// What became of entries, in the order in which it did: who remembers a turn is told all that came after it.

const LAST_TURN = 'entry-turns';

type Key = { readonly topicId: string; readonly entryId: string };

const keyOf = ({ topicId, entryId }: Key): string => JSON.stringify([topicId, entryId]);

/** Gives new turns to what was looked at and is not as it was told last. As one of the last statements of its transaction. */
export async function noteTurns(
  session: Session,
  { there, gone }: Pick<PlacedEntries, 'there' | 'gone'>,
): Promise<void> {
  const present = lastOfEach(there, keyOf);
  const absent = lastOfEach(gone, keyOf);
  const before = await turnsOf(session, [...present, ...absent]);
  const retracted = await retractedAt(session, absent);
  const rows = [
    ...present
      .toSorted((a, b) =>
        a.published === b.published ? inOrder(a.entryId, b.entryId) : inOrder(a.published, b.published),
      )
      .map((version) => rowOf(version))
      .filter((row) => !isTold(row, before.get(keyOf({ topicId: row.topic_id, entryId: row.entry_id })))),
    ...absent.flatMap((entry) => {
      const row = before.get(keyOf(entry));
      const at = retracted.get(keyOf(entry)) ?? null;
      const kind = at === null ? 'left' : 'retracted';
      // What nobody was told of is not told to be gone; what has left its topic may be retracted after that.
      if (row === undefined || row.kind === kind || row.kind === 'retracted') return [];
      return [{ ...row, kind, at }];
    }),
  ];
  if (rows.length === 0) return;
  const last = await takeTurns(session, rows.length);
  const numbered = rows.map((row, index): EntryTurnRow => ({ ...row, turn: last - rows.length + 1 + index }));
  await insertRows(session, 'entry_turns', numbered, { key: ['topic_id', 'entry_id'], set: CHANGING });
}

const CHANGING = [
  'turn',
  'kind',
  'subject_id',
  'lead_article_id',
  'updated',
  'version',
  'at',
] as const satisfies readonly (keyof EntryTurnRow)[];

function isTold({ kind, version }: EntryTurnRow, before: EntryTurnRow | undefined): boolean {
  return kind === before?.kind && version === before.version;
}

function rowOf(version: PresentVersion): EntryTurnRow {
  return {
    topic_id: version.topicId,
    entry_id: version.entryId,
    turn: 0,
    kind: 'there',
    subject_id: version.subjectId,
    lead_article_id: version.leadArticleId,
    updated: version.updated,
    version: versionDigest(version),
    at: null,
  };
}

/** Another text, another date, more or less that may be shown, other reports. */
function versionDigest({ leadArticleId, updated, extent, words, characters, otherReports }: PresentVersion): string {
  return sha256(JSON.stringify([leadArticleId, updated, extent, words, characters, otherReports]));
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function turnsOf({ db, flavour }: Session, entries: readonly Key[]): Promise<Map<string, EntryTurnRow>> {
  const found = new Map<string, EntryTurnRow>();
  for (const [topicId, own] of Map.groupBy(entries, (entry) => entry.topicId)) {
    const ids = own.map(({ entryId }) => entryId);
    const rows = await db
      .selectFrom('entry_turns')
      .selectAll()
      .where('topic_id', '=', topicId)
      .where(flavour.isOneOf('entry_id', ids))
      .execute();
    for (const row of rows) found.set(keyOf({ topicId, entryId: row.entry_id }), row);
  }
  return found;
}

async function retractedAt({ db, flavour }: Session, entries: readonly Key[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [topicId, own] of Map.groupBy(entries, (entry) => entry.topicId)) {
    const ids = own.map(({ entryId }) => entryId);
    const rows = await db
      .selectFrom('tombstones')
      .select(['entry_id', 'at'])
      .where('topic_id', '=', topicId)
      .where(flavour.isOneOf('entry_id', ids))
      .execute();
    for (const row of rows) found.set(keyOf({ topicId, entryId: row.entry_id }), row.at);
  }
  return found;
}

/**
 * The last of so many new turns. Whoever asks at the same time waits until this transaction has ended: so turns are seen in
 * the order of their numbers, and no smaller one ever comes after a larger.
 */
async function takeTurns({ db }: Session, many: number): Promise<number> {
  const { rows } = await sql<{ readonly value: string }>`
    insert into facts (name, value) values (${LAST_TURN}, ${String(many)})
    on conflict (name) do update set value = cast(cast(facts.value as bigint) + ${many} as text)
    returning value`.execute(db);
  return Number(rows[0]!.value);
}

export async function lastTurn({ db }: Session): Promise<number> {
  const row = await db.selectFrom('facts').select('value').where('name', '=', LAST_TURN).executeTakeFirst();
  return Number(row?.value ?? 0);
}

export async function lastTurnOf({ db }: Session, topicId: string, upTo: number): Promise<number> {
  const row = await db
    .selectFrom('entry_turns')
    .select('turn')
    .where('topic_id', '=', topicId)
    .where('turn', '<=', upTo)
    .orderBy('turn', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.turn ?? 0;
}

export async function entriesSince(
  { db }: Session,
  asked: { readonly topicId: string; readonly after: number; readonly upTo: number; readonly began: number },
  limit: number,
): Promise<EntryTurn[]> {
  if (limit < 1) return [];
  const rows = await db
    .selectFrom('entry_turns')
    .selectAll()
    .where('topic_id', '=', asked.topicId)
    .where('turn', '>', asked.after)
    .where('turn', '<=', asked.upTo)
    .where((where) => where.or([where('kind', '=', 'there'), where('turn', '>', asked.began)]))
    .orderBy('turn')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    entryId: row.entry_id,
    subjectId: row.subject_id,
    leadArticleId: row.lead_article_id,
    updated: row.updated,
    turn: row.turn,
    kind: row.kind as EntryTurn['kind'],
    at: row.at,
  }));
}
