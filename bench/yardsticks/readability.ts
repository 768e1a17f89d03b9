import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import type { Extracted } from './extracted.ts';

/** @mozilla/readability on linkedom, as its documentation has it: a DOM of the page, and `parse()`. */
export function extract(html: Uint8Array): Extracted {
  const { document } = parseHTML(new TextDecoder().decode(html));
  const article = new Readability(document).parse();
  return {
    html: article?.content ?? '',
    title: article?.title ?? null,
    author: article?.byline ?? null,
    date: article?.publishedTime ?? null,
    image: null,
  };
}
