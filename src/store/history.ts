import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { OutboundResponse } from '../model/outbound.ts';
import { sha256 } from '../support/hash.ts';
import { epochMsOf, plusSeconds, type Instant } from '../support/instant.ts';
import type {
  HistoryKind,
  HistoryQuestion,
  HistorySize,
  HistoryStore,
  KeptAnswer,
  KeptVersion,
  Outcome,
} from './history-store.ts';
import { markOf, urlMarkOf } from './history-marks.ts';
import { doubtfulFeeds, isWithheld, withheldAmong } from './history-withheld.ts';
import { insertRows, lastOfEach } from './many-rows.ts';
import type { Runner } from './pushes.ts';
import type { Session } from './session.ts';
import type { HistoryRow } from './tables.ts';

/** The digest of what is no body. */
const FAILED = 'failed';
/** What a row weighs besides its body and its answer: keys, indexes, the page's rest. */
const ROW_BYTES = 500;
/** A body that is confirmed again and again is written down again so often: what is bounded by days needs no more. */
const CONFIRMED_EVERY_MS = 12 * 3_600_000;
const DROPPED_AT_ONCE = 1000;

/** The history, over either database. */
export function historyStore({ ask, change }: Runner): HistoryStore {
  return {
    async keep(answers) {
      const heard = answers.map(marked);
      const given = lastOfEach(heard, ({ mark, digest }) => `${mark} ${digest}`);
      if (given.length === 0) return;
      const known = byMark(
        await ask((session) =>
          rowsOf(
            session,
            given.map(({ mark }) => mark),
          ),
        ),
      );
      const isKnown = ({ mark, digest }: Marked): boolean =>
        known.get(mark)?.some((row) => row.digest === digest) === true;
      // Packed before the transaction begins: others may wait for it.
      const rows = given.filter((one) => one.digest === FAILED || !isKnown(one)).map((of) => ({ of, row: rowOf(of) }));
      await change(async (session) => {
        const withheld = await withheldAmong(
          session,
          given.map((one) => one.given),
        );
        const mayBeKept = (one: Marked): boolean => !withheld.has(one.given);
        const answered = given.filter((one) => one.digest !== FAILED && mayBeKept(one));
        const again = answered.filter(isKnown);
        await dropFailures(session, answered);
        await insertRows(
          session,
          'history',
          rows.flatMap(({ of, row }) => (mayBeKept(of) ? [row] : [])),
          { key: ['mark', 'digest'], set: ['at', 'answer', 'size'] },
        );
        await confirm(session, again, known);
        await renewHeads(session, again, known);
        await putBehind(session, heard, known);
        await dropWithheld(session, heard, withheld);
      });
    },
    async keepUnchanged(asked) {
      const marks = asked.map((one) => ({ mark: markOf(one), at: one.at }));
      if (marks.length === 0) return;
      const known = byMark(
        await ask((session) =>
          rowsOf(
            session,
            marks.map(({ mark }) => mark),
          ),
        ),
      );
      const newest = marks.flatMap(({ mark, at }) => {
        const row = (known.get(mark) ?? []).findLast(({ digest }) => digest !== FAILED);
        return row === undefined ? [] : [{ mark, digest: row.digest, at }];
      });
      if (newest.every((one) => !needsConfirming(one, known))) return;
      await change(async (session) => {
        await dropFailures(session, newest);
        await confirm(session, newest, known);
      });
    },
    latest: (question) => ask((session) => latest(session, question)),
    doubtful: (feeds) => ask((session) => doubtfulFeeds(session, feeds)),
    isWithheld: (asked) => ask((session) => isWithheld(session, asked)),
    versions: (asked) => ask((session) => versions(session, asked)),
    version: (number) => ask((session) => version(session, number)),
    async prune(bounds) {
      const old = await ask((session) => tooOld(session, bounds.from));
      for (let at = 0; at < old.length; at += DROPPED_AT_ONCE)
        await change((session) => drop(session, old.slice(at, at + DROPPED_AT_ONCE)));
      const most = await ask((session) => tooMuch(session, bounds.mostBytes));
      for (let at = 0; at < most.length; at += DROPPED_AT_ONCE)
        await change((session) => drop(session, most.slice(at, at + DROPPED_AT_ONCE)));
      return old.length + most.length;
    },
    size: () => ask(size),
  };
}

