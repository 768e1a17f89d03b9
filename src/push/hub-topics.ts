import { isSubscriptionDocument } from '../support/feed-documents.ts';

/** Where under output/ the document of a topic lies that is named by its very own address; null for any other address. */
export function pathOfTopic(siteUrl: string, topic: string): string | null {
  if (!topic.startsWith(siteUrl)) return null;
  const path = topic.slice(siteUrl.length);
  return isSubscriptionDocument(path) ? path : null;
}

/** The Link header of a document (WebSub §4, §7): its hub, if there is one, and its own address. */
export function linkHeader({ hub, self }: { readonly hub: string | null; readonly self: string }): string {
  return `${hub === null ? '' : `<${hub}>; rel="hub", `}<${self}>; rel="self"`;
}
