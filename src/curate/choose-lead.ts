import type { Article } from '../model/article.ts';
import type { Source } from '../model/source.ts';
import { siteOf } from '../support/site-of.ts';

/** Bodies within a tenth of the longest count as equally full. */
const NEARLY = 0.9;

/**
 * Which article of a story is shown: the true source before copies, then the fuller body, the weightier source, the
 * earlier date, the lower id. An article is a true source only where its address lies on its own source's site, so that
 * no source can pose as another.
 */
export function chooseLead(articles: readonly Article[], sources: ReadonlyMap<string, Source>): Article {
  const longest = Math.max(...articles.map(({ wordCount }) => wordCount));
  const rank = (article: Article): number[] => {
    const source = sources.get(article.sourceId);
    return [
      isTrueSource(article, source) ? 0 : 1,
      article.wordCount >= longest * NEARLY ? 0 : 1,
      -(source?.weight ?? 1),
      Date.parse(article.published),
    ];
  };
  return articles
    .map((article) => ({ article, rank: rank(article) }))
    .reduce((best, next) => (before(next, best) ? next : best)).article;
}

type Ranked = { readonly article: Article; readonly rank: readonly number[] };

function before(a: Ranked, b: Ranked): boolean {
  const at = a.rank.findIndex((value, index) => value !== b.rank[index]);
  return at === -1 ? a.article.id < b.article.id : a.rank[at]! < b.rank[at]!;
}

function isTrueSource(article: Article, source: Source | undefined): boolean {
  const { link, sourceLink } = article;
  if (link === null || source === undefined || (sourceLink !== null && sourceLink.url !== link)) return false;
  return siteOf(link) === siteOf(source.url);
}
