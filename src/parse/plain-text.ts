import { foldWhiteSpace } from '../support/html.ts';
import { BREAKING_ELEMENTS, HIDDEN_ELEMENTS, TEXT_ELEMENTS } from './html-names.ts';
import * as markup from './markup.ts';
import { placeOf, type Places } from './places.ts';
import { decodeReferences } from './references.ts';

/**
 * The plain text of an HTML fragment: without tags, comments and what scripts hold, references decoded once, white space
 * folded.
 */
export function textOfHtml(html: string): string {
  return foldWhiteSpace(decodeReferences(withoutTags(html, null)));
}

/** White space that folding would change. */
const ODD_SPACE = /[^\S ]| {2}/;

/**
 * The plain text of a line that may be HTML or plain, which its format leaves open (RSS 2.0 titles): as textOfHtml, but
 * only the tags of HTML's own elements go, so that words in angle brackets stay.
 */
export function textOfLine(line: string): string {
  if (!line.includes('<') && !line.includes('&')) return ODD_SPACE.test(line) ? foldWhiteSpace(line) : line.trim();
  return foldWhiteSpace(decodeReferences(withoutTags(line, TEXT_ELEMENTS)));
}

function withoutTags(html: string, known: ReadonlySet<string> | null): string {
  let open = html.indexOf('<');
  if (open < 0) return html;
  let text = '';
  let from = 0;
  const search: Search = { known, places: new Map() };
  while (open >= 0) {
    const passed = passTag(html, open, search);
    if (passed !== null) {
      text += html.slice(from, open) + passed.instead;
      from = passed.next;
    }
    open = html.indexOf('<', passed === null ? open + 1 : from);
  }
  return text + html.slice(from);
}

/** `known`: the names whose tags go, null for all. */
type Search = { readonly known: ReadonlySet<string> | null; readonly places: Places };

type Passed = { readonly next: number; readonly instead: string };

/** What follows a tag or comment at `open`; null where the `<` begins none. A comment without an end hides nothing. */
function passTag(html: string, open: number, search: Search): Passed | null {
  if (html.startsWith('<!--', open)) {
    const end = placeOf(html, '-->', open + 4, search.places);
    return { next: end < 0 ? open + 4 : end + 3, instead: '' };
  }
  if (html.startsWith('<![CDATA[', open)) {
    const end = placeOf(html, ']]>', open, search.places);
    const within = end < 0 ? '' : html.slice(open + 9, end);
    return end < 0 || within.includes('<') ? { next: open + 9, instead: '' } : { next: end + 3, instead: within };
  }
  // What a browser takes for a comment (HTML §13.2.5.6); in a line that may be plain text it is text.
  const unit = html.charCodeAt(open + 1);
  if (search.known === null && (unit === markup.BANG || unit === markup.QUESTION)) {
    const end = placeOf(html, '>', open, search.places);
    return end < 0 ? null : { next: end + 1, instead: '' };
  }
  const isEnd = unit === markup.SLASH;
  const nameStart = isEnd ? open + 2 : open + 1;
  if (!markup.isNameStart(html.charCodeAt(nameStart))) return null;
  const nameEnd = markup.endOfName(html, nameStart);
  const name = localName(html, nameStart, nameEnd);
  if (search.known !== null && !search.known.has(name)) return null;
  const end = markup.endOfTag(html, open);
  if (end < 0) return null;
  const instead = BREAKING_ELEMENTS.has(name) ? ' ' : '';
  const hides = !isEnd && HIDDEN_ELEMENTS.has(name);
  return { next: hides ? afterHidden(html, { name, end }, search) : end, instead };
}

/** The name in lower case without its prefix; '' for one that is longer than any of HTML. */
function localName(html: string, start: number, end: number): string {
  if (end - start > 24) return '';
  const name = html.slice(start, end).toLowerCase();
  return name.slice(name.indexOf(':') + 1);
}

/** Where the end tag of a hidden element begins; an element without one hides nothing. */
function afterHidden(html: string, start: { readonly name: string; readonly end: number }, search: Search): number {
  if (html.charCodeAt(start.end - 2) === markup.SLASH) return start.end;
  const end = placeOf(html, `</${start.name}`, start.end, search.places);
  return end < 0 ? start.end : end;
}
