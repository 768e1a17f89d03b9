import { sha256 } from '../support/hash.ts';

/** The shape of what webhooks are told (docs/webhook.schema.json). A change that old readers cannot read is a new number. */
export const WEBHOOK_VERSION = 1;

/** What a webhook was told of an entry: a digest of it. */
export type ToldEntry = { readonly entryId: string; readonly digest: string };

type Item = Readonly<Record<string, unknown>> & { readonly id: string };
type Retracted = { readonly id: string; readonly at: string };

/** The difference between what was told and what is published. */
export type TopicNews = {
  readonly title: string;
  readonly added: readonly Item[];
  readonly changed: readonly Item[];
  readonly retracted: readonly Retracted[];
  /** What there is to remember: entries that were not told in this way before. */
  readonly told: readonly ToldEntry[];
  /** The entries that the document has. */
  readonly present: readonly string[];
};

/**
 * What a topic's JSON Feed says that was not told yet. Entries are told as they stand in it, so what the gate left out of
 * the feed is told to nobody. What has merely scrolled out of the document is no news.
 * @param document the bytes that were published
 * @param before.told by entry id: the digest that was told last
 * @param before.retracted what was told and has been taken back since, whether or not the document says so already
 */
export function topicNews(
  document: Uint8Array,
  before: { readonly told: ReadonlyMap<string, string>; readonly retracted: readonly Retracted[] },
): TopicNews {
  const { told, retracted } = before;
  const feed = JSON.parse(Buffer.from(document).toString('utf8')) as {
    readonly title: string;
    readonly items: readonly Item[];
  };
  const gone = new Set(retracted.map(({ id }) => id));
  const items = feed.items.filter(({ id }) => !gone.has(id));
  const fresh = items
    .map((item) => ({ item, digest: sha256(JSON.stringify(item)) }))
    .filter(({ item, digest }) => told.get(item.id) !== digest);
  return {
    title: feed.title,
    added: fresh.filter(({ item }) => !told.has(item.id)).map(({ item }) => item),
    changed: fresh.filter(({ item }) => told.has(item.id)).map(({ item }) => item),
    retracted,
    told: fresh.map(({ item, digest }) => ({ entryId: item.id, digest })),
    present: items.map(({ id }) => id),
  };
}

export function isNews({ added, changed, retracted }: TopicNews): boolean {
  return added.length + changed.length + retracted.length > 0;
}

/** The JSON that a webhook is sent. The same news under the same id is the same text, byte for byte. */
export function webhookPayload(
  { title, added, changed, retracted }: TopicNews,
  given: { readonly id: string; readonly topicId: string; readonly feedUrl: string },
): string {
  const { id, topicId, feedUrl } = given;
  const topic = { id: topicId, title, feed_url: feedUrl };
  return JSON.stringify({ version: WEBHOOK_VERSION, id, topic, added, changed, retracted });
}
