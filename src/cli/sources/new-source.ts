import { openIds } from '../../config/edit/new-id.ts';
import { canonicalAddress } from '../../support/canonical-address.ts';

/** The source that has an address already, in whatever spelling; null for none. */
export function sourceAt<Listed extends { readonly url?: unknown }>(
  sources: readonly Listed[],
  url: string,
): Listed | null {
  const wanted = canonicalAddress(url);
  return sources.find((source) => canonicalAddress(String(source.url)) === wanted) ?? null;
}

/** An id that no other has, made of a title, or of a host where the title has no Latin letters. */
export function newId(title: string, url: string, taken: ReadonlySet<string>): string {
  const host = URL.parse(url)?.hostname.replace(/^www\./, '') ?? '';
  return openIds(taken, 'source')(title, host);
}

/** `example.org/feed`, as people write addresses, with https before it. */
export function fullAddress(written: string): string {
  return spellingsOf(written)[0];
}

/** What may be meant by an address as people write it: of one without a scheme https first, then http. */
export function spellingsOf(written: string): [string, ...string[]] {
  const trimmed = written
    .trim()
    .replace(/^feed:(?=\/\/)/i, 'https:')
    .replace(/^feed:(?=https?:)/i, '');
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(trimmed) && !/^[^/:]+:\d/.test(trimmed);
  return hasScheme ? [trimmed] : [`https://${trimmed}`, `http://${trimmed}`];
}
