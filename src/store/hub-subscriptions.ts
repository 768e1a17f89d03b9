import { sql, type Selectable } from 'kysely';
import type { HubIntent, HubSubscription, Tries } from '../model/push.ts';
import type { Instant } from '../support/instant.ts';
import { siteOf } from '../support/site-of.ts';
import { insertRows } from './many-rows.ts';
import type { DueQuestion, DueSubscription, HubLoadCounts } from './push-store.ts';
import type { Session } from './session.ts';
import type { Tables } from './tables.ts';

// Who is subscribed at our hub, and who has asked to be.

export async function outputDigest({ db }: Session, path: string): Promise<string | null> {
  const row = await db.selectFrom('outputs').select('sha256').where('path', '=', path).executeTakeFirst();
  return row?.sha256 ?? null;
}

export async function hubLoad({ db }: Session, callback: string): Promise<HubLoadCounts> {
  const site = siteOfCallback(callback);
  const of = (table: 'hub_subscriptions' | 'hub_intents') =>
    db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('count'));
  const all = await of('hub_subscriptions').executeTakeFirstOrThrow();
  const own = await of('hub_subscriptions').where('site', '=', site).executeTakeFirstOrThrow();
  const waiting = await of('hub_intents').where('site', '=', site).executeTakeFirstOrThrow();
  return { ofSite: own.count, waitingOfSite: waiting.count, inAll: all.count };
}

/** Many names may lead to one server, and many ports; the registrable domain is what has to be paid for. */
function siteOfCallback(callback: string): string {
  const { hostname } = new URL(callback);
  return siteOf(`https://${hostname}/`) ?? hostname;
}

export async function saveIntent(session: Session, intent: HubIntent): Promise<void> {
  const row = {
    mark: intent.mark,
    topic: intent.topic,
    path: intent.path,
    callback: intent.callback,
    host: intent.host,
    site: siteOfCallback(intent.callback),
    secret: intent.secret,
    mode: intent.mode,
    lease_seconds: intent.leaseSeconds,
    reason: intent.reason,
    due_at: intent.dueAt,
    ...triesRow(intent),
  };
  const { mark: _, ...set } = row;
  await insertRows(session, 'hub_intents', [row], { key: ['mark'], set: keysOf(set) });
}

/** Of wishes that nobody has confirmed no more are kept than so many: the oldest go. What is only to be told stays. */
export async function makeRoom({ db, flavour }: Session, most: number): Promise<void> {
  const beyond = await db
    .selectFrom('hub_intents')
    .select('mark')
    .where('mode', '<>', 'denied')
    .orderBy(sql`coalesce(since, due_at)`, 'desc')
    .orderBy('mark')
    .offset(most)
    .limit(1_000)
    .execute();
  const marks = beyond.map(({ mark }) => mark);
  if (marks.length > 0) await db.deleteFrom('hub_intents').where(flavour.isOneOf('mark', marks)).execute();
}

/** Whoever floods the hub with wishes for one site keeps that site's own waiting; the newest is the likeliest to be somebody's. */
export async function intentsDue({ db }: Session, asked: DueQuestion): Promise<HubIntent[]> {
  const { now, busyHosts, limit, tried } = asked;
  const rows = await db
    .selectFrom('hub_intents')
    .selectAll()
    .where('due_at', '<=', now)
    .$if(busyHosts.length > 0, (query) => query.where('host', 'not in', busyHosts))
    .$if(tried !== null, (query) => query.where('tries', tried === 'not-yet' ? '=' : '>', 0))
    .orderBy(sql`row_number() over (partition by site order by due_at desc, mark)`)
    .orderBy('due_at', 'desc')
    .orderBy('mark')
    .limit(limit)
    .execute();
  return rows.map(intentOf);
}

export async function saveIntentTries(
  { db }: Session,
  { mark, mode, secret, leaseSeconds }: HubIntent,
  tries: Tries & { readonly dueAt: Instant },
): Promise<void> {
  await db
    .updateTable('hub_intents')
    .set({ ...triesRow(tries), due_at: tries.dueAt })
    .where('mark', '=', mark)
    .where('mode', '=', mode)
    .where('lease_seconds', '=', leaseSeconds)
    .where('secret', secret === null ? 'is' : '=', secret)
    .execute();
}

export async function dropIntent({ db }: Session, { mark, mode, secret, leaseSeconds }: HubIntent): Promise<void> {
  await db
    .deleteFrom('hub_intents')
    .where('mark', '=', mark)
    .where('mode', '=', mode)
    .where('lease_seconds', '=', leaseSeconds)
    .where('secret', secret === null ? 'is' : '=', secret)
    .execute();
}

export async function subscription({ db }: Session, mark: string): Promise<HubSubscription | null> {
  const row = await db.selectFrom('hub_subscriptions').selectAll().where('mark', '=', mark).executeTakeFirst();
  return row === undefined ? null : subscriptionOf(row);
}

