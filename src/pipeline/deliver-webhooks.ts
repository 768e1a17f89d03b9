import type { Order } from '../config/sources-file.ts';
import { isOfNetwork } from '../model/errors.ts';
import { privateUrl } from '../model/private-token.ts';
import { NOT_TRIED, type WebhookDelivery } from '../model/push.ts';
import { afterFailure, DELIVERY_BACK_OFF } from '../push/back-off.ts';
import { webhookSignature } from '../push/signatures.ts';
import { isNews, topicNews, webhookPayload } from '../push/webhook-news.ts';
import { sha256 } from '../support/hash.ts';
import { epochMsOf } from '../support/instant.ts';
import { shownAddress } from '../support/shown-address.ts';
import type { PushTools } from './push-tools.ts';
import type { ErrandKind } from './run-errands.ts';

const QUICK_MS = 10_000;
const PATIENT_MS = 30_000;

/**
 * Compares the topics that have webhooks with what these were told, and puts what is new on its way, in one transaction
 * for each topic: a kill before it loses nothing, one after it tells nothing twice.
 */
export async function gatherWebhookNews(tools: PushTools, { site, topics }: Order): Promise<void> {
  const { store, output, clock, randomText } = tools;
  for (const topic of topics) {
    if (topic.webhooks.length === 0) continue;
    const path = `feeds/${topic.id}.json`;
    const room = topic.private ? ((await tools.privateRoomOf?.(topic.id)) ?? null) : { output, prefix: '' };
    if (room === null) continue;
    const digest = await store.push.outputDigest(room.prefix + path);
    if (digest === null) continue;
    const retracted = await store.push.untoldRetractions(topic.id);
    if (retracted.length === 0 && digest === (await store.push.webhookTopic(topic.id))) continue;
    const document = await room.output.read(path);
    // Being replaced just now: it is looked at again when its publication has ended.
    if (document === null || sha256(document) !== digest) continue;
    const news = topicNews(document, { told: await store.push.toldEntries(topic.id), retracted });
    const createdAt = clock.now();
    const deliveryTo = (url: string): Omit<WebhookDelivery, 'number'> => {
      const id = randomText();
      const body = webhookPayload(news, {
        id,
        topicId: topic.id,
        feedUrl: `${'token' in room ? privateUrl(site.url, room) : site.url}${path}`,
      });
      const { host } = new URL(url);
      return { id, topicId: topic.id, url, host, body, createdAt, dueAt: createdAt, ...NOT_TRIED };
    };
    const deliveries = isNews(news) ? topic.webhooks.map(({ url }) => deliveryTo(url)) : [];
    const { told, present } = news;
    const takenBack = retracted.map(({ id }) => id);
    await store.push.saveWebhookNews({ topicId: topic.id, sha256: digest, told, takenBack, present, deliveries });
  }
}

export function webhookErrands(tools: PushTools, orderNow: () => Order): ErrandKind[] {
  const deliveries = (name: string, atOnce: number, tried: 'not-yet' | 'in-vain'): ErrandKind => ({
    name,
    atOnce,
    tried,
    async due(asked) {
      const timeoutMs = tried === 'not-yet' ? QUICK_MS : PATIENT_MS;
      return (await tools.store.push.webhooksDue(asked)).map((delivery) => ({
        key: `webhook ${delivery.number}`,
        host: delivery.host,
        run: (signal) => send(tools, delivery.number, { order: orderNow(), timeoutMs }, signal),
      }));
    },
  });
  return [deliveries('webhooks', 16, 'not-yet'), deliveries('webhooks tried again', 4, 'in-vain')];
}

/** What is sent is read just now: what it tells of may have been taken back while it waited for a hand. */
async function send(
  tools: PushTools,
  number: number,
  { order, timeoutMs }: { readonly order: Order; readonly timeoutMs: number },
  signal: AbortSignal,
): Promise<void> {
  const { store, outbound, clock, log, seed } = tools;
  const delivery = await store.push.webhookToSend(number);
  if (delivery === null) return store.push.dropWebhooks([number]);
  const { id, url, body } = delivery;
  // Renamed in sources.json, and not yet in what is stored.
  const topicId = order.formerTopics.find((former) => former.id === delivery.topicId)?.movedTo ?? delivery.topicId;
  const hook = order.topics.find((topic) => topic.id === topicId)?.webhooks.find((one) => one.url === url);
  if (hook === undefined) {
    const lastFailure = 'sources.json names this webhook no more';
    return store.push.saveWebhookTries(number, { ...NOT_TRIED, lastFailure, dueAt: null });
  }
  const now = clock.now();
  const failed = async (reason: string, retryAfterSeconds: number | null): Promise<void> => {
    const told = { reason, now: clock.now(), seed: `${seed} ${id}`, retryAfterSeconds };
    const tries = afterFailure(delivery, told, DELIVERY_BACK_OFF);
    await store.push.saveWebhookTries(number, tries);
    const fields = { topicId, webhook: shownAddress(url), reason, tries: tries.tries, dueAt: tries.dueAt };
    if (tries.dueAt === null) log.error('webhook given up; see tributary webhooks list', fields);
    else log.warn('webhook not delivered', fields);
  };
  const secret = tools.secretOf(hook.secretEnv);
  if (secret === null) return failed(`the environment variable ${hook.secretEnv}, its secret, is not set`, null);
  try {
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'tributary-delivery': id,
      'tributary-signature': webhookSignature(secret, epochMsOf(now) / 1000, body),
    };
    const request = { url, send: Buffer.from(body), headers, ...ANSWER, timeoutMs };
    await outbound(request, signal);
    await store.push.dropWebhooks([number]);
    log.debug('webhook delivered', { topicId, webhook: shownAddress(url) });
  } catch (error) {
    if (signal.aborted || !isOfNetwork(error)) throw error;
    await failed(error.message, error.retryAfterSeconds);
  }
}

const ANSWER = { answerBody: 'unread', redirects: 'none', maxBodyBytes: 64 * 1024 } as const;
