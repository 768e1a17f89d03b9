const MEDIA_TYPE = /^\s*([a-z0-9!#$&^_.+-]{1,127}\/[a-z0-9!#$&^_.+-]{1,127})\s*(?:;|$)/i;

/** Spellings that are widely used and registered nowhere. */
const MEANT: Readonly<Record<string, string>> = { 'image/jpg': 'image/jpeg', 'audio/mp3': 'audio/mpeg' };

/** A media type in its usual spelling, without parameters (RFC 9110 §8.3.1); null for what is none. */
export function mediaType(told: string | null): string | null {
  const essence = MEDIA_TYPE.exec(told ?? '')?.[1]?.toLowerCase();
  return essence === undefined ? null : (MEANT[essence] ?? essence);
}
