import type { Alias } from '../model/ledger.ts';
import { sha256 } from '../support/hash.ts';
import { storable } from './storable.ts';

// Aliases and keys come from strangers and may be of any length; what is indexed must be short (PostgreSQL refuses an
// index entry above 2,700 bytes). A long one is indexed by its digest.

/** In UTF-16 units, so 600 bytes at the most. Nearly all addresses are shorter, and are kept as they stand. */
const LONGEST = 200;

const KINDS: readonly Alias['kind'][] = ['guid', 'link', 'title'];

/** An alias as it is indexed: `guid:` and the value, or `guid#` and its digest, with the value beside it. */
export function aliasMark({ kind, value: given }: Alias): { readonly mark: string; readonly longValue: string | null } {
  const value = storable(given);
  if (value.length <= LONGEST) return { mark: `${kind}:${value}`, longValue: null };
  return { mark: `${kind}#${sha256(value)}`, longValue: value };
}

/** The alias that a mark was made of. Throws RangeError for what `aliasMark` did not make. */
export function aliasOf(mark: string, longValue: string | null): Alias {
  const kind = KINDS.find((one) => mark.startsWith(one));
  if (kind === undefined) throw new RangeError(`no alias: ${mark}`);
  return { kind, value: longValue ?? mark.slice(kind.length + 1) };
}

/** An article's key as it is indexed: as it stands, or `#` and its digest. Keys begin with a word, so none is mistaken. */
export function keyMark(given: string): string {
  const key = storable(given);
  return key.length <= LONGEST ? key : `#${sha256(key)}`;
}
