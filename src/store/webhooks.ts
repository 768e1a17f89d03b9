import type { Selectable } from 'kysely';
import type { Tries, WebhookDelivery } from '../model/push.ts';
import type { Instant } from '../support/instant.ts';
import { triesOf, triesRow } from './hub-subscriptions.ts';
import { insertRows } from './many-rows.ts';
import type { DueQuestion, WebhookNewsRecord } from './push-store.ts';
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

export async function saveWebhookNews(session: Session, news: WebhookNewsRecord): Promise<void> {
  const { topicId, sha256, told, deliveries } = news;
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
