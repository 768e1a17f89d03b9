import type { Order } from '../config/sources-file.ts';
import { ALL, composeEdition, feedLinksOf, topicUrl } from '../curate/compose-edition.ts';
import { readySite } from '../curate/opt-out.ts';
import { picturesToCopy } from '../curate/own-copies.ts';
import type { Edition } from '../model/edition.ts';
import type { ImageCopies } from '../model/image-copy.ts';
import type { EntryTurn } from '../model/published-entry.ts';
import type { Topic } from '../model/topic.ts';
import { TOPIC_SCHEME } from '../render/feed-values.ts';
import type { Store } from '../store/store.ts';
import type { Instant } from '../support/instant.ts';
import { latest } from '../support/instant.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { composePlaced } from './compose-placed.ts';
import { openEditionFiles, type EditionFiles } from './edition-files.ts';
import { cursorText, readCursor, type EntryCursor } from './entry-cursor.ts';
import { gateReason } from './planned-files.ts';
import { FOUNDED_FACT, TOLD_FACT } from './last-publication.ts';

// What sites ask that take over a topic's entries: all of them first, and then whatever has become of any, each once.

/** The shape of the answer. A change that old readers cannot read is a new number. */
export const ENTRIES_VERSION = 1;

/** An item of the topic's JSON Feed, as it stands there. */
export type Item = Readonly<Record<string, unknown>> & { readonly id: string };

export type EntryChange =
  | { readonly kind: 'entry'; readonly entry: Item }
  | { readonly kind: 'retracted'; readonly id: string; readonly at: Instant }
  | { readonly kind: 'left'; readonly id: string };

export type EntryList = {
  readonly version: typeof ENTRIES_VERSION;
  readonly topic: {
    readonly id: string;
    readonly title: string;
    /** That of the ids of topics, as distinct from a source's tags. */
    readonly scheme: string;
    readonly url: string;
    readonly feed_url: string;
  };
  readonly changes: readonly EntryChange[];
  /** What to ask with the next time. */
  readonly next: string;
  readonly hasMore: boolean;
};

export type ListAnswer =
  | { readonly kind: 'listed'; readonly list: EntryList }
  | { readonly kind: 'no-such-topic' }
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'no-cursor' }
  /** It was given by a publication that is no more. */
  | { readonly kind: 'cursor-ended' }
  | { readonly kind: 'not-published-yet' };

export type EntryQuestion = { readonly topicId: string; readonly since: string | null; readonly limit: number };

export type ListEntries = (asked: EntryQuestion) => Promise<ListAnswer>;

export type ListTools = {
  readonly store: Store;
  /** By what is published now; null before the first publication. */
  readonly orderNow: () => Order | null;
};

type Now = { readonly order: Order; readonly founded: Instant; readonly upTo: number };

/** Opens the list. What is made of entries is kept for the next who asks; one answer is made at a time. */
export function openListEntries({ store, orderNow }: ListTools): ListEntries {
  const editionFiles = openEditionFiles();
  const inTurn = oneAtATime();
  return async ({ topicId, since, limit }) => {
    const order = orderNow();
    if (order === null) return { kind: 'not-published-yet' };
    const topic = topicId === ALL ? null : order.topics.find(({ id }) => id === topicId);
    // Of private topics nothing public tells that they are there.
    if (topic === undefined || topic?.private === true) return fateOf(order, topicId);
    const [founded, upTo] = [await store.fact(FOUNDED_FACT), Number((await store.fact(TOLD_FACT)) ?? 0)];
    if (founded === null) return { kind: 'not-published-yet' };
    const foundedAs = topic?.foundedAs ?? ALL;
    const cursor = since === null ? await beginning(store, { founded, topicId, foundedAs, upTo }) : readCursor(since);
    if (cursor === null || cursor.topic !== foundedAs) return { kind: 'no-cursor' };
    if (cursor.founded !== founded || Math.max(cursor.after, cursor.began) > upTo) return { kind: 'cursor-ended' };
    const asked = { topic, cursor, limit };
    return inTurn(async () => ({
      kind: 'listed',
      list: await listSince({ store, editionFiles }, { order, founded, upTo }, asked),
    }));
  };
}

function fateOf({ formerTopics, topics }: Order, topicId: string): ListAnswer {
  const former = formerTopics.find(({ id }) => id === topicId);
  if (former === undefined || former.private === true) return { kind: 'no-such-topic' };
  if (former.movedTo === null) return { kind: 'closed' };
  const isPublic = topics.some((topic) => topic.id === former.movedTo && !topic.private);
  return isPublic ? { kind: 'moved', to: former.movedTo } : { kind: 'no-such-topic' };
}

