import { Random } from '../drawing/random.ts';
import { rfc3339 } from '../dates.ts';
import type { Issue } from '../issue.ts';
import { blocksHtml, escaped, linkFirstMention } from '../markup.ts';
import type { PageView } from './layout.ts';

// What several layouts have in common: data in the head, text, links, comments. The markup around it is each layout's own.

/** The document around head and body. */
export function documentOf({
  issue,
  title,
  head,
  body,
}: {
  issue: Issue;
  title: string;
  head: string;
  body: string;
}): string {
  const { publisher, origin } = issue;
  const charset =
    publisher.charset === 'utf-8'
      ? '<meta charset="utf-8">'
      : '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">';
  return `<!DOCTYPE html>
<html lang="${publisher.language}">
<head>
${charset}
<title>${escaped(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/images/logo.png">
<link rel="stylesheet" href="/style.css">
<link rel="alternate" type="${publisher.feedType.split(';')[0]}" title="${escaped(publisher.title)}" href="${origin}${publisher.feedPath}">
${head}
</head>
<body>
${body}
</body>
</html>
`;
}

/** The canonical address: the agency's, where a copy owns up to it, else the page's own. */
export function canonical({ issue, published }: PageView): string {
  const agency = issue.publisher.wireCredit === 'link-and-canonical' ? published.wire?.url : undefined;
  return `<link rel="canonical" href="${escaped(agency ?? published.url)}">`;
}

export function description({ published }: PageView): string {
  return `<meta name="description" content="${escaped(published.article.standfirst)}">`;
}

export function openGraph({ issue, published }: PageView): string {
  const { article, imageUrl } = published;
  const property = (name: string, content: string) => `<meta property="${name}" content="${escaped(content)}">`;
  return [
    property('og:type', 'article'),
    property('og:site_name', issue.publisher.title),
    property('og:title', article.title),
    property('og:description', article.standfirst),
    property('og:url', published.url),
    ...(article.image && imageUrl ? [property('og:image', imageUrl), property('og:image:alt', article.image.alt)] : []),
    property('article:published_time', rfc3339(published.published)),
    ...(published.updated > published.published ? [property('article:modified_time', rfc3339(published.updated))] : []),
    property('article:section', article.section),
    ...article.authors.map((name) => property('article:author', name)),
    ...article.keywords.map((tag) => property('article:tag', tag)),
  ].join('\n');
}

/** The article as schema.org's NewsArticle. */
export function newsArticle({ issue, published }: PageView): Record<string, unknown> {
  const { article, imageUrl } = published;
  return {
    '@type': 'NewsArticle',
    '@id': `${published.url}#article`,
    mainEntityOfPage: published.url,
    headline: article.title,
    description: article.standfirst,
    ...(article.image && imageUrl
      ? {
          image: {
            '@type': 'ImageObject',
            url: imageUrl,
            caption: article.image.caption,
            creditText: article.image.credit,
            width: 1200,
            height: 675,
          },
        }
      : {}),
    datePublished: rfc3339(published.published),
    dateModified: rfc3339(published.updated),
    author: article.authors.map((name) => ({ '@type': 'Person', name })),
    publisher: {
      '@type': 'NewsMediaOrganization',
      name: issue.publisher.title,
      logo: `${issue.origin}/images/logo.png`,
    },
    articleSection: article.section,
    keywords: article.keywords,
    inLanguage: issue.publisher.language,
  };
}

export function jsonLd(data: object): string {
  const json = JSON.stringify({ '@context': 'https://schema.org', ...data }, null, 1).replaceAll('<', '\\u003c');
  return `<script type="application/ld+json">\n${json}\n</script>`;
}

/** The article's blocks as HTML, its first keyword linked where it is first named. */
export function textBlocks({ published }: PageView): string[] {
  const [keyword] = published.article.keywords;
  const blocks = blocksHtml(published.body);
  return keyword === undefined ? blocks : linkFirstMention(blocks, keyword, tagPath(keyword));
}

/** The blocks with something between them: an advertisement, a pull quote, a link to other stories. */
export function withInterruption(blocks: readonly string[], after: number, interruption: string): string {
  return [...blocks.slice(0, after), ...(blocks.length > after + 1 ? [interruption] : []), ...blocks.slice(after)].join(
    '\n',
  );
}

