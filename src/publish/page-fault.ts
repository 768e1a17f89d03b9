import { withoutForbiddenCharacters } from '../support/html.ts';
import { publicAddress } from '../support/public-address.ts';
import { tagsIn, type Tag } from './page-tags.ts';
import { Refusal } from './refusal.ts';

/** What a page has to hold: its title, within <title>, and addresses that it links to, those that can be. */
export type MeantPage = { readonly title: string; readonly links: readonly string[] };

const DOCTYPE = /^<!doctype html>\s*(?=<html[\s>])/i;
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** Elements that run something, send something or bring in another document. */
const NEVER = new Set('script iframe object embed applet frame frameset base form'.split(' '));
const ADDRESSES = new Set(['href', 'src', 'action', 'formaction', 'poster', 'data', 'xlink:href']);

/**
 * What is wrong with one of our pages, in words; null if nothing is. Stricter than HTML: every element is closed in its
 * turn, attributes stand in double quotes, nothing is a comment, no `<` stands alone (Refusal where it cannot be read).
 */
export function pageFault(html: string, meant: MeantPage): string | null {
  if (withoutForbiddenCharacters(html) !== html) return 'a character that no document may hold';
  const doctype = DOCTYPE.exec(html)?.[0];
  if (doctype === undefined) return 'it does not begin as an HTML document';
  const open: string[] = [];
  const links = new Set<string>();
  let title = '';
  for (const tag of tagsIn(html, doctype.length)) {
    if (open.at(-1) === 'title') title += tag.textBefore;
    if (open.length === 0 && tag.textBefore.trim() !== '') return 'text outside of the document';
    if (tag.name === '') break;
    nest(open, tag);
    const active = tag.attributes.find(([name, value]) => isActive(name, value));
    if (NEVER.has(tag.name)) return `<${tag.name}> does not belong into a page, in line ${tag.line}`;
    if (active !== undefined) return `${active[0]}="${active[1].slice(0, 30)}" does not belong into a page`;
    if (tag.name === 'a') for (const [name, value] of tag.attributes) if (name === 'href') links.add(value);
  }
  if (open.length > 0) return `<${open.at(-1)!}> is never closed`;
  if (!title.includes(withoutForbiddenCharacters(meant.title))) return `the title is "${title.trim()}"`;
  const missing = meant.links.map(publicAddress).find((link) => link !== null && !links.has(link)) ?? null;
  return missing === null ? null : `no link to ${missing}`;
}

/** Keeps the list of elements that are open. */
function nest(open: string[], { name, kind, line }: Tag): void {
  if (kind === 'start' && !VOID.has(name)) open.push(name);
  if (kind === 'end' && open.pop() !== name) throw new Refusal(`</${name}> closes what is not open, in line ${line}`);
}

/** Browsers overlook white space within a scheme, and controls before it. */
const SCRIPT_SCHEMES = new Set(['javascript', 'vbscript', 'data']);

function isActive(attribute: string, value: string): boolean {
  if (attribute.startsWith('on') || attribute === 'style' || attribute === 'srcdoc') return true;
  if (attribute === 'http-equiv') return /^\s*refresh\s*$/i.test(value);
  const scheme = (value.split(':')[0] ?? '').replace(/[^a-z]/gi, '').toLowerCase();
  return ADDRESSES.has(attribute) && SCRIPT_SCHEMES.has(scheme) && !/^data:image\/(?!svg)/i.test(value);
}
