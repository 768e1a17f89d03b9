import { ALL } from '../../src/curate/compose-edition.ts';
import { openListEntries, type Item, type ListEntries } from '../../src/pipeline/list-entries.ts';
import schema from '../../src/web/api/entries.schema.json' with { type: 'json' };
import { faultsBySchema } from '../support/json-schema.ts';
import { entriesNow, textFaults } from './archive-checks.ts';
import type { World } from './archive-world.ts';

// Sites that take over a topic's entries: each keeps what it was told, and asks with its last cursor.

export type Follower = {
  readonly topicId: string;
  readonly limit: number;
  readonly has: Map<string, Item>;
  /** Since when, by id. */
  readonly retracted: Map<string, string>;
  next: string | null;
  /** So many changes it was told. */
  told: number;
};

export const newFollower = (topicId: string, limit: number): Follower => ({
  topicId,
  limit,
  has: new Map(),
  retracted: new Map(),
  next: null,
  told: 0,
});

/** Asks until there is no more, and does what it is told. */
export async function follow(follower: Follower, list: ListEntries, most = Infinity): Promise<string[]> {
  const faults: string[] = [];
  const { topicId, limit, has, retracted } = follower;
  for (let page = 0; page < most; page++) {
    const answer = await list({ topicId, since: follower.next, limit });
    if (answer.kind !== 'listed') return [...faults, `${topicId}: the answer is ${answer.kind}`];
    const { changes, next, hasMore } = answer.list;
    faults.push(...faultsBySchema(JSON.parse(JSON.stringify(answer.list)), schema));
    if (changes.length > limit) faults.push(`${topicId}: more than ${limit} are told`);
    for (const change of changes) {
      follower.told++;
      if (change.kind === 'entry') {
        const { id } = change.entry;
        if (JSON.stringify(has.get(id)) === JSON.stringify(change.entry))
          faults.push(`${topicId}: ${id} is told twice`);
        has.set(id, change.entry);
        retracted.delete(id);
      } else {
        has.delete(change.id);
        if (change.kind === 'left') continue;
        if (retracted.get(change.id) === change.at) faults.push(`${topicId}: ${change.id} is taken back twice`);
        retracted.set(change.id, change.at);
      }
    }
    if (hasMore && next === follower.next) return [...faults, `${topicId}: the cursor does not move`];
    follower.next = next;
    if (!hasMore) return faults;
  }
  return faults;
}

/** What a site that has followed up to now has too much or too little of. */
export async function followerFaults(world: World, { topicId, has }: Follower): Promise<string[]> {
  const topic = topicId === ALL ? null : (world.order.topics.find(({ id }) => id === topicId) ?? null);
  const now = await entriesNow(world, topic);
  const faults: string[] = [];
  for (const id of new Set(now.keys()).symmetricDifference(new Set(has.keys())))
    faults.push(`${topicId}: ${id} ${has.has(id) ? 'is kept' : 'was not told'}`);
  for (const [id, updated] of now) {
    const told = has.get(id)?.['date_modified'] ?? updated;
    if (typeof updated === 'string' && told !== updated)
      faults.push(`${topicId}: ${id} is told as of ${JSON.stringify(told)}, and not ${updated}`);
  }
  const files = new Map([['the site', JSON.stringify([...has.values()])]]);
  return [...faults, ...textFaults({ ...world, files })];
}

/** Where somebody who begins now is told something else than the topic's JSON Feed says. */
export async function freshFaults(world: World, topicId: string): Promise<string[]> {
  const fresh = newFollower(topicId, 3);
  const list = openListEntries({ store: world.store, orderNow: () => world.order });
  const faults = [...(await follow(fresh, list)), ...(await followerFaults(world, fresh))];
  if (fresh.told !== fresh.has.size) faults.push(`${topicId}: a beginner is told of what is gone`);
  const { items } = JSON.parse(world.files.get(`feeds/${topicId}.json`)!) as { readonly items: readonly Item[] };
  for (const item of items)
    if (JSON.stringify(fresh.has.get(item.id)) !== JSON.stringify(item))
      faults.push(`${topicId}: ${item.id} is not told as the feed tells it`);
  return faults;
}
