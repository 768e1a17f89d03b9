import type { Selectable } from 'kysely';
import type { AlertDelivery, AlertEvent, AlertState } from '../model/alert.ts';
import { NOT_TRIED } from '../model/push.ts';
import type { Instant } from '../support/instant.ts';
import type { AlertBoard, AlertStore } from './alert-store.ts';
import { triesOf, triesRow } from './hub-subscriptions.ts';
import { insertRows } from './many-rows.ts';
import type { Runner } from './pushes.ts';
import type { Session } from './session.ts';
import type { Tables } from './tables.ts';

/** So many events are kept: older ones are in the log. */
const MOST_EVENTS = 500;
/** So many deliveries that were given up are kept. */
const MOST_DEAD = 100;

/** The alerts, over either database. */
export function alertStore({ ask, change }: Runner): AlertStore {
  return {
    board: () => ask(board),
    async saveBoard(given) {
      let isSaved = false;
      await change(async (session) => {
        isSaved = await saveBoard(session, given);
      });
      return isSaved;
    },
    events: (limit) => ask((session) => events(session, limit)),
    deliveriesDue: (now, limit) => ask((session) => deliveriesDue(session, now, limit)),
    async claim(delivery, until) {
      let isOurs = false;
      await change(async (session) => {
        isOurs = await claim(session, delivery, until);
      });
      return isOurs;
    },
    saveTries: (number, tries) =>
      change(async ({ db }) => {
        const set = { ...triesRow(tries), due_at: tries.dueAt };
        await db.updateTable('alert_deliveries').set(set).where('number', '=', number).execute();
        const oldest = await db
          .selectFrom('alert_deliveries')
          .select('number')
          .where('due_at', 'is', null)
          .orderBy('number', 'desc')
          .offset(MOST_DEAD)
          .limit(1)
          .executeTakeFirst();
        if (tries.dueAt !== null || oldest === undefined) return;
        await db
          .deleteFrom('alert_deliveries')
          .where('due_at', 'is', null)
          .where('number', '<=', oldest.number)
          .execute();
      }),
    drop: (number) =>
      change(async ({ db }) => {
        await db.deleteFrom('alert_deliveries').where('number', '=', number).execute();
      }),
    dead: () => ask(dead),
    arrivals: (since) => ask((session) => arrivals(session, since)),
  };
}

async function board({ db }: Session): Promise<AlertBoard> {
  const row = await db.selectFrom('alert_board').selectAll().executeTakeFirst();
  if (row === undefined) return { revision: 0, states: [] };
  return { revision: row.revision, states: JSON.parse(row.states) as AlertState[] };
}

async function saveBoard(session: Session, given: Parameters<AlertStore['saveBoard']>[0]): Promise<boolean> {
  const { db } = session;
  const { board: after, now } = given;
  await insertRows(session, 'alert_board', [{ id: 1, revision: 0, states: '[]' }], { key: ['id'], set: [] });
  const { numUpdatedRows } = await db
    .updateTable('alert_board')
    .set({ revision: after.revision + 1, states: JSON.stringify(after.states) })
    .where('revision', '=', after.revision)
    .executeTakeFirst();
  if (Number(numUpdatedRows) === 0) return false;
  const written = given.events.map((event) => ({ event: JSON.stringify(event) }));
  await insertRows(session, 'alert_events', written);
  const rows = given.deliveries.map(({ channel, body }) => ({ channel, body, due_at: now, ...triesRow(NOT_TRIED) }));
  await insertRows(session, 'alert_deliveries', rows);
  const oldest = await db
    .selectFrom('alert_events')
    .select('number')
    .orderBy('number', 'desc')
    .offset(MOST_EVENTS)
    .limit(1)
    .executeTakeFirst();
  if (oldest !== undefined) await db.deleteFrom('alert_events').where('number', '<=', oldest.number).execute();
  return true;
}

async function events({ db }: Session, limit: number): Promise<AlertEvent[]> {
  const rows = await db.selectFrom('alert_events').select('event').orderBy('number', 'desc').limit(limit).execute();
  return rows.map(({ event }) => JSON.parse(event) as AlertEvent);
}

async function deliveriesDue({ db }: Session, now: Instant, limit: number): Promise<AlertDelivery[]> {
  const rows = await db
    .selectFrom('alert_deliveries')
    .selectAll()
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(deliveryOf);
}

async function claim({ db }: Session, { number, dueAt }: AlertDelivery, until: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('alert_deliveries')
    .set({ due_at: until })
    .where('number', '=', number)
    .where('due_at', '=', dueAt)
    .executeTakeFirst();
  return Number(numUpdatedRows) > 0;
}

async function dead({ db }: Session): Promise<AlertDelivery[]> {
  const rows = await db
    .selectFrom('alert_deliveries')
    .selectAll()
    .where('due_at', 'is', null)
    .orderBy('number')
    .execute();
  return rows.map(deliveryOf);
}

async function arrivals({ db }: Session, since: Instant): Promise<Map<string, Instant[]>> {
  const rows = await db
    .selectFrom('ledger')
    .select(['source_id', 'first_seen_at'])
    .distinct()
    .where('first_seen_at', '>=', since)
    .orderBy('source_id')
    .orderBy('first_seen_at')
    .execute();
  const bySource = new Map<string, Instant[]>();
  for (const { source_id: id, first_seen_at: at } of rows) {
    const before = bySource.get(id);
    if (before === undefined) bySource.set(id, [at]);
    else before.push(at);
  }
  return bySource;
}

function deliveryOf(row: Selectable<Tables['alert_deliveries']>): AlertDelivery {
  const { number, channel, body, due_at: dueAt } = row;
  return { number, channel: channel as AlertDelivery['channel'], body, dueAt, ...triesOf(row) };
}
