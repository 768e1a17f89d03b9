import { escapeHtml } from '../../src/support/html.ts';

/** An entry as a publisher writes it. What is null is left out. */
export type AtomItem = {
  readonly guid: string | null;
  readonly link: string | null;
  readonly title: string;
  readonly text: string;
  readonly published: string | null;
  readonly author: string;
  readonly image: string | null;
  /** What it says that it was taken from: a link with rel="via", and FeedBurner's original link. */
  readonly via: string | null;
  readonly originalLink: string | null;
};

/** What a feed says of itself. */
export type AtomHead = { readonly title: string; readonly id: string; readonly site: string };

export function atomDocument(head: AtomHead, items: readonly AtomItem[]): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"
    xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><title>${escapeHtml(head.title)}</title>
    <id>${escapeHtml(head.id)}</id><link href="${escapeHtml(head.site)}"/>${items.map(entryOf).join('')}</feed>`;
}

function entryOf(item: AtomItem): string {
  const { guid, link, published, image, via, originalLink } = item;
  return `<entry><title>${escapeHtml(item.title)}</title>
    ${guid === null ? '' : `<id>${escapeHtml(guid)}</id>`}
    ${link === null ? '' : `<link href="${escapeHtml(link)}"/>`}
    ${via === null ? '' : `<link rel="via" href="${escapeHtml(via)}"/>`}
    ${originalLink === null ? '' : `<feedburner:origLink>${escapeHtml(originalLink)}</feedburner:origLink>`}
    ${published === null ? '' : `<published>${published}</published>`}
    <author><name>${escapeHtml(item.author)}</name></author>
    ${image === null ? '' : `<media:content url="${escapeHtml(image)}" medium="image" type="image/jpeg"/>`}
    <content type="html">${escapeHtml(`<p>${item.text}</p>`)}</content></entry>`;
}
