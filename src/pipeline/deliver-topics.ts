import type { Order } from '../config/sources-file.ts';
import { fateOfTopicPath } from '../curate/former-topics.ts';
import { ERRORS, isOfNetwork, type StageError } from '../model/errors.ts';
import { NOT_TRIED, type HubIntent, type HubSubscription } from '../model/push.ts';
import { afterFailure, DELIVERY_BACK_OFF, INTENT_BACK_OFF } from '../push/back-off.ts';
import { linkHeader } from '../push/hub-topics.ts';
import { hubSignature } from '../push/signatures.ts';
import { intentAddress, isConfirmation } from '../push/verify-intent.ts';
import type { DueSubscription } from '../store/push-store.ts';
import { feedTypeOf } from '../support/feed-documents.ts';
import { sha256 } from '../support/hash.ts';
import { plusSeconds } from '../support/instant.ts';
import { shownAddress } from '../support/shown-address.ts';
import type { PushTools } from './push-tools.ts';
import type { ErrandKind } from './run-errands.ts';

/** A subscriber takes a document within so long, or is tried again among those that take their time. */
const QUICK_MS = 5_000;
const PATIENT_MS = 20_000;
const CONFIRMATION_BYTES = 4_096;
/** The file on the disk is not yet the one that was written down as published: looked at again so much later. */
const NOT_SETTLED_S = 2;
const MOST_ASTRAY = 100;

/** What our hub has to do: none of it where the site has no hub of its own. */
export function hubErrands(tools: PushTools, orderNow: () => Order): ErrandKind[] {
  const ownHub = (): string | null => {
    const { hub } = orderNow().site;
    return hub?.isOwn === true ? hub.url : null;
  };
  const deliveries = (name: string, atOnce: number, tried: 'not-yet' | 'in-vain'): ErrandKind => ({
    name,
    atOnce,
    tried,
    async due(asked) {
      const hub = ownHub();
      if (hub === null) return [];
      const timeoutMs = tried === 'not-yet' ? QUICK_MS : PATIENT_MS;
      const given = { hub, siteUrl: orderNow().site.url, timeoutMs };
      return (await tools.store.push.subscriptionsDue(asked)).map((one) => ({
        key: `subscription ${one.mark}`,
        host: one.host,
        run: (signal) => deliver(tools, one, given, signal),
      }));
    },
  });
  const confirmations = (name: string, atOnce: number, tried: 'not-yet' | 'in-vain'): ErrandKind => ({
    name,
    atOnce,
    tried,
    async due(asked) {
      if (ownHub() === null) return [];
      return (await tools.store.push.intentsDue(asked)).map((intent) => ({
        key: `intent ${intent.mark}`,
        host: intent.host,
        run: (signal) => askCallback(tools, intent, signal),
      }));
    },
  });
  return [
    deliveries('deliveries', 32, 'not-yet'),
    deliveries('deliveries tried again', 8, 'in-vain'),
    confirmations('confirmations', 8, 'not-yet'),
    confirmations('confirmations tried again', 4, 'in-vain'),
  ];
}

/** The document as it lies there now: whoever was behind by several versions gets the newest alone. */
async function deliver(
  tools: PushTools,
  subscription: DueSubscription,
  given: { readonly hub: string; readonly siteUrl: string; readonly timeoutMs: number },
  signal: AbortSignal,
): Promise<void> {
  const { store, output, outbound, clock, log } = tools;
  const { mark, path, callback, secret } = subscription;
  const { tries, since, lastFailure } = subscription;
  // Of a topic that was renamed: the document lies elsewhere now, and goes on to whoever asked for it by its old address.
  const self = subscription.topic;
  if (!self.startsWith(given.siteUrl)) return deny(tools, subscription, 'the site has moved to another address');
  const body = await output.read(path);
  const digest = body === null ? null : sha256(body);
  if (body === null || digest === null || digest === subscription.delivered) {
    const dueAt = plusSeconds(clock.now(), NOT_SETTLED_S);
    const { delivered } = subscription;
    return store.push.saveDelivery(mark, { tries, since, lastFailure, delivered, dueAt });
  }
  try {
    const headers = {
      'content-type': feedTypeOf(path) ?? 'application/octet-stream',
      link: linkHeader({ hub: given.hub, self }),
      ...(secret === null ? {} : { 'x-hub-signature': hubSignature(secret, body) }),
    };
    const request = { url: callback, send: body, headers, ...ANSWER, timeoutMs: given.timeoutMs };
    await outbound(request, signal);
    await store.push.saveDelivery(mark, { ...NOT_TRIED, delivered: digest, dueAt: clock.now() });
    log.debug('topic delivered', { path, callback: shownAddress(callback) });
  } catch (error) {
    if (signal.aborted || !isOfNetwork(error)) throw error;
    if (error.code === 'fetch-gone') {
      log.info('subscription ended by its callback (410)', { path, callback: shownAddress(callback) });
      return store.push.endSubscription(mark, {});
    }
    await saveFailure(tools, subscription, { digest, error });
  }
}

/** Only the status of a callback's answer is read. */
const ANSWER = { answerBody: 'unread', redirects: 'none', maxBodyBytes: 64 * 1024 } as const;

