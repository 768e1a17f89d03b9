import { beforeAll, expect, test } from '@jest/globals';
import { fateOf } from '../../src/pipeline/former-topics.ts';
import type { Topic } from '../../src/model/topic.ts';
import { openArchiveWorld, publish, take, type World } from './archive-world.ts';

// A topic that is called otherwise by now, and one that is closed: who subscribes to them loses and repeats nothing.

type Feed = {
  readonly _tributary: { readonly id: string; readonly deleted?: readonly object[] };
  readonly next_url?: string;
  readonly items: readonly { readonly id: string }[];
};
type Seen = { readonly feedId: string; readonly ids: readonly string[]; readonly deleted: number };

let world: World;
let before: Readonly<Record<'world' | 'events', Seen>>;

function read(path: string): Feed {
  return JSON.parse(world.files.get(path)!) as Feed;
}

/** All that a reader finds from the subscription document on. */
function walk(topicId: string): Seen {
  const first = read(`feeds/${topicId}.json`);
  const ids = new Set<string>();
  for (let feed = first; ;) {
    for (const { id } of feed.items) ids.add(id);
    if (feed.next_url === undefined) break;
    feed = read(new URL(feed.next_url).pathname.slice(1));
  }
  const { id: feedId, deleted } = first._tributary;
  return { feedId, ids: [...ids].toSorted(), deleted: deleted?.length ?? 0 };
}

async function edit(topics: (topic: Topic) => Topic[], former: World['order']['formerTopics']): Promise<void> {
  const sources = world.order.sources.map((source) => ({ ...source, topicIds: ['abroad', 'matters'] }));
  world.order = { ...world.order, topics: world.order.topics.flatMap(topics), formerTopics: former, sources };
  await publish(world, { kind: 'a topic takes others', pick: 0 });
}

beforeAll(async () => {
  world = await openArchiveWorld();
  for (let pick = 0; pick < 4; pick++) {
    const step = { kind: 'new entries', pick: pick * 5 + 4 } as const;
    await take(world, step);
    await publish(world, step);
  }
  before = { world: walk('world'), events: walk('events') };
  await edit(
    (topic) => {
      if (topic.id === 'ferries') return [];
      return topic.id === 'world' ? [{ ...topic, id: 'abroad' }] : [{ ...topic, id: 'matters' }];
    },
    [
      { id: 'world', movedTo: 'abroad' },
      { id: 'events', movedTo: 'matters' },
      { id: 'ferries', movedTo: null },
    ],
  );
});

test('there is enough to lose: archives, and events of a topic that groups', () => {
  expect(before.world.ids.length).toBeGreaterThan(15);
  expect(world.files.has('feeds/abroad/archive/2.atom')).toBe(true);
  expect(before.events.ids.length).toBeGreaterThan(0);
  expect(before.events.ids.filter((id) => before.world.ids.includes(id))).toEqual([]);
});

test('under the new name the feed and all of its entries have the ids that they had, and nothing was taken back', () => {
  expect({ world: walk('abroad'), events: walk('matters') }).toEqual(before);
});

test('nothing lies under the old names, and whoever asks there is led to the new ones', async () => {
  expect([...world.files.keys()].filter((path) => /(?:feeds|topics)\/(?:world|events|ferries)\b/.test(path))).toEqual(
    [],
  );
  expect([
    await fateOf(world.store, 'feeds/world.rss'),
    await fateOf(world.store, 'feeds/world/archive/1.atom'),
    await fateOf(world.store, 'topics/events/index.html'),
  ]).toEqual([
    { kind: 'moved', to: 'feeds/abroad.rss' },
    { kind: 'moved', to: 'feeds/abroad/archive/1.atom' },
    { kind: 'moved', to: 'topics/matters/index.html' },
  ]);
});

test('a closed topic is gone, with its page and its archives', async () => {
  expect([await fateOf(world.store, 'feeds/ferries.atom'), await fateOf(world.store, 'topics/ferries/')]).toEqual([
    { kind: 'gone' },
    { kind: 'gone' },
  ]);
});
