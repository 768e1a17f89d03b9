import { walk } from './page-model.ts';
import { parseHtml } from './parse-html.ts';

const LONGEST = 4000;

/** The text of a value that may hold markup: of an attribute, of structured data. A line's break stays one. */
export function plainWords(value: string): string {
  const cut = value.slice(0, LONGEST);
  if (!/[<&]/.test(cut)) return cut;
  const parts: string[] = [];
  walk(parseHtml(cut), {
    enter: ({ name }) => {
      if (/^(?:br|p|div|li)$/.test(name)) parts.push('\n');
      return !/^(?:script|style|template)$/.test(name);
    },
    leave: () => {},
    text: ({ data }) => parts.push(data.replace(/\s+/g, ' ')),
  });
  return parts.join('').trim();
}