type Marked = { readonly mark: string; readonly digest: string; readonly at: Instant; readonly given: KeptAnswer };
type Known = Pick<HistoryRow, 'mark' | 'digest' | 'at' | 'answer' | 'size'> & { readonly number: number };

function marked(given: KeptAnswer): Marked {
  const { outcome, at } = given;
  const digest = outcome.kind === 'failed' ? FAILED : sha256(outcome.response.body);
  return { mark: markOf(given), digest, at, given };
}

function rowOf({ mark, digest, at, given }: Marked): Omit<HistoryRow, 'number'> {
  const { kind, url, askedAs, outcome } = given;
  const { answer, body } = packed(outcome);
  return {
    mark,
    url_mark: urlMarkOf(given),
    digest,
    at,
    size: ROW_BYTES + answer.length + (body?.byteLength ?? 0),
    kind,
    url,
    asked_as: askedAs,
    answer,
    body,
  };
}

function packed(outcome: Outcome): { readonly answer: string; readonly body: Uint8Array | null } {
  const body = outcome.kind === 'failed' ? null : zstdCompressSync(outcome.response.body);
  return { answer: headOf(outcome), body };
}

/** All but the body, as it is kept. */
function headOf(outcome: Outcome): string {
  if (outcome.kind === 'failed') return JSON.stringify(outcome);
  const { body: _, ...rest } = outcome.response;
  return JSON.stringify(rest);
}

function unpacked({ answer, body }: Pick<HistoryRow, 'answer' | 'body'>): Outcome {
  const read = JSON.parse(answer) as Omit<OutboundResponse, 'body'> | Extract<Outcome, { readonly kind: 'failed' }>;
  if (body === null) return read as Extract<Outcome, { readonly kind: 'failed' }>;
  return {
    kind: 'answered',
    response: { ...(read as Omit<OutboundResponse, 'body'>), body: zstdDecompressSync(body) },
  };
}

/** What is kept of each mark, the oldest first. */
async function rowsOf({ db, flavour }: Session, marks: readonly string[]): Promise<Known[]> {
  return db
    .selectFrom('history')
    .select(['number', 'mark', 'digest', 'at', 'answer', 'size'])
    .where(flavour.isOneOf('mark', marks))
    .orderBy('at')
    .orderBy('number')
    .execute();
}

function byMark(rows: readonly Known[]): ReadonlyMap<string, readonly Known[]> {
  return Map.groupBy(rows, ({ mark }) => mark);
}

async function dropFailures({ db, flavour }: Session, answered: readonly Pick<Marked, 'mark'>[]): Promise<void> {
  if (answered.length === 0) return;
  const marks = answered.map(({ mark }) => mark);
  await db.deleteFrom('history').where(flavour.isOneOf('mark', marks)).where('digest', '=', FAILED).execute();
}

type Confirmed = Pick<Marked, 'mark' | 'digest' | 'at'>;

/**
 * Whether a body has to be written down as good once more: it would grow old, or another is taken for the newest, or it is
 * dated ahead of now.
 */
function needsConfirming({ mark, digest, at }: Confirmed, known: ReadonlyMap<string, readonly Known[]>): boolean {
  const newest = known.get(mark)?.at(-1);
  return newest?.digest !== digest || newest.at > at || epochMsOf(at) - epochMsOf(newest.at) > CONFIRMED_EVERY_MS;
}

async function confirm(
  { db }: Session,
  bodies: readonly Confirmed[],
  known: ReadonlyMap<string, readonly Known[]>,
): Promise<void> {
  for (const body of bodies) {
    if (!needsConfirming(body, known)) continue;
    const { mark, digest, at } = body;
    await db.updateTable('history').set({ at }).where('mark', '=', mark).where('digest', '=', digest).execute();
  }
}

/** A body that is kept already may come with other headers than before: those hold now. */
async function renewHeads(
  { db }: Session,
  again: readonly Marked[],
  known: ReadonlyMap<string, readonly Known[]>,
): Promise<void> {
  for (const { mark, digest, at, given } of again) {
    const row = (known.get(mark) ?? []).find((one) => one.digest === digest);
    const answer = headOf(given.outcome);
    if (row === undefined || row.answer === answer) continue;
    const size = row.size + answer.length - row.answer.length;
    await db
      .updateTable('history')
      .set({ at, answer, size })
      .where('mark', '=', mark)
      .where('digest', '=', digest)
      .execute();
  }
}

