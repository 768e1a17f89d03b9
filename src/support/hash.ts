import { createHash } from 'node:crypto';

/** SHA-256 in lower-case hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * A name-based UUID as a URN (RFC 9562 §5.8, version 8: the first 122 bits of SHA-256 over the names). The same names
 * in the same order give the same URN for ever; U+0000 parts them, so no two lists of names run together.
 */
export function uuidUrn(...names: readonly string[]): string {
  const bytes = createHash('sha256').update(names.join('\u0000')).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
