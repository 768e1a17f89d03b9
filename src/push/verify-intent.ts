import type { HubIntent } from '../model/push.ts';
import { isSameText } from './signatures.ts';

/** The address by which a callback is asked whether it wants what was asked in its name (WebSub §5.3), or told no (§5.2). */
export function intentAddress({ mode, topic, callback, leaseSeconds, reason }: HubIntent, challenge: string): string {
  const url = new URL(callback);
  const told = new URLSearchParams({ 'hub.mode': mode, 'hub.topic': topic });
  if (mode === 'denied') {
    if (reason !== null) told.set('hub.reason', reason);
  } else {
    told.set('hub.challenge', challenge);
    if (mode === 'subscribe') told.set('hub.lease_seconds', String(leaseSeconds));
  }
  // Its own query stays as it was written.
  url.search = url.search === '' ? told.toString() : `${url.search.slice(1)}&${told.toString()}`;
  return url.href;
}

/** Whether an answer confirms: the challenge, and nothing else. */
export function isConfirmation(body: Uint8Array, challenge: string): boolean {
  return isSameText(Buffer.from(body).toString('utf8'), challenge);
}
