import { load } from 'cheerio';
import type { Document, Element } from 'domhandler';

/** Null, or what is wrong with an operator's CSS selector, as a sentence's end. */
export function selectorFault(selector: string): string | null {
  try {
    load('<p></p>', { xml: false, _useHtmlParser2: true } as never)(selector);
    return null;
  } catch (error) {
    return `is no CSS selector (${String(Error.isError(error) ? error.message : error)
      .split('\n')[0]!
      .slice(0, 120)})`;
  }
}

/** The elements that the operator's selector names, outermost alone, in document order. */
export function selectedElements(document: Document, selector: string): Element[] {
  const found = new Set<Element>(load(document)(selector).toArray() as Element[]);
  return [...found].filter((element) => {
    for (let parent = element.parent; parent !== null; parent = parent.parent)
      if (found.has(parent as Element)) return false;
    return true;
  });
}

/** Takes away what the operator does not want of a page. Changes the tree. */
export function removeElements(document: Document, selectors: readonly string[]): void {
  if (selectors.length === 0) return;
  const $ = load(document);
  for (const selector of selectors) $(selector).remove();
}
