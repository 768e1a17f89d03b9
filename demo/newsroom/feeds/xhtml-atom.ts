import { rfc3339 } from '../dates.ts';
import type { Issue, PublishedArticle } from '../issue.ts';
import { blocksHtml, element, escaped, linkFirstMention } from '../markup.ts';
import { atomDocument, authors, terms } from './atom.ts';

/** Northgate Business: texts as XHTML elements, every link relative to an xml:base. Copies name no agency here. */
export function xhtmlAtom(issue: Issue): string {
  return atomDocument(issue, {
    id: 'urn:northgate-business:main',
    attributes: ` xml:base="${issue.origin}/"`,
    head: [`<author>${element('name', issue.publisher.title)}</author>`, '<icon>images/logo.png</icon>'],
    entry,
  });
}

function entry(published: PublishedArticle): string[] {
  const { article, path } = published;
  const folder = path.slice(1, path.lastIndexOf('/') + 1);
  return [
    element('id', `urn:northgate-business:${article.slug}`),
    element('title', article.title),
    `<link rel="alternate" href="${path.slice(1)}"/>`,
    element('published', rfc3339(published.published)),
    element('updated', rfc3339(published.updated)),
    ...(published.wire === null ? authors(published) : []),
    ...terms(published),
    element('summary', article.standfirst),
    `<content type="xhtml" xml:base="${folder}"><div xmlns="http://www.w3.org/1999/xhtml">${xhtml(published)}</div></content>`,
  ];
}

function xhtml({ article, body, correctionNote }: PublishedArticle): string {
  const picture =
    article.image &&
    `<div class="lead-picture"><img src="../../images/${escaped(article.image.file)}" alt="${escaped(article.image.alt)}"/><p class="cutline">${escaped(article.image.caption)}</p><p class="picture-source">Credit: ${escaped(article.image.credit)}</p></div>`;
  const [keyword] = article.keywords;
  const paragraphs = blocksHtml(body);
  const linked =
    keyword === undefined
      ? paragraphs
      : linkFirstMention(paragraphs, keyword, `../../tags/${encodeURIComponent(keyword)}/`);
  const note = correctionNote && `<p class="amendment">${escaped(correctionNote)}</p>`;
  return [picture, ...linked, note].filter((part) => part !== null).join('\n');
}
