import { sql, type Selectable } from 'kysely';
import type { Tries, WebhookDelivery } from '../model/push.ts';
import { withoutEntries } from '../model/webhook-body.ts';
import type { Instant } from '../support/instant.ts';
import { triesOf, triesRow } from './hub-subscriptions.ts';
import { insertRows } from './many-rows.ts';
import type { DueQuestion, Retraction, WebhookNewsRecord } from './push-store.ts';
import type { Session } from './session.ts';
import type { Tables } from './tables.ts';

// What webhooks were told, and what is on its way to them.

export async function webhookTopic({ db }: Session, topicId: string): Promise<string | null> {
  const row = await db.selectFrom('webhook_topics').select('sha256').where('topic_id', '=', topicId).executeTakeFirst();
  return row?.sha256 ?? null;
}

export async function toldEntries({ db }: Session, topicId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('webhook_entries')
    .select(['entry_id', 'digest'])
    .where('topic_id', '=', topicId)
    .execute();
  return new Map(rows.map(({ entry_id: id, digest }) => [id, digest]));
}

/** What webhooks were told of and what was taken back since: from the tombstones, however many there are. */
export async function untoldRetractions({ db }: Session, topicId: string): Promise<Retraction[]> {
  const rows = await db
    .selectFrom('webhook_entries')
    .innerJoin('tombstones', (join) =>
      join
        .onRef('tombstones.topic_id', '=', 'webhook_entries.topic_id')
        .onRef('tombstones.entry_id', '=', 'webhook_entries.entry_id'),
    )
    .select(['tombstones.entry_id', 'tombstones.at'])
    .where('webhook_entries.topic_id', '=', topicId)
    .orderBy('tombstones.at')
    .orderBy('tombstones.entry_id')
    .execute();
  return rows.map(({ entry_id: id, at }) => ({ id, at }));
}

export async function saveWebhookNews(session: Session, news: WebhookNewsRecord): Promise<void> {
  const { topicId, sha256, told, takenBack, deliveries } = news;
  const topic = { topic_id: topicId, sha256 };
  await insertRows(session, 'webhook_topics', [topic], { key: ['topic_id'], set: ['sha256'] });
  const entries = told.map(({ entryId, digest }) => ({ topic_id: topicId, entry_id: entryId, digest }));
  await insertRows(session, 'webhook_entries', entries, { key: ['topic_id', 'entry_id'], set: ['digest'] });
  const rows = deliveries.map((one) => ({
    id: one.id,
    topic_id: one.topicId,
    url: one.url,
    host: one.host,
    body: one.body,
    created_at: one.createdAt,
    due_at: one.dueAt,
    ...triesRow(one),
  }));
  await insertRows(session, 'webhook_deliveries', rows);
  // What was taken back while the news were gathered.
  const { db, flavour } = session;
  const gone = await db
    .selectFrom('tombstones')
    .select(['topic_id as topicId', 'entry_id as entryId'])
    .where('topic_id', '=', topicId)
    .where(
      flavour.isOneOf(
        'entry_id',
        told.map(({ entryId }) => entryId),
      ),
    )
    .execute();
  await cutFromWebhooks(session, gone);
  await forgetTold(session, news, takenBack);
}

/**
 * What was taken back and told so is as good as never told. Neither is anything remembered of what could never be taken
 * back: it is in no document, and was published in none.
 */
async function forgetTold(
  { db, flavour }: Session,
  { topicId, present }: WebhookNewsRecord,
  takenBack: readonly string[],
): Promise<void> {
  const ours = db.deleteFrom('webhook_entries').where('topic_id', '=', topicId);
  if (takenBack.length > 0) await ours.where(flavour.isOneOf('entry_id', takenBack)).execute();
  const isElsewhere = (table: 'published_entries' | 'tombstones') =>
    sql<boolean>`exists (
      select 1 from ${sql.table(table)} other
      where other.topic_id = webhook_entries.topic_id and other.entry_id = webhook_entries.entry_id)`;
  await ours
    .where((eb) =>
      eb.not(
        eb.or([
          isElsewhere('published_entries'),
          isElsewhere('tombstones'),
          present.length === 0 ? eb.lit(false) : flavour.isOneOf('entry_id', present),
        ]),
      ),
    )
    .execute();
}

/**
 * A delivery as it may be sent at this moment: of what was taken back by now it tells nothing more. Null when there is none
 * any more, or nothing is left of it.
 */
