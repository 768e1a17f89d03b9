import { load } from 'cheerio';

// What a page is made of, read in two ways that have nothing in common: by a browser's rules, and by counting tags.

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr']);

/**
 * The elements of a page in order, each with its depth, by its tags alone: each end must be that of the last that is
 * open. Throws an Error that names the tag where it is not. Attributes must be quoted.
 */
export function outlineByTags(html: string): string[] {
  const open: string[] = [];
  const outline: string[] = [];
  for (const [tag, slash, name] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s+[a-z:-]+(?:="[^"<>]*")?)*\s*>/g)) {
    if (slash === '/') {
      const last = open.pop();
      if (last !== name) throw new Error(`${tag} closes <${last ?? 'nothing'}>`);
    } else {
      outline.push(`${open.length} ${name}`);
      if (!VOID.has(name!)) open.push(name!);
    }
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(', ')}`);
  return outline;
}

/** The same by the rules of a browser (parse5), which moves and closes what does not stand where it may. */
export function outlineByBrowserRules(html: string): string[] {
  const $ = load(html);
  return $('html, html *')
    .toArray()
    .map((element) => `${$(element).parents().length} ${element.tagName}`);
}
