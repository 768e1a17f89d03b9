import { sha256 } from '../support/hash.ts';

/** The shape of what webhooks are told (docs/webhook.schema.json). A change that old readers cannot read is a new number. */
export const WEBHOOK_VERSION = 1;

/** What a webhook was told of an entry: a digest of it, or that it was taken back. */
export type ToldEntry = { readonly entryId: string; readonly digest: string };

/** The digest that stands for an entry that was taken back. */
export const TAKEN_BACK = '';

type Item = Readonly<Record<string, unknown>> & { readonly id: string };
type Retracted = { readonly id: string; readonly at: string | null };

/** The difference between what was told and what is published. */
export type TopicNews = {
  readonly title: string;
  readonly added: readonly Item[];
  readonly changed: readonly Item[];
  readonly retracted: readonly Retracted[];
  /** What there is to remember: entries that were not told in this way before. */
  readonly told: readonly ToldEntry[];
};

/**
 * What a topic's JSON Feed says that was not told yet. Entries are told as they stand in it, so what the gate left out of
 * the feed is told to nobody. What has merely scrolled out of the document is no news.
 * @param document the bytes that were published
 * @param told by entry id: the digest that was told last
 */
export function topicNews(document: Uint8Array, told: ReadonlyMap<string, string>): TopicNews {
  const feed = JSON.parse(Buffer.from(document).toString('utf8')) as {
    readonly title: string;
    readonly items: readonly Item[];
    readonly _tributary?: { readonly deleted?: readonly DeletedItem[] };
  };
  const items = feed.items.map((item) => ({ item, digest: sha256(JSON.stringify(item)) }));
  const present = new Set(feed.items.map(({ id }) => id));
  const fresh = items.filter(({ item, digest }) => told.get(item.id) !== digest);
  const isKnown = (id: string): boolean => (told.get(id) ?? TAKEN_BACK) !== TAKEN_BACK;
  const retracted = (feed._tributary?.deleted ?? [])
    .map(retractedOf)
    .filter(({ id }) => isKnown(id) && !present.has(id));
  return {
    title: feed.title,
    added: fresh.filter(({ item }) => !isKnown(item.id)).map(({ item }) => item),
    changed: fresh.filter(({ item }) => isKnown(item.id)).map(({ item }) => item),
    retracted,
    told: [
      ...fresh.map(({ item, digest }) => ({ entryId: item.id, digest })),
      ...retracted.map(({ id }) => ({ entryId: id, digest: TAKEN_BACK })),
    ],
  };
}

type DeletedItem =
  string | { readonly id?: string; readonly ref?: string; readonly at?: string; readonly when?: string };

function retractedOf(deleted: DeletedItem): Retracted {
  if (typeof deleted === 'string') return { id: deleted, at: null };
  return { id: deleted.id ?? deleted.ref ?? '', at: deleted.at ?? deleted.when ?? null };
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
