// Files begin with control characters, and few texts hold any.
/* oxlint-disable no-control-regex */
import { countWords } from '../support/words.ts';

/** How much of a document tells what it is. */
const LOOKED_AT = 4096;

// By which files of other kinds begin, as Latin-1.
const BEGINNINGS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['a PDF file', /^.{0,200}?%PDF-\d/s],
  ['a picture', /^(?:\x89PNG|GIF8[79]a|\xff\xd8\xff|RIFF....WEBP|II\*\0|MM\0\*|....ftyp(?:avi[fs]|hei[cf]|mif1))/s],
  ['a sound or a film', /^(?:ID3|OggS|fLaC|RIFF....(?:WAVE|AVI )|....ftyp|\x1a\x45\xdf\xa3|\xff[\xe3\xf3\xfb])/s],
  ['a packed file', /^(?:PK[\x03\x05\x07]|\x1f\x8b\x08|\x28\xb5\x2f\xfd|7z\xbc\xaf|Rar!|BZh\d|\xfd7zXZ)/],
  ['a document of an office program', /^(?:\xd0\xcf\x11\xe0|\{\\rtf)/],
];
/** More controls than this among a hundred bytes: no text. */
const MOST_CONTROLS = 0.5;

const BEFORE_THE_ROOT = /^(?:\s|<\?[^>]*>|<!--[\s\S]*?-->|<!doctype[^>]*>)+/i;
const ROOT = /^<(?:[\w.-]+:)?([\w.-]+)/;
const FEED_ROOTS = /^(?:rss|feed|rdf|channel)$/i;
/** Roots of HTML that is written as XML: whole pages, and parts of them. */
const PAGE_ROOTS = /^(?:html|head|body|title|main|article|section|div|p|h\d|span|table|ul|ol)$/i;
/** Without one of these a text that begins with no tag is no page. */
const PAGE_TAGS = /<(?:!doctype\s+html|html|head|body|title|meta|main|article)\b/i;
/** So many characters of U+FFFD among a hundred that are not ASCII: the text was written in other letters. */
const MOST_UNREADABLE = 10;

/**
 * What a document is that was sent as a page and is none ("a PDF file"), by its bytes and by its text; null where it may
 * be a page. Servers call anything text/html.
 */
export function notAPage(body: Uint8Array, text: string): string | null {
  return otherFile(body) ?? otherText(text) ?? (isUnreadable(text) ? 'written in letters that cannot be read' : null);
}

function otherFile(body: Uint8Array): string | null {
  const head = String.fromCharCode(...body.subarray(0, LOOKED_AT));
  const known = BEGINNINGS.find(([, pattern]) => pattern.test(head))?.[0];
  if (known !== undefined) return known;
  const isWide = /^(?:\xff\xfe|\xfe\xff|<\0|\0<)/.test(head);
  // White space at the beginning is sometimes zeroes.
  const controls = head.match(/[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]/g)?.length ?? 0;
  return !isWide && controls * 100 > head.length * MOST_CONTROLS && controls > 4 ? 'no text at all' : null;
}

function otherText(text: string): string | null {
  const start = text.slice(0, LOOKED_AT).trimStart();
  if (start === '') return null;
  if (start.startsWith('<')) {
    const root = ROOT.exec(start.replace(BEFORE_THE_ROOT, ''))?.[1];
    if (root === undefined) return null;
    if (FEED_ROOTS.test(root)) return 'a feed';
    return /^<\?xml\b/i.test(start) && !PAGE_ROOTS.test(root) ? 'XML of another kind' : null;
  }
  if (/^[[{]\s*(?:["[{\]}]|-?\d)/.test(start)) return PAGE_TAGS.test(outsideQuotes(start)) ? null : 'JSON';
  if (PAGE_TAGS.test(text) || countWords(start) === 0) return null;
  return 'plain text without markup';
}

/** What of a beginning stands in no string. */
function outsideQuotes(start: string): string {
  return start.replaceAll(/"(?:[^"\\]|\\.)*(?:"|$)/gs, '');
}

function isUnreadable(text: string): boolean {
  let unreadable = 0;
  let beyondAscii = 0;
  for (let index = 0; index < text.length && index < 200_000; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) beyondAscii++;
    if (code === 0xfffd) unreadable++;
  }
  return unreadable > 20 && unreadable * 100 > beyondAscii * MOST_UNREADABLE;
}
