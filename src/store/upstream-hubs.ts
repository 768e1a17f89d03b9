import type { Selectable } from 'kysely';
import type { UpstreamHub, UpstreamStatus } from '../model/push.ts';
import type { Instant } from '../support/instant.ts';
import { keysOf, triesOf, triesRow } from './hub-subscriptions.ts';
import { insertRows } from './many-rows.ts';
import type { Session } from './session.ts';
import type { Tables } from './tables.ts';

// Our subscriptions at the hubs of sources.

export async function upstreamHubs({ db }: Session): Promise<UpstreamHub[]> {
  const rows = await db.selectFrom('upstream_hubs').selectAll().orderBy('source_id').execute();
  return rows.map(hubOf);
}

export async function upstreamHub(
  { db }: Session,
  by: { readonly sourceId: string } | { readonly token: string },
): Promise<UpstreamHub | null> {
  const asked = db.selectFrom('upstream_hubs').selectAll();
  const one = 'token' in by ? asked.where('token', '=', by.token) : asked.where('source_id', '=', by.sourceId);
  const row = await one.executeTakeFirst();
  return row === undefined ? null : hubOf(row);
}

export async function saveUpstreamHub(session: Session, hub: UpstreamHub): Promise<void> {
  const row = {
    source_id: hub.sourceId,
    hub: hub.hub,
    topic: hub.topic,
    token: hub.token,
    secret: hub.secret,
    status: hub.status,
    lease_ends_at: hub.leaseEndsAt,
    due_at: hub.dueAt,
    pushes: hub.pushes,
    last_push_at: hub.lastPushAt,
    forged: hub.forged,
    ...triesRow(hub),
  };
  const { source_id: _, ...set } = row;
  await insertRows(session, 'upstream_hubs', [row], { key: ['source_id'], set: keysOf(set) });
}

export async function updateUpstreamHub({ db }: Session, hub: UpstreamHub): Promise<void> {
  const set = { status: hub.status, lease_ends_at: hub.leaseEndsAt, due_at: hub.dueAt, ...triesRow(hub) };
  await db.updateTable('upstream_hubs').set(set).where('token', '=', hub.token).execute();
}

export async function dropUpstreamHub({ db }: Session, sourceId: string): Promise<void> {
  await db.deleteFrom('upstream_hubs').where('source_id', '=', sourceId).execute();
}

export async function upstreamHubsDue({ db }: Session, now: Instant, limit: number): Promise<UpstreamHub[]> {
  const rows = await db
    .selectFrom('upstream_hubs')
    .selectAll()
    .where('due_at', '<=', now)
    .where('status', '<>', 'resting')
    .orderBy('due_at')
    .orderBy('source_id')
    .limit(limit)
    .execute();
  return rows.map(hubOf);
}

export async function savePush(
  { db }: Session,
  { sourceId, token }: UpstreamHub,
  { kind, at }: { readonly kind: 'genuine' | 'too-many' | 'forged'; readonly at: Instant },
): Promise<void> {
  const counting = db.updateTable('upstream_hubs').where('token', '=', token);
  if (kind === 'forged') {
    await counting.set(({ eb }) => ({ forged: eb('forged', '+', 1) })).execute();
    return;
  }
  await counting.set(({ eb }) => ({ pushes: eb('pushes', '+', 1), last_push_at: at })).execute();
  if (kind === 'too-many') return;
  await db.updateTable('source_states').set({ next_check_at: null }).where('source_id', '=', sourceId).execute();
}

export async function askSourceBy({ db }: Session, sourceId: string, at: Instant): Promise<void> {
  await db
    .updateTable('source_states')
    .set({ next_check_at: at, next_check_why: 'its hub has pushed' })
    .where('source_id', '=', sourceId)
    .where('next_check_at', '>', at)
    .execute();
}

function hubOf(row: Selectable<Tables['upstream_hubs']>): UpstreamHub {
  return {
    sourceId: row.source_id,
    hub: row.hub,
    topic: row.topic,
    token: row.token,
    secret: row.secret,
    status: row.status as UpstreamStatus,
    leaseEndsAt: row.lease_ends_at,
    dueAt: row.due_at,
    pushes: row.pushes,
    lastPushAt: row.last_push_at,
    forged: row.forged,
    ...triesOf(row),
  };
}