export async function saveSubscription(session: Session, given: HubSubscription, wish: HubIntent): Promise<void> {
  const row = {
    mark: given.mark,
    topic: given.topic,
    path: given.path,
    callback: given.callback,
    host: given.host,
    site: siteOfCallback(given.callback),
    secret: given.secret,
    lease_ends_at: given.leaseEndsAt,
    delivered: given.delivered,
    due_at: given.dueAt,
    ...triesRow(given),
  };
  const { mark: _, ...set } = row;
  await insertRows(session, 'hub_subscriptions', [row], { key: ['mark'], set: keysOf(set) });
  await dropIntent(session, wish);
}

export async function endSubscription(
  session: Session,
  mark: string,
  { wish, denial }: { readonly wish?: HubIntent; readonly denial?: HubIntent },
): Promise<void> {
  await session.db.deleteFrom('hub_subscriptions').where('mark', '=', mark).execute();
  if (wish !== undefined) await dropIntent(session, wish);
  if (denial !== undefined) await saveIntent(session, denial);
}

export async function subscriptionsDue(
  { db }: Session,
  { now, busyHosts, limit, tried }: DueQuestion,
): Promise<DueSubscription[]> {
  const rows = await db
    .selectFrom('hub_subscriptions')
    .innerJoin('outputs', 'outputs.path', 'hub_subscriptions.path')
    .selectAll('hub_subscriptions')
    .select('outputs.sha256 as current')
    .whereRef('outputs.sha256', '<>', 'hub_subscriptions.delivered')
    .where('hub_subscriptions.due_at', '<=', now)
    .where('hub_subscriptions.lease_ends_at', '>', now)
    .$if(busyHosts.length > 0, (query) => query.where('hub_subscriptions.host', 'not in', busyHosts))
    .$if(tried !== null, (query) => query.where('hub_subscriptions.tries', tried === 'not-yet' ? '=' : '>', 0))
    .orderBy('hub_subscriptions.due_at')
    .orderBy('hub_subscriptions.mark')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...subscriptionOf(row), current: row.current }));
}

export async function saveDelivery(
  { db }: Session,
  mark: string,
  outcome: Tries & { readonly delivered: string; readonly dueAt: Instant },
): Promise<void> {
  await db
    .updateTable('hub_subscriptions')
    .set({ ...triesRow(outcome), delivered: outcome.delivered, due_at: outcome.dueAt })
    .where('mark', '=', mark)
    .execute();
}

export async function endLeases({ db }: Session, now: Instant): Promise<number> {
  const result = await db.deleteFrom('hub_subscriptions').where('lease_ends_at', '<=', now).executeTakeFirst();
  return Number(result.numDeletedRows);
}

export async function moveSubscriptions({ db }: Session, from: string, to: string): Promise<void> {
  const isThere = (path: string) => sql<boolean>`exists (select 1 from outputs where outputs.path = ${path})`;
  for (const table of ['hub_subscriptions', 'hub_intents'] as const)
    await db
      .updateTable(table)
      .set({ path: to })
      .where('path', '=', from)
      .where(isThere(to))
      .where((eb) => eb.not(isThere(from)))
      .execute();
}

export async function pathsAstray({ db }: Session): Promise<string[]> {
  const rows = await db
    .selectFrom('hub_subscriptions')
    .leftJoin('outputs', 'outputs.path', 'hub_subscriptions.path')
    .select('hub_subscriptions.path')
    .distinct()
    .where('outputs.path', 'is', null)
    .orderBy('hub_subscriptions.path')
    .execute();
  return rows.map(({ path }) => path);
}

export async function subscriptionsOf({ db }: Session, path: string, limit: number): Promise<HubSubscription[]> {
  const rows = await db
    .selectFrom('hub_subscriptions')
    .selectAll()
    .where('path', '=', path)
    .orderBy('mark')
    .limit(limit)
    .execute();
  return rows.map(subscriptionOf);
}

/** The columns of `Tries`. */
export function triesRow({ tries, since, lastFailure }: Tries): {
  readonly tries: number;
  readonly since: string | null;
  readonly last_failure: string | null;
} {
  return { tries, since, last_failure: lastFailure };
}

export function triesOf(row: {
  readonly tries: number;
  readonly since: string | null;
  readonly last_failure: string | null;
}): Tries {
  return { tries: row.tries, since: row.since, lastFailure: row.last_failure };
}

/** The names of an object's own keys, as the columns that they are. */
export function keysOf<Row extends object>(row: Row): (keyof Row & string)[] {
  return Object.keys(row) as (keyof Row & string)[];
}

function intentOf(row: Selectable<Tables['hub_intents']>): HubIntent {
  return {
    mark: row.mark,
    mode: row.mode as HubIntent['mode'],
    topic: row.topic,
    path: row.path,
    callback: row.callback,
    host: row.host,
    secret: row.secret,
    leaseSeconds: row.lease_seconds,
    reason: row.reason,
    dueAt: row.due_at,
    ...triesOf(row),
  };
}

function subscriptionOf(row: Selectable<Tables['hub_subscriptions']>): HubSubscription {
  return {
    mark: row.mark,
    topic: row.topic,
    path: row.path,
    callback: row.callback,
    host: row.host,
    secret: row.secret,
    leaseEndsAt: row.lease_ends_at,
    delivered: row.delivered,
    dueAt: row.due_at,
    ...triesOf(row),
  };
}