/** For a copy of an agency's text: the words and, with most publishers, the link. Empty for other articles. */
export function sourceLine({ issue, published: { wire } }: PageView, className: string): string {
  if (wire === null) return '';
  const name = escaped(wire.publisher);
  const source = issue.publisher.wireCredit === 'text' ? name : `<a href="${escaped(wire.url)}">${name}</a>`;
  return `<p class="${className}">Source: ${source}</p>`;
}

export function links(others: PageView['others'], count: number, wrapper: (link: string) => string): string {
  return others
    .slice(0, count)
    .map(({ path, article }) => wrapper(`<a href="${path}">${escaped(article.title)}</a>`))
    .join('\n');
}

/** The sections of the publisher, as links. */
export function sectionLinks(issue: Issue, wrapper: (link: string) => string): string {
  const sections = [...new Set(issue.articles.map(({ article }) => article.section))].sort();
  return sections
    .map((name) => wrapper(`<a href="/sections/${encodeURIComponent(name)}/">${escaped(name)}</a>`))
    .join('\n');
}

export function tagLinks({ published }: PageView, wrapper: (link: string) => string): string {
  return published.article.keywords
    .map((tag) => wrapper(`<a href="${tagPath(tag)}" rel="tag">${escaped(tag)}</a>`))
    .join('\n');
}

function tagPath(tag: string): string {
  return `/tags/${encodeURIComponent(tag)}/`;
}

export function shareLinks({ published }: PageView, wrapper: (link: string) => string): string {
  const address = encodeURIComponent(published.url);
  const places = { Share: 'share', Post: 'post', 'E-mail': 'mail', Print: 'print' };
  return Object.entries(places)
    .map(([name, place]) => wrapper(`<a href="http://social.invalid/${place}?u=${address}" rel="nofollow">${name}</a>`))
    .join('\n');
}

export function byline({ published }: PageView): string {
  return escaped(published.article.authors.join(' and '));
}

const READERS = [
  'Old Salt',
  'marta_k',
  'Two Sugars',
  'P. Quillfeather',
  'windmill',
  'Nadia from the hill',
  'J.J.',
  'tenor2',
];
const REMARKS = [
  'I was there, and that is how it was.',
  'Thank you for a piece without shouting in it.',
  'My grandfather would have had a word to say about this.',
  'You forgot the 14 bus, which has not come since March.',
  'Could you link the report itself next time?',
  'Same story every year, only the names change.',
  'Well written. More of this, please.',
  'First!',
];
const RUSSIAN_READERS = ['Старый боцман', 'marina_k', 'Лев П.', 'Соседка', 'Ю. Чайкин'];
const RUSSIAN_REMARKS = [
  'Спасибо за спокойный рассказ.',
  'А автобус так и не ходит.',
  'Был там, всё так и есть.',
  'Ждём продолжения!',
  'Дайте, пожалуйста, ссылку на отчёт.',
];

export type Comment = { readonly name: string; readonly text: string };

/** What readers said: the same for the same article every time. */
export function comments({ issue, published }: PageView): Comment[] {
  const random = new Random(`${issue.publisher.id}/${published.article.slug}`);
  const [readers, remarks] =
    issue.publisher.language === 'ru' ? [RUSSIAN_READERS, RUSSIAN_REMARKS] : [READERS, REMARKS];
  const [reader, remark] = [random.whole(0, readers.length - 1), random.whole(0, remarks.length - 1)];
  return Array.from({ length: random.whole(1, 4) }, (_, index) => ({
    name: readers[(reader + index) % readers.length]!,
    text: remarks[(remark + index) % remarks.length]!,
  }));
}

export function commentList(view: PageView, wrapper: (comment: Comment) => string): string {
  return comments(view)
    .map(({ name, text }) => wrapper({ name: escaped(name), text: escaped(text) }))
    .join('\n');
}

/** `wrapper` around the correction's note; empty when there is none. */
export function correction({ published }: PageView, wrapper: (note: string) => string): string {
  return published.correctionNote === null ? '' : wrapper(escaped(published.correctionNote));
}
