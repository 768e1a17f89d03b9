import type { Instant } from '../support/instant.ts';
import { triesOf } from './hub-subscriptions.ts';
import type { PushCounts } from './push-store.ts';
import type { Session } from './session.ts';

// How pushes stand, for the operator.

/** So many failures of each kind are told one by one. */
const MOST_TOLD = 20;

export async function pushCounts({ db }: Session, now: Instant): Promise<PushCounts> {
  const running = db.selectFrom('hub_subscriptions').where('lease_ends_at', '>', now);
  const { count: subscriptions } = await running
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const { count: waiting } = await running
    .innerJoin('outputs', 'outputs.path', 'hub_subscriptions.path')
    .whereRef('outputs.sha256', '<>', 'hub_subscriptions.delivered')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const { count: intents } = await db
    .selectFrom('hub_intents')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const deliveries = await db
    .selectFrom('webhook_deliveries')
    .select(({ fn }) => [fn.countAll<number>().as('all'), fn.count<number>('due_at').as('waiting')])
    .executeTakeFirstOrThrow();
  return {
    subscriptions,
    intents,
    subscriptionsWaiting: waiting,
    webhooksWaiting: deliveries.waiting,
    webhooksDead: deliveries.all - deliveries.waiting,
    failing: [
      ...(await failingSubscribers({ db }, 'hub_subscriptions', 'subscription')),
      ...(await failingSubscribers({ db }, 'hub_intents', 'intent')),
      ...(await failingWebhooks({ db })),
    ],
  };
}

async function failingSubscribers(
  { db }: Pick<Session, 'db'>,
  table: 'hub_subscriptions' | 'hub_intents',
  kind: 'subscription' | 'intent',
): Promise<PushCounts['failing']> {
  const rows = await db
    .selectFrom(table)
    .select(['callback', 'path', 'tries', 'since', 'last_failure'])
    .where('last_failure', 'is not', null)
    .orderBy('since')
    .orderBy('mark')
    .limit(MOST_TOLD)
    .execute();
  return rows.map((row) => ({ kind, url: row.callback, of: row.path, ...triesOf(row) }));
}

async function failingWebhooks({ db }: Pick<Session, 'db'>): Promise<PushCounts['failing']> {
  const rows = await db
    .selectFrom('webhook_deliveries')
    .select(['url', 'topic_id', 'tries', 'since', 'last_failure'])
    .where('last_failure', 'is not', null)
    .where('due_at', 'is not', null)
    .orderBy('since')
    .orderBy('number')
    .limit(MOST_TOLD)
    .execute();
  return rows.map((row) => ({ kind: 'webhook' as const, url: row.url, of: row.topic_id, ...triesOf(row) }));
}
