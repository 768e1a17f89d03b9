import type { Article } from '../model/article.ts';
import type { Site } from '../model/site.ts';
import type { Source } from '../model/source.ts';

/**
 * Why nothing at all of an article is published: its publisher is on the operator's list of those who do not want to
 * appear (`site.optOut`), whether it came from his own feed or an aggregator passed it on. Null: nothing stands against it.
 */
export function refusalOf(
  { link, sourceLink, publisher }: Pick<Article, 'link' | 'sourceLink' | 'publisher'>,
  site: Pick<Site, 'optOut'>,
  source: Pick<Source, 'url'> | null = null,
): string | null {
  if (site.optOut.length === 0) return null;
  const addresses = [link, sourceLink?.url ?? null, publisher.url, source?.url ?? null].flatMap(
    (url) => (url === null ? null : URL.parse(url)) ?? [],
  );
  const listed = site.optOut.find((one) => addresses.some((address) => isBelow(address, one)));
  return listed === undefined
    ? null
    : `its publisher does not want to appear here: “${listed}” is on the site’s optOut list`;
}

/** Whether an address is of a listed host, or one below it, and begins with the listed path. */
function isBelow(address: URL, listed: string): boolean {
  const place = URL.parse(/^https?:\/\//i.test(listed) ? listed : `https://${listed.replace(/^\*\./, '')}`);
  if (place === null) return false;
  const [host, of] = [bare(address.hostname), bare(place.hostname)];
  if (host !== of && !host.endsWith(`.${of}`)) return false;
  const path = place.pathname;
  return address.pathname === path || address.pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function bare(hostname: string): string {
  return hostname.replace(/\.$/, '').replace(/^www\./, '');
}
