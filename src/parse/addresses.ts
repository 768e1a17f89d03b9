import type { Capping } from './capped.ts';
import { linkBase, simplyAbsolute } from './link-base.ts';

/** Schemes of what a reader can open or fetch. */
const PAGES = new Set(['http:', 'https:', 'ftp:', 'gemini:', 'gopher:']);
const FILES = new Set([...PAGES, 'magnet:', 'rtmp:', 'rtsp:', 'mms:']);

/** Whether a media type is that of a page. */
export function isPageType(type: string): boolean {
  return /^(?:text\/html|application\/xhtml\+xml)/i.test(type);
}

/** The absolute address of a page; null if it cannot be made out or its scheme is none of a page's. */
export function pageAddress(written: string, base: string | null): string | null {
  return WORDS.test(written) ? null : resolved(written, base, PAGES);
}

/** White space before any scheme or slash: people write words there too (`Comments are off`). */
const WORDS = /^\s*[^\s:/?#]+\s+\S/;

/** The absolute address of a file; as pageAddress, with the schemes of downloads and streams. */
export function fileAddress(written: string, base: string | null): string | null {
  return resolved(written, base, FILES);
}

/** Addresses that the URL parser would give back as they are, unless a segment begins with a dot. It is dear. */
const IN_NORMAL_FORM = /^https?:\/\/[a-z0-9.-]{1,250}\.[a-z]{2,}\/[\w.~!$&()*+,;=:@/?#-]*$/;

function isInNormalForm(address: string): boolean {
  return (
    IN_NORMAL_FORM.test(address) && !address.includes('/.') && !address.includes('..') && !address.includes('xn--')
  );
}

function resolved(written: string, base: string | null, schemes: ReadonlySet<string>): string | null {
  let address = written.trim();
  if (isInNormalForm(address)) return address.replaceAll('&amp;', '&');
  address = address.replaceAll('&amp;', '&');
  if (address === '' || address.startsWith('#')) return null;
  if (address.startsWith('www.')) address = `http://${address}`;
  const simple = base === null ? null : relativeTo(base, address);
  if (simple !== null) return simple;
  const url = base === null ? URL.parse(address) : URL.parse(address, base);
  return url !== null && schemes.has(url.protocol) ? url.href : null;
}

/** As the URL parser has it, where that is plain to see. */
function relativeTo(base: string, address: string): string | null {
  const within = linkBase(base);
  return within === null ? null : simplyAbsolute(address, within);
}

/** Longer than any base: every relative link would grow to its length. */
const LONGEST_BASE = 1000;

/** The base that an xml:base attribute gives (XML Base §4.2); the outer one where it is no use. */
export function baseWithin(written: string, outer: string | null): string | null {
  if (written.length > LONGEST_BASE) return outer;
  return pageAddress(written, outer) ?? outer;
}

type Written = string | null;

/** The page that an element or a field names; null where it names none, or one that is no use, which is reported. */
export function pageNamed(capping: Capping, written: Written, base: string | null): string | null {
  return usable(capping, written, (address) => pageAddress(address, base));
}

/** As pageNamed, of a file. */
export function fileNamed(capping: Capping, written: Written, base: string | null): string | null {
  return usable(capping, written, (address) => fileAddress(address, base));
}

function usable(
  { limits, repairs }: Capping,
  written: Written,
  resolve: (address: string) => string | null,
): string | null {
  if (written === null) return null;
  const isLong = written.length > limits.maxAddressLength;
  const address = isLong ? null : resolve(written);
  if (address === null)
    repairs.note('address-unusable', isLong ? `${written.length} characters long` : schemeOrStart(written));
  return address;
}

/** What a report says of an address that cannot be used: its scheme alone if it has one (`data:` is long, and hostile). */
function schemeOrStart(written: string): string {
  return /^[a-z][a-z0-9+.-]{0,20}:/i.exec(written.trim())?.[0] ?? written.trim().slice(0, 60);
}