/** What came last is the newest: what is dated no earlier (by a clock that was ahead, or in the same second) came before it. */
async function putBehind(
  { db }: Session,
  heard: readonly Marked[],
  known: ReadonlyMap<string, readonly Known[]>,
): Promise<void> {
  for (const last of lastOfEach(heard, ({ mark }) => mark)) {
    const { mark, digest, at } = last;
    const others = [...(known.get(mark) ?? []), ...heard.filter((one) => one.mark === mark)];
    if (!others.some((one) => one.digest !== digest && one.at >= at)) continue;
    await db
      .updateTable('history')
      .set({ at: plusSeconds(at, -1) })
      .where('mark', '=', mark)
      .where('digest', '<>', digest)
      .where('at', '>=', at)
      .execute();
  }
}

/** An address whose last answer may not be kept has none: an older one would be taken for the last. */
async function dropWithheld(
  { db, flavour }: Session,
  heard: readonly Marked[],
  withheld: ReadonlySet<KeptAnswer>,
): Promise<void> {
  const digests = new Set(heard.flatMap((one) => (withheld.has(one.given) ? [`${one.mark} ${one.digest}`] : [])));
  const last = lastOfEach(heard, ({ mark }) => mark).filter(({ mark, digest }) => digests.has(`${mark} ${digest}`));
  if (last.length === 0) return;
  const marks = last.map(({ mark }) => mark);
  await db.deleteFrom('history').where(flavour.isOneOf('mark', marks)).execute();
}

async function latest({ db }: Session, question: HistoryQuestion): Promise<KeptAnswer | null> {
  const row = await db
    .selectFrom('history')
    .selectAll()
    .where('mark', '=', markOf(question))
    .orderBy('at', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { at, kind, url, asked_as: askedAs } = row;
  return { kind: kind as HistoryKind, url, askedAs, at, outcome: unpacked(row) };
}

async function versions(
  { db }: Session,
  asked: Pick<HistoryQuestion, 'kind' | 'url'>,
): Promise<readonly KeptVersion[]> {
  return db
    .selectFrom('history')
    .select(['number', 'at', 'digest'])
    .where('url_mark', '=', urlMarkOf(asked))
    .where('digest', '<>', FAILED)
    .orderBy('at', 'desc')
    .orderBy('number', 'desc')
    .execute();
}

async function version({ db }: Session, number: number): Promise<OutboundResponse | null> {
  const row = await db.selectFrom('history').select(['answer', 'body']).where('number', '=', number).executeTakeFirst();
  if (row === undefined) return null;
  const outcome = unpacked(row);
  return outcome.kind === 'answered' ? outcome.response : null;
}

async function tooOld({ db }: Session, from: Instant): Promise<number[]> {
  const rows = await db.selectFrom('history').select('number').where('at', '<', from).execute();
  return rows.map(({ number }) => number);
}

/** The oldest, of what is more than that, and no more of the rest than has to be: read from the index by age, which has no bodies. */
async function tooMuch(session: Session, mostBytes: number): Promise<number[]> {
  const { db } = session;
  let excess = (await size(session)).bytes - mostBytes;
  const dropped: number[] = [];
  for (let behind = { at: '', number: 0 }; excess > 0;) {
    const rows = await db
      .selectFrom('history')
      .select(['at', 'number', 'size'])
      .where((is) => is(is.refTuple('at', 'number'), '>', is.tuple(behind.at, behind.number)))
      .orderBy('at')
      .orderBy('number')
      .limit(DROPPED_AT_ONCE)
      .execute();
    for (const row of rows) {
      if (excess <= 0) break;
      dropped.push(row.number);
      excess -= row.size;
    }
    if (rows.length < DROPPED_AT_ONCE) break;
    behind = rows.at(-1)!;
  }
  return dropped;
}

async function drop({ db, flavour }: Session, numbers: readonly number[]): Promise<void> {
  await db.deleteFrom('history').where(flavour.isOneOf('number', numbers)).execute();
}

async function size({ db }: Session): Promise<HistorySize> {
  const row = await db
    .selectFrom('history')
    .select(({ fn }) => [
      fn.countAll<number>().as('answers'),
      fn.sum<number | string | null>('size').as('bytes'),
      fn.min<string | null>('at').as('oldest'),
    ])
    .executeTakeFirstOrThrow();
  return { answers: row.answers, bytes: Number(row.bytes ?? 0), oldest: row.oldest };
}
