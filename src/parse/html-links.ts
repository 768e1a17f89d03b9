import { escapeHtml } from '../support/html.ts';
import * as markup from './markup.ts';
import { decodeReferences } from './references.ts';

// Links within HTML, made absolute where they stand: nothing else of the markup is touched, so that what the sanitiser
// sees later is what the publisher wrote.

/** Attributes that hold one address. */
const ADDRESS_ATTRIBUTES = new Set([
  'href',
  'src',
  'cite',
  'data',
  'action',
  'poster',
  'longdesc',
  'background',
  'formaction',
  'xlink:href',
  'data-src',
]);
/** Attributes that hold several, each with its width or density (HTML §4.8.4.2.1). */
const ADDRESS_LIST_ATTRIBUTES = new Set(['srcset', 'imagesrcset', 'data-srcset']);

const LONGEST_ADDRESS = 8000;
const LONGEST_LIST = 32_000;

const ABSOLUTE = /^\s*[a-z][a-z0-9+.-]*:/i;

/** A fragment with every address in it absolute, against a base. Addresses that cannot be resolved stay as they are. */
export function absoluteLinks(html: string, base: string): string {
  let open = html.indexOf('<');
  if (open < 0 || !mayHoldRelativeLink(html)) return html;
  let written = '';
  let from = 0;
  while (open >= 0) {
    let next = open + 1;
    if (markup.isNameStart(html.charCodeAt(next))) {
      const end = markup.endOfTag(html, open);
      if (end >= 0) {
        const tag = tagWithAbsoluteLinks(html, { open, end }, base);
        if (tag !== null) {
          written += html.slice(from, open) + tag;
          from = end;
        }
        next = end;
      }
    } else if (html.startsWith('!--', next)) {
      const end = markup.endOfComment(html, open);
      next = end < 0 ? html.length : end;
    }
    open = html.indexOf('<', next);
  }
  return from === 0 ? html : written + html.slice(from);
}

/** The last three letters of every name that holds addresses, and those of the names that hold several. */
const NAME_ENDINGS = new Set([...ADDRESS_ATTRIBUTES].map((name) => lastLetters(name, name.length)));
const LIST_ENDING = lastLetters('srcset', 6);

/** Three letters as one number, whatever their case. */
function lastLetters(text: string, end: number): number {
  const [a, b, c] = [text.charCodeAt(end - 3) | 32, text.charCodeAt(end - 2) | 32, text.charCodeAt(end - 1) | 32];
  return (a << 16) | (b << 8) | c;
}

/**
 * Whether an attribute may hold an address that is not absolute. Most bodies have none, and are told by their equals
 * signs alone.
 */
function mayHoldRelativeLink(html: string): boolean {
  for (let at = html.indexOf('=', 3); at >= 0; at = html.indexOf('=', at + 1)) {
    let nameEnd = at;
    while (nameEnd > 0 && at - nameEnd < 8 && markup.isSpace(html.charCodeAt(nameEnd - 1))) nameEnd--;
    const ending = lastLetters(html, nameEnd);
    if (ending === LIST_ENDING) return true;
    if (NAME_ENDINGS.has(ending) && !beginsWithHttp(html, at + 1)) return true;
  }
  return false;
}

function beginsWithHttp(html: string, start: number): boolean {
  let at = start;
  while (markup.isSpace(html.charCodeAt(at)) && at - start < 8) at++;
  const unit = html.charCodeAt(at);
  if (unit === 34 || unit === 39) at++;
  return html.startsWith('http:', at) || html.startsWith('https:', at);
}

/** The start tag between two places with its addresses absolute; null where there is nothing to change. */
export function tagWithAbsoluteLinks(
  html: string,
  tag: { readonly open: number; readonly end: number },
  base: string,
): string | null {
  if (html.charCodeAt(markup.endOfName(html, tag.open + 1)) === markup.GREATER_THAN) return null;
  let written = '';
  let from = tag.open;
  for (const value of addressesIn(html, tag)) {
    const raw = html.slice(value.from, value.to);
    const absolute = value.isList ? absoluteList(raw, base) : absoluteAddress(raw, base);
    if (absolute === null) continue;
    const quoted = value.isQuoted ? absolute : `"${absolute}"`;
    written += html.slice(from, value.from) + quoted;
    from = value.to;
  }
  return from === tag.open ? null : written + html.slice(from, tag.end);
}

