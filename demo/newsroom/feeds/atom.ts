import { rfc3339, rfc3339At } from '../dates.ts';
import type { Issue, PublishedArticle } from '../issue.ts';
import { blocksHtml, element, escaped } from '../markup.ts';
import { newest } from './rss.ts';

type AtomStyle = {
  readonly id: string;
  readonly head?: readonly string[];
  /** Attributes of the feed element beside its namespace and language. */
  readonly attributes?: string;
  readonly entry: (published: PublishedArticle) => readonly string[];
};

/** An Atom 1.0 document (RFC 4287): the feed's usual lines, and an entry for each of the newest articles. */
export function atomDocument(issue: Issue, { id, head = [], attributes = '', entry }: AtomStyle): string {
  const { publisher, origin, lastChange } = issue;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${publisher.language}"${attributes}>`,
    element('id', id),
    element('title', publisher.title),
    element('subtitle', publisher.tagline),
    element('updated', rfc3339(lastChange)),
    `<link rel="self" type="application/atom+xml" href="${origin}${publisher.feedPath}"/>`,
    `<link rel="alternate" type="text/html" href="${origin}/"/>`,
    ...head,
    ...newest(issue).map((published) => `<entry>\n${entry(published).join('\n')}\n</entry>`),
    '</feed>',
    '',
  ].join('\n');
}

export function authors({ article }: PublishedArticle): string[] {
  return article.authors.map((name) => `<author>${element('name', name)}</author>`);
}

export function terms({ article }: PublishedArticle): string[] {
  return [article.section, ...article.keywords].map((term) => `<category term="${escaped(term)}"/>`);
}

/** Meridian Wire: everything that Atom offers, the text as escaped HTML. */
export function agencyAtom(issue: Issue): string {
  return atomDocument(issue, {
    id: 'tag:meridianwire.example,2026:wire',
    head: [
      element(
        'rights',
        `© ${issue.publisher.title}. Clients may reprint in full with the credit "Source: Meridian Wire".`,
      ),
    ],
    entry: (published) => agencyEntry(published, issue),
  });
}

function agencyEntry(published: PublishedArticle, issue: Issue): string[] {
  const { article, url, body, correctionNote, imageUrl } = published;
  const picture =
    article.image &&
    `<figure><img src="${imageUrl}" alt="${escaped(article.image.alt)}"/><figcaption>${escaped(article.image.caption)} (Photo: ${escaped(article.image.credit)})</figcaption></figure>`;
  const note = correctionNote && `<p><strong>Correction:</strong> ${escaped(correctionNote)}</p>`;
  const html = [picture, ...blocksHtml(body), note].filter((part) => part !== null).join('\n');
  return [
    element('id', `tag:meridianwire.example,2026:${article.slug}`),
    element('title', article.title),
    `<link rel="alternate" type="text/html" href="${url}"/>`,
    element('published', rfc3339(published.published)),
    element('updated', rfc3339(published.updated)),
    ...(article.authors.length > 0
      ? authors(published)
      : [`<author>${element('name', issue.publisher.title)}</author>`]),
    ...terms(published),
    element('rights', `© ${issue.publisher.title}`),
    `<summary type="text">${escaped(article.standfirst)}</summary>`,
    `<content type="html">${escaped(html)}</content>`,
  ];
}

/** The Daily Confluence Digest: an aggregator whose entries lead to its own pages and name no source. */
export function digestAtom(issue: Issue): string {
  return atomDocument(issue, {
    id: `${issue.origin}/`,
    head: [`<author>${element('name', 'The Digest desk')}</author>`],
    entry: (published) => [
      element('id', `${published.url}#digest`),
      element('title', published.article.title),
      `<link href="${published.url}"/>`,
      element('published', rfc3339At(published.published, 2)),
      element('updated', rfc3339At(published.updated, 2)),
      `<category term="${escaped(published.article.section)}"/>`,
      `<summary type="html">${escaped(`<p>${escaped(published.article.standfirst)}</p>`)}</summary>`,
    ],
  });
}
