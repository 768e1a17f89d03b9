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
  if (/^https?:\/\/(?:localhost|127\.|\[::1\])/i.test(site.url)) {
    doubts.push(
      `site.url is ${site.url}: feeds that others read would point to their own machine; put the public address there`,
    );
  }
  return doubts;
}
