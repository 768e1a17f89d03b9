import type { Order } from '../../config/sources-file.ts';
import { DEFAULT_ALERTS, type AlertDelivery } from '../../model/alert.ts';
import { isOfNetwork, StageError } from '../../model/errors.ts';
import { NOT_TRIED } from '../../model/push.ts';
import { afterFailure, DELIVERY_BACK_OFF } from '../../push/back-off.ts';
import type { Mail } from '../../push/send-mail.ts';
import { webhookSignature } from '../../push/signatures.ts';
import { epochMsOf, plusSeconds } from '../../support/instant.ts';
import type { PushTools } from '../push-tools.ts';
import type { ErrandKind } from '../run-errands.ts';

export type AlertTools = PushTools & { readonly sendMail: NonNullable<PushTools['sendMail']> };

/** While one is in hand nobody else takes it; after a kill it is due again then. */
const IN_HAND_S = 120;
const TIMEOUT_MS = 20_000;

/** Alerts that are on their way, each sent once, and again while that fails. */
export function alertErrands(tools: AlertTools, orderNow: () => Order): ErrandKind[] {
  return [
    {
      name: 'alerts',
      atOnce: 2,
      tried: 'not-yet',
      async due({ now, limit }) {
        return (await tools.store.alerts.deliveriesDue(now, limit)).map((delivery) => ({
          key: `alert ${delivery.number}`,
          host: delivery.channel,
          run: (signal) => send(tools, delivery, orderNow(), signal),
        }));
      },
    },
  ];
}

async function send(tools: AlertTools, delivery: AlertDelivery, order: Order, signal: AbortSignal): Promise<void> {
  const { store, clock, log, seed } = tools;
  const { number, channel } = delivery;
  if (!(await store.alerts.claim(delivery, plusSeconds(clock.now(), IN_HAND_S)))) return;
  const failed = async (reason: string): Promise<void> => {
    const told = { reason, now: clock.now(), seed: `${seed} alert ${number}`, retryAfterSeconds: null };
    const tries = afterFailure(delivery, told, DELIVERY_BACK_OFF);
    await store.alerts.saveTries(number, tries);
    log.error('an alert was not delivered', { channel, reason, tries: tries.tries, dueAt: tries.dueAt });
  };
  try {
    const refusal = await deliver(tools, delivery, order, signal);
    if (refusal === 'nobody')
      return await store.alerts.saveTries(number, {
        ...NOT_TRIED,
        lastFailure: 'sources.json names nobody for it any more',
        dueAt: null,
      });
    if (refusal !== null) return await failed(refusal);
    await store.alerts.drop(number);
    log.info('an alert was delivered', { channel });
  } catch (error) {
    if (signal.aborted || !(isOfNetwork(error) || isOfMail(error))) throw error;
    await failed(error.message);
  }
}

/** Null when it was taken; why not, or that sources.json names nobody to send it to. */
export async function deliver(
  tools: Pick<AlertTools, 'outbound' | 'secretOf' | 'sendMail' | 'clock' | 'randomText'>,
  { channel, body }: Pick<AlertDelivery, 'channel' | 'body'>,
  { alerts = DEFAULT_ALERTS }: Pick<Order, 'alerts'>,
  signal: AbortSignal,
): Promise<string | null> {
  const { outbound, secretOf, sendMail, clock } = tools;
  if (channel === 'mail') {
    if (alerts.mail === null) return 'nobody';
    const { from, to, serverEnv } = alerts.mail;
    const server = secretOf(serverEnv);
    if (server === null) return `the environment variable ${serverEnv}, the mail server’s address, is not set`;
    const { subject, text } = JSON.parse(body) as Pick<Mail, 'subject' | 'text'>;
    await sendMail(server, { from, to, subject, text }, signal);
    return null;
  }
  if (alerts.webhook === null) return 'nobody';
  const { url, secretEnv } = alerts.webhook;
  const secret = secretOf(secretEnv);
  if (secret === null) return `the environment variable ${secretEnv}, its secret, is not set`;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'tributary-delivery': tools.randomText(),
    'tributary-signature': webhookSignature(secret, epochMsOf(clock.now()) / 1000, body),
  };
  const answer = { answerBody: 'unread', redirects: 'none', maxBodyBytes: 64 * 1024, timeoutMs: TIMEOUT_MS } as const;
  await outbound({ url, send: Buffer.from(body), headers, ...answer }, signal);
  return null;
}

function isOfMail(error: unknown): error is StageError {
  return error instanceof StageError && error.code === 'mail-not-sent';
}