async function saveFailure(
  { store, clock, log, seed }: PushTools,
  subscription: DueSubscription,
  { digest, error }: { readonly digest: string; readonly error: StageError },
): Promise<void> {
  const { mark, path, callback, delivered } = subscription;
  const now = clock.now();
  const told = { reason: error.message, now, seed: `${seed} ${mark}`, retryAfterSeconds: error.retryAfterSeconds };
  const { dueAt, ...tries } = afterFailure(subscription, told, DELIVERY_BACK_OFF);
  log.warn('topic not delivered', {
    path,
    callback: shownAddress(callback),
    reason: error.message,
    tries: tries.tries,
    dueAt,
  });
  if (dueAt !== null) return store.push.saveDelivery(mark, { ...tries, delivered, dueAt });
  // This version is given up; the next one is tried again, among those that take their time.
  const givenUp = { tries: 1, since: null, lastFailure: `given up after a day: ${error.message}` };
  return store.push.saveDelivery(mark, { ...givenUp, delivered: digest, dueAt: now });
}

/** Asks a callback whether the wish is its own (WebSub §5.3), or tells it that it was denied (§5.2). */
async function askCallback(tools: PushTools, intent: HubIntent, signal: AbortSignal): Promise<void> {
  const { store, outbound, clock, log, randomText } = tools;
  const challenge = randomText();
  const about = { mode: intent.mode, path: intent.path, callback: shownAddress(intent.callback) };
  try {
    const { body } = await outbound(
      {
        url: intentAddress(intent, challenge),
        headers: { accept: '*/*' },
        redirects: 'none',
        maxBodyBytes: CONFIRMATION_BYTES,
        timeoutMs: QUICK_MS,
      },
      signal,
    );
    if (intent.mode === 'denied') return store.push.dropIntent(intent);
    if (!isConfirmation(body, challenge)) {
      log.info('a callback did not confirm what was asked in its name', about);
      return store.push.dropIntent(intent);
    }
    return await fulfil(tools, intent);
  } catch (error) {
    if (signal.aborted || !isOfNetwork(error)) throw error;
    const now = clock.now();
    const told = { reason: error.message, now, seed: `${tools.seed} ${intent.mark}`, retryAfterSeconds: null };
    const { dueAt, ...tries } = afterFailure(intent, told, INTENT_BACK_OFF);
    const mayAnswerLater = intent.mode !== 'denied' && ANSWERS_LATER.has(error.code) && ERRORS[error.code].retry;
    log.info('a callback could not be asked', { ...about, reason: error.message });
    if (mayAnswerLater && dueAt !== null) return store.push.saveIntentTries(intent, { ...tries, dueAt });
    return store.push.dropIntent(intent);
  }
}

/** Failures of a server that is away, and not its word that it does not want to. */
const ANSWERS_LATER: ReadonlySet<string> = new Set([
  'fetch-no-such-host',
  'fetch-no-connection',
  'fetch-tls',
  'fetch-timed-out',
  'fetch-broken-off',
  'fetch-server-error',
  'fetch-too-many-requests',
]);

async function fulfil({ store, clock, log }: PushTools, intent: HubIntent): Promise<void> {
  const { mark, topic, path, callback, host, secret, leaseSeconds } = intent;
  if (intent.mode === 'unsubscribe') {
    log.info('subscription ended', { path, callback: shownAddress(callback) });
    return store.push.endSubscription(mark, { wish: intent });
  }
  const now = clock.now();
  const known = await store.push.subscription(mark);
  // A new subscriber has the present document, or gets it where it lies; whoever renews still gets what is on its way.
  const delivered = known?.delivered ?? (await store.push.outputDigest(path));
  if (delivered === null) return store.push.dropIntent(intent);
  await store.push.saveSubscription(
    {
      mark,
      topic,
      path,
      callback,
      host,
      secret,
      leaseEndsAt: plusSeconds(now, leaseSeconds),
      delivered,
      dueAt: now,
      ...(known === null
        ? NOT_TRIED
        : { tries: known.tries, since: known.since, lastFailure: known.lastFailure, dueAt: known.dueAt }),
    },
    intent,
  );
  log.info('subscription confirmed', { path, callback: shownAddress(callback), leaseSeconds });
}

/** Ends leases that are over, and subscriptions of documents that are published no more; those of renamed topics go on. */
export async function tidySubscriptions(tools: PushTools, { formerTopics }: Order): Promise<void> {
  const { store, clock, log } = tools;
  const ended = await store.push.endLeases(clock.now());
  if (ended > 0) log.info('leases of subscriptions have ended', { ended });
  const paths = await store.push.pathsAstray();
  for (const path of paths) {
    const fate = fateOfTopicPath(path, formerTopics);
    // Where it is not published under its new address yet, it waits.
    if (fate?.kind === 'moved') await store.push.moveSubscriptions(path, fate.to);
    else
      for (const one of await store.push.subscriptionsOf(path, MOST_ASTRAY))
        await deny(tools, one, 'the feed is published no more');
  }
}

async function deny({ store, clock, log }: PushTools, subscription: HubSubscription, reason: string): Promise<void> {
  const { mark, topic, path, callback, host } = subscription;
  log.info('subscription denied', { path, callback: shownAddress(callback), reason });
  const denial: HubIntent = {
    mark,
    mode: 'denied',
    topic,
    path,
    callback,
    host,
    secret: null,
    leaseSeconds: 0,
    reason,
    dueAt: clock.now(),
    ...NOT_TRIED,
  };
  await store.push.endSubscription(mark, { denial });
}
