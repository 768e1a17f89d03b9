import { load } from 'cheerio';
import type { Document, Element } from 'domhandler';

/** The elements that the operator's selector names, outermost alone, in document order. */
export function selectedElements(document: Document, selector: string): Element[] {
  const found = new Set<Element>(load(document).root().find(selector).toArray());
  return [...found].filter((element) => {
    for (let parent = element.parent; parent !== null; parent = parent.parent)
      if (found.has(parent as Element)) return false;
    return true;
  });
}

/** Takes away what the operator does not want of a page. Changes the tree. */
export function removeElements(document: Document, selectors: readonly string[]): void {
  if (selectors.length === 0) return;
  // Not `$(selector)`: that takes what holds a tag, if only in a quoted value, for markup.
  const root = load(document).root();
  for (const selector of selectors) root.find(selector).remove();
}
