import type { Admitted } from '../admit/admit.ts';
import type { Feed } from '../model/feed.ts';
import type { Source, SourceState } from '../model/source.ts';
import type { Log } from '../support/log.ts';
import { siteOf } from '../support/site-of.ts';

/** So many sites that a feed's entries lead to are named. */
const MOST_SITES = 5;

/**
 * Tells the operator of a feed that has another title than before. Where not one of its entries was there before, it reads
 * as if somebody else had it now (a lapsed domain, a sold blog): that asks for a look. Nothing is done about it, since
 * from here it cannot be told from a new beginning.
 */
export function tellTurnover(
  log: Log,
  source: Source,
  read: {
    readonly before: Pick<SourceState, 'feedTitle'>;
    readonly feed: Pick<Feed, 'title' | 'entries'>;
    readonly admitted: readonly Pick<Admitted, 'kind'>[];
  },
): void {
  const { before, feed, admitted } = read;
  if (before.feedTitle === null || feed.title === null || before.feedTitle === feed.title) return;
  const sites = new Set(feed.entries.flatMap(({ link }) => (link === null ? [] : (siteOf(link) ?? []))));
  const fields = {
    sourceId: source.id,
    url: source.url,
    titleBefore: before.feedTitle,
    title: feed.title,
    linksLeadTo: [...sites].slice(0, MOST_SITES).join(', '),
  };
  const isAllNew = admitted.length > 0 && admitted.every(({ kind }) => kind === 'new');
  if (isAllNew)
    log.warn('a feed has another title and none of its old entries; is it still the same publisher’s?', fields);
  else log.info('a feed has another title', fields);
}