export async function webhookToSend(session: Session, number: number): Promise<WebhookDelivery | null> {
  const { db } = session;
  const row = await db.selectFrom('webhook_deliveries').selectAll().where('number', '=', number).executeTakeFirst();
  if (row === undefined) return null;
  const gone = await db.selectFrom('tombstones').select('entry_id').where('topic_id', '=', row.topic_id).execute();
  const body = withoutEntries(row.body, new Set(gone.map(({ entry_id: id }) => id)));
  return body === null ? null : deliveryOf({ ...row, body });
}

/** So many bodies are looked through at a time. */
const BODIES_AT_ONCE = 20;

/** Cuts entries out of everything that waits to be sent, or was given up. In the transaction that takes them back. */
export async function cutFromWebhooks(
  { db }: Session,
  entries: readonly { readonly topicId: string; readonly entryId: string }[],
): Promise<void> {
  for (const [topicId, own] of Map.groupBy(entries, (entry) => entry.topicId)) {
    const ids = new Set(own.map(({ entryId }) => entryId));
    for (let after = 0; ;) {
      const rows = await db
        .selectFrom('webhook_deliveries')
        .select(['number', 'body'])
        .where('topic_id', '=', topicId)
        .where('number', '>', after)
        .orderBy('number')
        .limit(BODIES_AT_ONCE)
        .execute();
      for (const { number, body } of rows) {
        const kept = withoutEntries(body, ids);
        if (kept === null) await db.deleteFrom('webhook_deliveries').where('number', '=', number).execute();
        else if (kept !== body)
          await db.updateTable('webhook_deliveries').set({ body: kept }).where('number', '=', number).execute();
      }
      if (rows.length < BODIES_AT_ONCE) break;
      after = rows.at(-1)!.number;
    }
  }
}

/** A topic has another name from now on: its webhooks are told nothing again, and what waits for them goes on. */
export async function renameWebhookTopic({ db }: Session, from: string, to: string): Promise<void> {
  await db.updateTable('webhook_deliveries').set({ topic_id: to }).where('topic_id', '=', from).execute();
  const taken = await db.selectFrom('webhook_topics').select('topic_id').where('topic_id', '=', to).executeTakeFirst();
  if (taken !== undefined) return;
  for (const table of ['webhook_topics', 'webhook_entries'] as const)
    await db.updateTable(table).set({ topic_id: to }).where('topic_id', '=', from).execute();
}

export async function webhooksDue({ db }: Session, asked: DueQuestion): Promise<WebhookDelivery[]> {
  const { now, busyHosts, limit, tried } = asked;
  const rows = await db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('due_at', '<=', now)
    .$if(busyHosts.length > 0, (query) => query.where('host', 'not in', busyHosts))
    .$if(tried !== null, (query) => query.where('tries', tried === 'not-yet' ? '=' : '>', 0))
    .orderBy('due_at')
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(deliveryOf);
}

export async function saveWebhookTries(
  { db }: Session,
  number: number,
  tries: Tries & { readonly dueAt: Instant | null },
): Promise<void> {
  await db
    .updateTable('webhook_deliveries')
    .set({ ...triesRow(tries), due_at: tries.dueAt })
    .where('number', '=', number)
    .execute();
}

export async function dropWebhooks({ db, flavour }: Session, numbers: readonly number[]): Promise<void> {
  await db.deleteFrom('webhook_deliveries').where(flavour.isOneOf('webhook_deliveries.number', numbers)).execute();
}

export async function deadWebhooks({ db }: Session): Promise<WebhookDelivery[]> {
  const rows = await db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('due_at', 'is', null)
    .orderBy('number')
    .execute();
  return rows.map(deliveryOf);
}

export async function reviveWebhooks(
  { db, flavour }: Session,
  numbers: readonly number[],
  now: Instant,
): Promise<void> {
  await db
    .updateTable('webhook_deliveries')
    .set({ tries: 0, since: null, due_at: now })
    .where(flavour.isOneOf('webhook_deliveries.number', numbers))
    .where('due_at', 'is', null)
    .execute();
}

function deliveryOf(row: Selectable<Tables['webhook_deliveries']>): WebhookDelivery {
  return {
    number: row.number,
    id: row.id,
    topicId: row.topic_id,
    url: row.url,
    host: row.host,
    body: row.body,
    createdAt: row.created_at,
    dueAt: row.due_at,
    ...triesOf(row),
  };
}