type Place = { readonly from: number; readonly to: number; readonly isQuoted: boolean; readonly isList: boolean };

/** Where the addresses of a tag's attributes stand. */
function addressesIn(html: string, tag: { readonly open: number; readonly end: number }): Place[] {
  const places: Place[] = [];
  let at = markup.endOfName(html, tag.open + 1);
  while (at < tag.end) {
    const unit = html.charCodeAt(at);
    if (unit <= 32 || unit === markup.SLASH || unit === markup.GREATER_THAN || unit === 61) {
      at++;
      continue;
    }
    const nameEnd = markup.endOfName(html, at);
    const value = markup.attributeValueAt(html, nameEnd);
    if (value === null) {
      at = Math.max(nameEnd, at + 1);
      continue;
    }
    const isList = isListName(html, at, nameEnd);
    if (isList || isAddressName(html, at, nameEnd)) places.push({ ...value, to: Math.min(value.to, tag.end), isList });
    at = Math.max(value.next, nameEnd + 1);
  }
  return places;
}

function isAddressName(html: string, from: number, to: number): boolean {
  const length = to - from;
  if (length < 3 || length > 10) return false;
  const first = html.charCodeAt(from) | 32;
  if (first !== 104 && first !== 115 && (length === 3 || length === 5)) return false;
  return ADDRESS_ATTRIBUTES.has(html.slice(from, to).toLowerCase());
}

function isListName(html: string, from: number, to: number): boolean {
  const length = to - from;
  return (length === 6 || length === 11) && ADDRESS_LIST_ATTRIBUTES.has(html.slice(from, to).toLowerCase());
}

/** An address as it stands in an attribute, absolute and escaped; null where it is so already or cannot be resolved. */
function absoluteAddress(raw: string, base: string): string | null {
  if (raw.length > LONGEST_ADDRESS || ABSOLUTE.test(raw)) return null;
  const address = decodeReferences(raw).trim();
  if (address === '' || ABSOLUTE.test(address)) return null;
  const simple = simplyAbsolute(address, base);
  if (simple !== null) return simple.includes('&') ? simple.replaceAll('&', '&amp;') : simple;
  const url = URL.parse(address, base);
  return url === null ? null : escapeHtml(url.href);
}

/** A path of characters that need no care; a first segment with a colon would be a scheme. */
const SIMPLE_PATH = /^(?:\/(?!\/)|[\w~-])[\w.~!$&()*+,;=@/?#-]*$/;

/** RFC 3986 §5.2 for the plainest of paths, without the URL parser, which is dear; null for all others. */
function simplyAbsolute(address: string, base: string): string | null {
  if (!SIMPLE_PATH.test(address) || address.includes('/.') || address.includes('..')) return null;
  const pathStart = base.indexOf('/', 8);
  if (pathStart < 0 || !/^https?:/.test(base)) return null;
  if (address.startsWith('/')) return base.slice(0, pathStart) + address;
  const end = base.search(/[?#]/);
  return base.slice(0, base.lastIndexOf('/', end < 0 ? base.length : end) + 1) + address;
}

/** A srcset with its addresses absolute. Its entries are parted by commas; an address may hold commas within. */
function absoluteList(raw: string, base: string): string | null {
  if (raw.length > LONGEST_LIST) return null;
  const absolute = raw
    .split(/,\s+|\s,|,$/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const space = entry.search(/\s/);
      const address = space < 0 ? entry : entry.slice(0, space);
      return (absoluteAddress(address, base) ?? address) + (space < 0 ? '' : entry.slice(space));
    })
    .join(', ');
  return absolute === raw ? null : absolute;
}
