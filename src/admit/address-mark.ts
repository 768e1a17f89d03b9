import { canonicalAddress } from '../support/canonical-address.ts';

/**
 * An address without what moves between polls: scheme, `www.`, tracking parameters. A fragment stays, since a page may
 * hold many entries (`/changes#v1`). Null for a home page: it stands for no entry.
 */
export function addressMark(address: string): string | null {
  const plain = canonicalAddress(address);
  if (!URL.canParse(plain)) return address;
  const { pathname, search, hash } = new URL(plain);
  const part = partOf(address);
  if (pathname === '/' && search === '' && hash === '' && part === '') return null;
  return plain.replace(/^https?:\/\/(?:www\.)?/, '') + part;
}

/** The fragment, where it names a part of the page: `#!` routes are in the plain address, and some fragments only track. */
function partOf(address: string): string {
  const hash = URL.parse(address.trim())?.hash ?? '';
  if (hash.length < 2 || hash.startsWith('#!')) return '';
  const asQuery = `https://fragment.invalid/?${hash.slice(1)}`;
  return hash.includes('=') && !canonicalAddress(asQuery).includes('?') ? '' : hash;
}
