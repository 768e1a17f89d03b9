import { readPage } from '../../src/extract/read-page.ts';
import { keepPagesYoung } from '../../src/support/heap.ts';

// As src/main.ts does: memory and time are those of the product.
keepPagesYoung();

/** For run-articles.mjs: what the product reads from one page. The day of measuring is fixed, so that runs compare. */
export function extract(html: Uint8Array, { url }: { readonly url?: string }): unknown {
  const { metadata, image, text } = readPage({
    body: html,
    contentType: null,
    url: url ?? 'https://page.invalid/',
    now: '2026-12-31T00:00:00Z',
  });
  return {
    articleBody: text,
    title: metadata.title,
    author: metadata.authors.map(({ name }) => name).join(', ') || null,
    date: metadata.published,
    image: image?.url ?? null,
  };
}
