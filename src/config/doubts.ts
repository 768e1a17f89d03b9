import type { EntryFilter } from '../model/rule.ts';
import type { Order } from './sources-file.ts';

/**
 * What is allowed in sources.json and yet hardly meant: one sentence each, with what would help.
 * @param refusalOfHost why the outbound client would never ask a host; null: it would
 */
export function doubtsOf(
  { site, topics, sources }: Order,
  refusalOfHost: (hostname: string) => string | null,
): string[] {
  const doubts: string[] = [];
  const enabled = sources.filter((source) => source.enabled);
  if (sources.length === 0) doubts.push('there are no sources, so nothing is ever fetched');
  else if (enabled.length === 0) doubts.push('every source is switched off ("enabled": false)');
  if (topics.length === 0) doubts.push('there are no topics, so nothing is ever published');
  for (const { id, url } of enabled) {
    const refusal = refusalOfHost(new URL(url).hostname);
    if (refusal !== null)
      doubts.push(`source "${id}" is never asked: ${refusal}; if that is meant, add --allow-network`);
  }
  for (const { id, match } of topics) {
    const fed = match !== null || enabled.some(({ topicIds }) => topicIds.includes(id));
    if (!fed) doubts.push(`topic "${id}" stays empty: it has no "match", and no source names it in "topics"`);
  }
  for (const { id, filters } of sources) doubts.push(...doubtsOfFilters(filters, `the source "${id}"`));
  for (const { id, filters } of topics) doubts.push(...doubtsOfFilters(filters, `the topic "${id}"`));
  if (/^https?:\/\/(?:localhost|127\.|\[::1\])/i.test(site.url)) {
    doubts.push(
      `site.url is ${site.url}: feeds that others read would point to their own machine; put the public address there`,
    );
  }
  return doubts;
}

/** `minWords` is the least that a filter fits, and not the least that an entry is to have. */
function doubtsOfFilters(filters: readonly EntryFilter[], of: string): string[] {
  return filters.flatMap(({ does, note, minWords, maxWords, ...rule }, at) => {
    const asksForMore = Object.values(rule).some((asked) => asked !== null && asked.length > 0);
    if (does !== 'drop' || minWords === null || maxWords !== null || asksForMore) return [];
    const name = note === null ? `filter ${at + 1}` : `the filter "${note}"`;
    return [`${name} of ${of} drops entries of ${minWords} words and more; if short ones are meant, say "maxWords"`];
  });
}
