import { Defuddle } from 'defuddle/node';
import { parseHTML } from 'linkedom';
import type { Extracted } from './extracted.ts';

/** defuddle on linkedom, as its documentation has it for Node. */
export async function extract(html: Uint8Array, url: string): Promise<Extracted> {
  const { document } = parseHTML(new TextDecoder().decode(html));
  const { content, title, author, published, image } = await Defuddle(document, url);
  const given = (value: string): string | null => (value === '' ? null : value);
  return { html: content, title: given(title), author: given(author), date: given(published), image: given(image) };
}
