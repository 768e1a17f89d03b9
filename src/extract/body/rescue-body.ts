import { parseHtml } from '../page/parse-html.ts';
import type { Document, Element } from 'domhandler';
import { escapeHtml } from '../../support/html.ts';
import { textOf, type JsonObject } from '../page/json-ld.ts';
import { walk } from '../page/page-model.ts';

/** A page that shows less text than this may hold its text elsewhere, in characters. */
export const HARDLY_ANY_TEXT = 250;
const LONGEST = 1_000_000;

/**
 * Opens what browsers show by script alone, where a page shows hardly any text: `<script type="text/template">` and
 * `<noscript>` become what they hold. Whether anything was opened. Changes the tree.
 */
export function openTemplates(document: Document): boolean {
  const found: Element[] = [];
  walk(document, {
    enter: (node) => {
      if (
        node.name === 'noscript' ||
        node.name === 'template' ||
        (node.name === 'script' &&
          /^text\/(?:x-)?(?:template|html|x-handlebars-template)$/i.test(node.attribs['type'] ?? ''))
      )
        found.push(node);
      return node.name !== 'head' && node.name !== 'noscript';
    },
    leave: () => {},
    text: () => {},
  });
  let opened = false;
  for (const element of found.slice(0, 50)) {
    if (element.name === 'script') {
      const first = element.firstChild;
      const text = first !== null && 'data' in first ? first.data : '';
      if (text.length < HARDLY_ANY_TEXT || text.length > LONGEST || !text.includes('<')) continue;
      const fragment = parseHtml(text);
      element.children = fragment.children;
      for (const child of fragment.children) child.parent = element;
    }
    element.name = 'div';
    element.attribs = {};
    opened = true;
  }
  return opened;
}

/**
 * The body that JSON-LD holds (`articleBody`), as paragraphs; null where there is none. Never the first choice: it is
 * often cut, or another article's.
 */
export function declaredBody(articles: readonly JsonObject[]): string | null {
  const text = textOf(articles[0]?.['articleBody']);
  if (text === null || text.length < HARDLY_ANY_TEXT || text.length > LONGEST) return null;
  const lines = /<(?:p|br|div)\b/i.test(text)
    ? [text]
    : text.split(/\n+/).map((line) => `<p>${escapeHtml(line.trim())}</p>`);
  return lines.join('\n');
}
