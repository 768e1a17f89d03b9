import { escapeHtml } from '../support/html.ts';
import { linkBase, simplyAbsolute, type LinkBase } from './link-base.ts';
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
/** How much longer a fragment may become by its links: so many characters for each that it has, and a start. */
const MOST_GAINED_EACH = 8;
const MOST_GAINED_AT_FIRST = 32_768;
/** Links of one text that only the URL parser can resolve. It is dear, and no text has so many. */
const MOST_ODD_LINKS = 10_000;

/** How many characters a text may still gain by its links, and how many of them may still go to the URL parser. */
export type Room = { left: number; odd: number };

export function roomFor(html: string): Room {
  return { left: MOST_GAINED_AT_FIRST + html.length * MOST_GAINED_EACH, odd: MOST_ODD_LINKS };
}

/** A fragment with every address in it absolute, against a base. Addresses that cannot be resolved stay as they are. */
export function absoluteLinks(html: string, href: string): string {
  let open = html.indexOf('<');
  let link = open < 0 ? -1 : relativeLinkAfter(html, open + 3);
  const base = link < 0 ? null : linkBase(href);
  if (base === null) return html;
  const room = roomFor(html);
  let written = '';
  let from = 0;
  while (open >= 0 && link >= 0) {
    let next = open + 1;
    if (markup.isNameStart(html.charCodeAt(next))) {
      const end = markup.endOfTag(html, open);
      if (end > link) {
        const tag = tagWithAbsoluteLinks(html, { open, end }, { base, room });
        if (tag !== null) {
          written += html.slice(from, open) + tag;
          from = end;
        }
        link = relativeLinkAfter(html, end);
      }
      if (end >= 0) next = end;
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
 * The equals sign of the next attribute that may hold an address that is not absolute, -1 if there is none. Most tags
 * have none, and are told by their equals signs alone.
 */
function relativeLinkAfter(html: string, start: number): number {
  for (let at = html.indexOf('=', start); at >= 0; at = html.indexOf('=', at + 1)) {
    let nameEnd = at;
    while (nameEnd > 0 && at - nameEnd < 8 && markup.isSpace(html.charCodeAt(nameEnd - 1))) nameEnd--;
    const ending = lastLetters(html, nameEnd);
    if (ending === LIST_ENDING) return at;
    if (NAME_ENDINGS.has(ending) && !beginsWithHttp(html, at + 1)) return at;
  }
  return -1;
}

function beginsWithHttp(html: string, start: number): boolean {
  let at = start;
  while (markup.isSpace(html.charCodeAt(at)) && at - start < 8) at++;
  const unit = html.charCodeAt(at);
  if (unit === 34 || unit === 39) at++;
  return html.startsWith('http:', at) || html.startsWith('https:', at);
}

/** What the addresses of a tag are resolved with. */
export type Resolving = { readonly base: LinkBase; readonly room: Room };

/** The start tag between two places with its addresses absolute; null where there is nothing to change. */
export function tagWithAbsoluteLinks(
  html: string,
  tag: { readonly open: number; readonly end: number },
  resolving: Resolving,
): string | null {
  let written = '';
  let from = tag.open;
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
    const to = Math.min(value.to, tag.end);
    const absolute = absoluteValue(html, { nameStart: at, nameEnd, from: value.from, to }, resolving);
    at = Math.max(value.next, nameEnd + 1);
    if (absolute === null) continue;
    written += html.slice(from, value.from) + (value.isQuoted ? absolute : `"${absolute}"`);
    from = to;
  }
  return from === tag.open ? null : written + html.slice(from, tag.end);
}

type Place = { readonly nameStart: number; readonly nameEnd: number; readonly from: number; readonly to: number };

/** The value of an attribute with its addresses absolute; null where it stays as it is. */
function absoluteValue(html: string, place: Place, resolving: Resolving): string | null {
  const { nameStart, nameEnd, from, to } = place;
  const length = nameEnd - nameStart;
  if (length < 3 || length > 14) return null;
  const ending = lastLetters(html, nameEnd);
  const isList = ending === LIST_ENDING && ADDRESS_LIST_ATTRIBUTES.has(html.slice(nameStart, nameEnd).toLowerCase());
  if (!isList) {
    if (!NAME_ENDINGS.has(ending) || hasScheme(html, from, to)) return null;
    if (!ADDRESS_ATTRIBUTES.has(html.slice(nameStart, nameEnd).toLowerCase())) return null;
  }
  const written = html.slice(from, to);
  const absolute = isList ? absoluteList(written, resolving) : absoluteAddress(written, resolving);
  const { room } = resolving;
  if (absolute === null || absolute.length - (to - from) > room.left) return null;
  room.left -= Math.max(0, absolute.length - (to - from));
  return absolute;
}

const COLON = 58;

/** Whether an address begins with a scheme (RFC 3986 §3.1). */
function hasScheme(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to && markup.isSpace(text.charCodeAt(at))) at++;
  const first = text.charCodeAt(at) | 32;
  if (at >= to || first < 97 || first > 122) return false;
  for (at++; at < to; at++) {
    const unit = text.charCodeAt(at);
    if (unit === COLON) return true;
    const isOfScheme = ((unit | 32) >= 97 && (unit | 32) <= 122) || (unit >= 48 && unit <= 57);
    // Besides letters and digits `+`, `-` and `.`.
    if (!isOfScheme && unit !== 43 && unit !== 45 && unit !== 46) return false;
  }
  return false;
}

/** An address as it stands in an attribute, absolute and escaped; null where it is so already or cannot be resolved. */
function absoluteAddress(raw: string, { base, room }: Resolving): string | null {
  if (raw.length > LONGEST_ADDRESS) return null;
  const address = decodeReferences(raw).trim();
  if (address === '' || hasScheme(address, 0, address.length)) return null;
  const simple = simplyAbsolute(address, base);
  if (simple !== null) return simple.includes('&') ? simple.replaceAll('&', '&amp;') : simple;
  const url = room.odd-- > 0 ? URL.parse(address, base.href) : null;
  return url === null ? null : escapeHtml(url.href);
}

/**
 * A srcset with its addresses absolute; null where they are. Its entries are parted by commas with white space at a
 * side: an address may hold commas within.
 */
function absoluteList(raw: string, resolving: Resolving): string | null {
  if (raw.length > LONGEST_LIST) return null;
  const entries: string[] = [];
  let isChanged = false;
  let from = 0;
  for (let at = 0; at <= raw.length; at++) {
    if (at < raw.length && !(raw.charCodeAt(at) === 44 && partsEntries(raw, at))) continue;
    const entry = raw.slice(from, at).trim();
    from = at + 1;
    if (entry === '') continue;
    const space = entry.search(/\s/);
    const written = space < 0 ? entry : entry.slice(0, space);
    const absolute = absoluteAddress(written, resolving);
    isChanged ||= absolute !== null;
    entries.push(absolute === null ? entry : absolute + (space < 0 ? '' : entry.slice(space)));
  }
  return isChanged ? entries.join(', ') : null;
}

function partsEntries(raw: string, comma: number): boolean {
  return (
    comma === raw.length - 1 || markup.isSpace(raw.charCodeAt(comma + 1)) || markup.isSpace(raw.charCodeAt(comma - 1))
  );
}
