import type { Order } from '../config/sources-file.ts';
import { privateUrl } from '../model/private-token.ts';
import type { Site } from '../model/site.ts';
import type { Topic } from '../model/topic.ts';
import type { Output } from '../publish/write-output.ts';
import type { OutputRecord, Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';

/** Where private topics are published, each in a folder of its own. */
export type PrivateRooms = {
  output(topicId: string): Promise<Output>;
  /** A text that nobody can guess. */
  readonly newToken: () => string;
};

/** A folder of published files: the public one, or that of a private topic. */
export type Room = {
  /** The private topic that is published there, as a site of its own; null: all that is public. */
  readonly topic: Topic | null;
  readonly site: Site;
  readonly output: Output;
  /** What the names of its files begin with among those of all rooms. */
  readonly prefix: string;
  /** A text that may be logged. */
  readonly hide: (text: string) => string;
};

/** The tokens of the private topics, by topic; those that have none get one. */
export async function privateTokensFor(
  { store, clock, privateRooms }: { readonly store: Store; readonly clock: Clock; readonly privateRooms: PrivateRooms },
  topics: readonly Topic[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(topics.flatMap((topic) => (topic.private ? [topic.id] : [])));
  if (ids.size === 0) return new Map();
  const known = new Set((await store.privateTokens()).map(({ topicId }) => topicId));
  for (const topicId of ids.difference(known))
    // Where another program has made one at the same time, that one holds.
    await store.savePrivateToken(
      { topicId, token: privateRooms.newToken(), madeAt: clock.now() },
      { inPlaceOfOlder: false },
    );
  const tokens = await store.privateTokens();
  return new Map(tokens.flatMap(({ topicId, token }) => (ids.has(topicId) ? [[topicId, token]] : [])));
}

/** The public room first: what is public no more is gone before anything else is done. */
export async function roomsOf(
  order: Order,
  output: Output,
  given: { readonly privateRooms: PrivateRooms | null; readonly tokens: ReadonlyMap<string, string> },
): Promise<readonly Room[]> {
  const rooms: Room[] = [{ topic: null, site: order.site, output, prefix: '', hide: (text) => text }];
  const { privateRooms, tokens } = given;
  if (privateRooms === null) return rooms;
  for (const topic of order.topics) {
    const token = tokens.get(topic.id);
    if (token === undefined) continue;
    rooms.push({
      topic,
      // No hub: whoever may subscribe would have to know the address, and the hub would have to keep it secret.
      site: { ...order.site, url: privateUrl(order.site.url, { token }), hub: null, privateTopicId: topic.id },
      output: await privateRooms.output(topic.id),
      prefix: prefixOf(topic.id),
      hide: (text) => text.replaceAll(token, '…'),
    });
  }
  return rooms;
}

export function prefixOf(topicId: string): string {
  return `private:${topicId}/`;
}

/** The topics whose private rooms have files, and whose rooms are not among these. */
export function formerRooms(records: Iterable<string>, rooms: readonly Room[]): readonly string[] {
  const present = new Set(rooms.map(({ prefix }) => prefix));
  const ids = new Set([...records].flatMap((path) => /^private:([^/]+)\//.exec(path)?.[1] ?? []));
  return [...ids].filter((id) => !present.has(prefixOf(id)));
}

/** Of what is kept by the names of all rooms: what is of one, by its paths there. */
export function inRoom<Kept extends { readonly path: string }>(all: Iterable<Kept>, prefix: string): Kept[] {
  return [...all]
    .filter(({ path }) => (prefix === '' ? !path.startsWith('private:') : path.startsWith(prefix)))
    .map((kept) => ({ ...kept, path: kept.path.slice(prefix.length) }));
}

/** The other way round. */
export function ofRoom<Kept extends { readonly path: string }>(kept: Iterable<Kept>, prefix: string): Kept[] {
  return [...kept].map((one) => ({ ...one, path: prefix + one.path }));
}

/** The store as those see it who write the files of one room. */
export function outputsOfRoom(store: Pick<Store, 'saveOutputs'>, prefix: string): Pick<Store, 'saveOutputs'> {
  return {
    saveOutputs: ({ written, removed }) =>
      store.saveOutputs({
        written: ofRoom<OutputRecord>(written, prefix),
        removed: removed.map((path) => prefix + path),
      }),
  };
}
