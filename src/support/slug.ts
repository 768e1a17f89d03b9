import { sha256 } from './hash.ts';

const LONGEST = 60;

/**
 * A part of an address out of a title: lower-case letters a to z, digits and single hyphens, cut between words, and
 * eight digits of a digest of the id behind it. So two titles never share a file, on any file system, and no title can
 * make a path of its own. A title without Latin letters gives the digest's digits alone.
 */
export function slugOf(title: string, id: string): string {
  const plain = title
    .slice(0, 300)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’]+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const cut = plain.length <= LONGEST ? plain : plain.slice(0, Math.max(plain.lastIndexOf('-', LONGEST), 20));
  const mark = sha256(id).slice(0, 8);
  return cut.length < 3 ? mark : `${cut}-${mark}`;
}
