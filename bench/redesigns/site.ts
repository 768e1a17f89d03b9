import type { Block, InventedArticle, Picture } from './invent-article.ts';
import type { LanguageTexts } from './texts/language-texts.ts';

/** One invented newsroom. */
export type Site = {
  readonly name: string;
  readonly host: string;
  readonly texts: LanguageTexts;
  readonly look: Look;
  /** The address of an article: `{slug}`, `{section}` and `{date}` are filled in. */
  readonly urlPattern: string;
  /** Headlines for the column beside the text and for the front page. */
  readonly headlines: readonly { readonly title: string; readonly teaser: string }[];
};

/** What a look puts into its frame. Every piece is HTML. */
export type Parts = {
  readonly site: Site;
  readonly article: InventedArticle;
  readonly url: string;
  /** The text. */
  readonly body: string;
  /** The lead picture with its caption, or ''. */
  readonly lead: string;
  /** More inside the container of the text, before and behind it. */
  readonly bodyStart?: string;
  readonly bodyEnd?: string;
  /** More inside the article, below the container. */
  readonly below?: string;
  /** The container's class, where it is no longer the look's own. */
  readonly container?: string;
  readonly head?: string;
};

/** The inside of `<body>` for one article. */
export type Look = (parts: Parts) => string;

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The address at which a site keeps an article. */
export function addressOf(site: Site, article: InventedArticle, pattern = site.urlPattern): string {
  const path = pattern
    .replace('{slug}', article.slug)
    .replace('{section}', encodeURIComponent(article.section.toLowerCase()))
    .replace('{date}', article.published.slice(0, 10).replaceAll('-', '/'));
  return `https://${site.host}${path}`;
}

/** A whole page in the site's look. */
export function pageOf(parts: Parts): string {
  const { site, article, url } = parts;
  const picture = article.lead === null || parts.lead === '' ? null : `https://${site.host}${article.lead.path}`;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: article.title,
    datePublished: article.published,
    author: { '@type': 'Person', name: article.author },
    publisher: { '@type': 'Organization', name: site.name },
    mainEntityOfPage: url,
    ...(picture === null ? {} : { image: picture }),
  };
  const head = [
    `<title>${escaped(article.title)} | ${escaped(site.name)}</title>`,
    `<link rel="canonical" href="${url}">`,
    `<meta property="og:title" content="${escaped(article.title)}">`,
    `<meta property="og:site_name" content="${escaped(site.name)}">`,
    `<meta property="og:type" content="article">`,
    picture === null ? '' : `<meta property="og:image" content="${picture}">`,
    `<script type="application/ld+json">${JSON.stringify(data)}</script>`,
    parts.head ?? '',
  ].join('');
  return documentOf(site.texts.language, head, site.look(parts));
}

/** A document around a head and a body. */
export function documentOf(language: string, head: string, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${head}</head><body>${body}</body></html>`;
}

export function pictureHtml({ path, alt, caption, credit }: Picture, { texts }: Site, className: string): string {
  return `<figure class="${className}"><img src="${path}" width="1200" height="800" alt="${escaped(alt)}"><figcaption>${escaped(caption)} <span class="credit">${texts.labels.photo}: ${escaped(credit)}</span></figcaption></figure>`;
}

/** The blocks of an article as plain semantic HTML. */
export function blocksHtml(blocks: readonly Block[], site: Site): string {
  return blocks.map((block) => blockHtml(block, site)).join('\n');
}

function blockHtml(block: Block, site: Site): string {
  if (block.is === 'picture') return pictureHtml(block.picture, site, 'inline-picture');
  if (block.is === 'list') return `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
  if (block.is === 'video') return playerHtml(block.title);
  const [open, close] = AROUND[block.is];
  return `${open}${escaped(block.text)}${close}`;
}

const AROUND = {
  paragraph: ['<p>', '</p>'],
  heading: ['<h2>', '</h2>'],
  question: ['<p><strong>', '</strong></p>'],
  quote: ['<blockquote><p>', '</p></blockquote>'],
  time: ['<p><time>', '</time></p>'],
} as const;

function playerHtml(title: string): string {
  const film = `${title.length}${title.charCodeAt(0)}`;
  return `<div class="player"><iframe src="https://player.example/embed/${film}" title="${escaped(title)}" width="640" height="360"></iframe></div>`;
}
