import type { Article } from '../model/article.ts';
import type { Source } from '../model/source.ts';
import { listedOf, type OptOut } from './opt-out.ts';

/**
 * Why nothing at all of an article is published: its publisher is on the operator's list of those who do not want to
 * appear (`site.optOut`), whether it came from his own feed or an aggregator passed it on. Null: nothing stands against it.
 */
export function refusalOf(
  { link, sourceLink, publisher }: Pick<Article, 'link' | 'sourceLink' | 'publisher'>,
  optOut: OptOut,
  source: Pick<Source, 'url'> | null = null,
): string | null {
  if (optOut.size === 0) return null;
  const addresses = [link, sourceLink?.url ?? null, publisher.url, source?.url ?? null].flatMap(
    (url) => (url === null ? null : URL.parse(url)) ?? [],
  );
  const listed = listedOf(optOut, addresses);
  return listed === null
    ? null
    : `its publisher does not want to appear here: “${listed}” is on the site’s optOut list`;
}
