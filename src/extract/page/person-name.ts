import { plainTitle } from '../../support/plain-title.ts';

/** A person's name as a feed gives it, plain; null when nothing of a name is left, or when it is an address. */
export function personName(text: string): string | null {
  const plain = plainTitle(text.slice(0, 1000)).replace(/^by\s+/i, '');
  if (plain === '' || /^https?:\/\//i.test(plain) || !/[\p{L}\p{N}]/u.test(plain)) return null;
  return plain.length > 120 ? null : plain;
}
