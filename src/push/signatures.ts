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

/** Checks the signature of a body that comes piece by piece, and of which nothing is kept. */
export type SignatureCheck = {
  take(piece: Uint8Array): void;
  /** Whether all that was taken is what was signed. */
  isRight(): boolean;
};

/** By any of the methods that hubs may use. Null: a signature that is missing, or is none, is a wrong one. */
export function openSignatureCheck(secret: string, signature: string | null): SignatureCheck | null {
  const [, method, given] = SIGNATURE.exec(signature?.trim() ?? '') ?? [];
  if (method === undefined || given === undefined) return null;
  const made = createHmac(method.toLowerCase(), secret);
  return {
    take: (piece) => void made.update(piece),
    isRight: () => isSameText(made.digest('hex'), given.toLowerCase()),
  };
}

/** Tributary-Signature of a webhook: its time in seconds since 1970, and HMAC-SHA256 of `time.body`. */
export function webhookSignature(secret: string, epochSeconds: number, body: string): string {
  return `t=${epochSeconds},v1=${createHmac('sha256', secret).update(`${epochSeconds}.${body}`).digest('hex')}`;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
