/** The documents that may be subscribed to: those of topics, in any format and variant. Archives never change. */
const SUBSCRIBED = /^feeds\/[a-z0-9-]{1,63}(?:\.excerpt)?\.(?:atom|rss|json)$/;

/** The media types of feeds, by the endings of their names. */
const FEED_TYPES = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
} as const;

/**
 * `feeds/world.atom` and `feeds/world.excerpt.json`: what readers subscribe to, as distinct from a closed archive.
 * @param path under output/
 */
export function isSubscriptionDocument(path: string): boolean {
  return SUBSCRIBED.test(path);
}

/** The Content-Type that a feed is sent with; null for what is none. */
export function feedTypeOf(path: string): string | null {
  const [, ending] = /^feeds\/.*\.(atom|rss|json)$/.exec(path) ?? [];
  return ending === undefined ? null : FEED_TYPES[ending as keyof typeof FEED_TYPES];
}
