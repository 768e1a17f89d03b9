/** The documents that may be subscribed to: those of topics, in any format and variant. Archives never change. */
const SUBSCRIBED = /^feeds\/[a-z0-9-]{1,63}(?:\.excerpt)?\.(atom|rss|json)$/;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

/** Where under output/ the document of a topic lies that is named by its very own address; null for any other address. */
export function pathOfTopic(siteUrl: string, topic: string): string | null {
  if (!topic.startsWith(siteUrl)) return null;
  const path = topic.slice(siteUrl.length);
  return isSubscribed(path) ? path : null;
}

export function isSubscribed(path: string): boolean {
  return SUBSCRIBED.test(path);
}

/** The Content-Type that a document is served with. */
export function mediaTypeOf(path: string): string {
  return MEDIA_TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

/** The Link header of a document (WebSub §4, §7): its hub, if there is one, and its own address. */
export function linkHeader({ hub, self }: { readonly hub: string | null; readonly self: string }): string {
  return `${hub === null ? '' : `<${hub}>; rel="hub", `}<${self}>; rel="self"`;
}