async function beginning(
  store: Store,
  given: { readonly founded: Instant; readonly topicId: string; readonly foundedAs: string; readonly upTo: number },
): Promise<EntryCursor> {
  const began = await store.lastTurnOf(given.topicId, given.upTo);
  return { founded: given.founded, topic: given.foundedAs, after: 0, began };
}

async function listSince(
  tools: { readonly store: Store; readonly editionFiles: EditionFiles },
  { order, upTo }: Now,
  asked: { readonly topic: Topic | null; readonly cursor: EntryCursor; readonly limit: number },
): Promise<EntryList> {
  const { topic, cursor, limit } = asked;
  const { site } = order;
  const topicId = topic?.id ?? ALL;
  const turns = await tools.store.entriesSince(topicId, { ...cursor, upTo }, limit + 1);
  const told = turns.slice(0, limit);
  const items = await itemsOf(tools, { order, topic }, told);
  return {
    version: ENTRIES_VERSION,
    topic: {
      id: topicId,
      title: topic?.title ?? site.title,
      scheme: TOPIC_SCHEME,
      url: topicUrl(site, topicId),
      feed_url: feedLinksOf(site, topicId).json,
    },
    changes: told.flatMap(({ entryId, kind, at }): EntryChange[] => {
      if (kind === 'retracted') return [{ kind, id: entryId, at: at! }];
      if (kind === 'left') return [{ kind, id: entryId }];
      const entry = items.get(entryId);
      return entry === undefined ? [] : [{ kind: 'entry', entry }];
    }),
    next: cursorText({ ...cursor, after: told.at(-1)?.turn ?? cursor.after }),
    hasMore: turns.length > limit,
  };
}

/**
 * Entries as the topic's JSON Feed has them, through the same gate. What has become another version in the meantime is
 * left out: the next publication gives it a turn of its own.
 */
async function itemsOf(
  { store, editionFiles }: { readonly store: Store; readonly editionFiles: EditionFiles },
  { order, topic }: { readonly order: Order; readonly topic: Topic | null },
  turns: readonly EntryTurn[],
): Promise<ReadonlyMap<string, Item>> {
  const present = new Map(turns.filter(({ kind }) => kind === 'there').map((turn) => [turn.entryId, turn]));
  if (present.size === 0) return new Map();
  const context = {
    site: readySite(order.site),
    sources: new Map(order.sources.map((source) => [source.id, source])),
    states: await store.sourceStates(),
    images: await copiesShownBy(store, order, present.values()),
  };
  const composed = await composePlaced(store, [...present.values()], {
    topic,
    context,
    isMended: false,
    isShown: () => true,
  });
  const entries = composed
    .filter(({ version }) => {
      const told = present.get(version.entryId);
      return told?.updated === version.updated && told.leadArticleId === version.leadArticleId;
    })
    .map(({ entry }) => entry)
    .toSorted((a, b) => (a.published === b.published ? (a.id < b.id ? -1 : 1) : a.published < b.published ? 1 : -1));
  if (entries.length === 0) return new Map();
  const updated = latest(entries.map((entry) => entry.updated))!;
  const edition = composeEdition(topic, entries, { ...context, updated });
  const { items } = JSON.parse(jsonFeedOf(editionFiles, edition)) as { readonly items?: readonly Item[] };
  return new Map((items ?? []).map((item) => [item.id, item]));
}

/** Our copies of the pictures that entries show, as far as they are published. */
async function copiesShownBy(store: Store, order: Order, turns: Iterable<EntryTurn>): Promise<ImageCopies> {
  const { site, sources } = order;
  if (site.images !== 'cache') return new Map();
  const byId = new Map(sources.map((source) => [source.id, source]));
  const leads = await store.articles([...turns].map(({ leadArticleId }) => leadArticleId));
  const ready = readySite(site);
  return store.images.publishedCopies(
    leads.flatMap((lead) => picturesToCopy(lead, byId.get(lead.sourceId) ?? null, ready)),
  );
}

/** The JSON Feed of an edition, without the entries that the gate refuses. */
function jsonFeedOf(editionFiles: EditionFiles, edition: Edition): string {
  const file = [...editionFiles(edition)].find(({ path }) => path.endsWith('.json'))!;
  try {
    return textOf(file.make());
  } catch (error) {
    gateReason(error);
    return textOf(file.makeWithoutFaulty!().content);
  }
}

function textOf(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}
