import { paragraphsOf, type ArticleKind } from './invent-article.ts';
import type { InventedArticle } from './invent-article.ts';
import { addressOf, blocksHtml, pageOf, pictureHtml, type Parts, type Site } from './site.ts';

/** One page as it would be fetched, and what its feed says of it. */
export type Page = {
  readonly url: string;
  readonly html: string;
  readonly kind: ArticleKind;
  readonly title: string;
  /** An instant. */
  readonly published: string;
  /** One to three sentences, as the feed gives them. */
  readonly feedSummary: string;
  /** What a reader should get, whether or not this page still holds it: without captions, credits and furniture. */
  readonly paragraphs: readonly string[];
};

/** The pieces of an article's page as the site makes it when all is well. */
export function partsOf(site: Site, article: InventedArticle): Parts {
  return {
    site,
    article,
    url: addressOf(site, article),
    body: blocksHtml(article.blocks, site),
    lead: article.lead === null ? '' : pictureHtml(article.lead, site, 'lead-picture'),
  };
}

/** A page of the article: in the site's look, or with other HTML in its place. */
export function pageFor(site: Site, article: InventedArticle, html = pageOf(partsOf(site, article))): Page {
  return {
    url: addressOf(site, article),
    html,
    kind: article.kind,
    title: article.title,
    published: article.published,
    feedSummary: article.summary,
    paragraphs: paragraphsOf(article),
  };
}
