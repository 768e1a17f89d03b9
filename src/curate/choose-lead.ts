import type { Article } from '../model/article.ts';
import type { Source } from '../model/source.ts';
import { canonicalAddress } from '../support/canonical-address.ts';
import { siteOf } from '../support/site-of.ts';

/** Bodies within a tenth of the longest count as equally full. */
const NEARLY = 0.9;

/**
 * Which article of a story is shown: the true source before copies, then the fuller body, the weightier source, the
 * earlier date, the lower id. An article is a true source only where its address lies on its own source's site, so that
 * no source can pose as another.
 *
 * What is published stays: `present`, which leads it, gives way to another source's article only where it says itself
 * that it was taken from there. So nothing that another source writes can change or hide it.
 */
export function chooseLead(
  articles: readonly Article[],
  sources: ReadonlyMap<string, Source>,
  present: Article | null = null,
): Article {
  const standing = present === null ? undefined : articles.find(({ id }) => id === present.id);
  const eligible =
    standing === undefined ? articles : articles.filter((article) => mayFollow(article, standing, sources));
  const longest = Math.max(...eligible.map(({ wordCount }) => wordCount));
  const rank = (article: Article): number[] => {
    const source = sources.get(article.sourceId);
    return [
      isTrueSource(article, source) ? 0 : 1,
      article.wordCount >= longest * NEARLY ? 0 : 1,
      -(source?.weight ?? 1),
      Date.parse(article.published),
    ];
  };
  return eligible
    .map((article) => ({ article, rank: rank(article) }))
    .reduce((best, next) => (before(next, best) ? next : best)).article;
}

/** Whether an article may lead in the place of the one that does: itself, one of the same source, or what that one names as its source. */
function mayFollow(article: Article, present: Article, sources: ReadonlyMap<string, Source>): boolean {
  if (article.sourceId === present.sourceId) return true;
  const { link } = article;
  if (link === null || !isTrueSource(article, sources.get(article.sourceId))) return false;
  if (!sources.has(present.sourceId)) return true;
  const named = [present.sourceLink?.url ?? null, present.link];
  return named.some((url) => url !== null && canonicalAddress(url) === canonicalAddress(link));
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
