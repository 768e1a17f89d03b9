import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** X-Hub-Signature, by the methods that it may name (WebSub §8). Ours is sha256. */
const SIGNATURE = /^(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})$/i;

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function isSameText(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** X-Hub-Signature of a body. */
export function hubSignature(secret: string, body: Uint8Array): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Whether a body was signed with the secret, by any of the methods that hubs may use. A missing signature is a wrong one. */
export function isSignedWith(secret: string, body: Uint8Array, signature: string | null): boolean {
  const [, method, given] = SIGNATURE.exec(signature?.trim() ?? '') ?? [];
  if (method === undefined || given === undefined) return false;
  const right = createHmac(method.toLowerCase(), secret).update(body).digest('hex');
  return isSameText(right, given.toLowerCase());
}

/** Tributary-Signature of a webhook: its time in seconds since 1970, and HMAC-SHA256 of `time.body`. */
export function webhookSignature(secret: string, epochSeconds: number, body: string): string {
  return `t=${epochSeconds},v1=${createHmac('sha256', secret).update(`${epochSeconds}.${body}`).digest('hex')}`;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
