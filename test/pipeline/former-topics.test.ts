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
type Seen = {
  readonly feedId: string;
  readonly excerptId: string;
  readonly ids: readonly string[];
  readonly deleted: number;
};

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
  const excerptId = read(`feeds/${topicId}.excerpt.json`)._tributary.id;
  return { feedId, excerptId, ids: [...ids].toSorted(), deleted: deleted?.length ?? 0 };
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

// The last test: it goes on with the same newsroom.
test('an archive that was reopened is gone under all its names, whenever the topic got them', async () => {
  const renameTo = async (id: string, names: readonly string[]): Promise<void> => {
    const others = world.order.formerTopics.filter(({ movedTo }) => movedTo !== world.order.topics[0]!.id);
    const rename = (topic: Topic): Topic[] => [topic === world.order.topics[0] ? { ...topic, id } : topic];
    await edit(rename, [...names.map((name) => ({ id: name, movedTo: id })), ...others]);
    world.order = {
      ...world.order,
      sources: world.order.sources.map((one) => ({ ...one, topicIds: [id, 'matters'] })),
    };
    await publish(world, { kind: 'a topic takes others', pick: 0 });
  };
  const fates = (paths: readonly string[]): Promise<readonly unknown[]> =>
    Promise.all(paths.map((path) => fateOf(world.store, path)));
  const gone = { kind: 'gone' };
  const numbers = (): number[] =>
    [...world.files.keys()]
      .flatMap((path) => /^feeds\/(?:abroad|far|farther)\/archive\/(\d+)\.atom$/.exec(path)?.[1] ?? [])
      .map(Number)
      .toSorted((a, b) => a - b);
  const before = numbers();
  const [archived] = await world.store.archivedIn('abroad', 1);
  await world.store.saveVerdicts([
    { articleId: archived!.leadArticleId, verdict: 'retracted', at: world.now, note: null },
  ]);
  await publish(world, { kind: 'an article is retracted', pick: 0 });
  expect(Math.min(...numbers())).toBeGreaterThan(Math.max(...before));
  expect(await fates(['feeds/world/archive/1.atom', 'feeds/abroad/archive/1.atom'])).toEqual([gone, gone]);

  await renameTo('far', ['world', 'abroad']);
  const first = Math.min(...numbers());
  const far = { kind: 'moved', to: `feeds/far/archive/${first}.atom` };
  expect(world.files.has(far.to)).toBe(true);
  expect(await fates(['feeds/world/archive/1.atom', 'feeds/abroad/archive/1.atom'])).toEqual([gone, gone]);
  expect(await fates([`feeds/abroad/archive/${first}.atom`, 'feeds/world.atom'])).toEqual([
    far,
    { kind: 'moved', to: 'feeds/far.atom' },
  ]);
  expect(await fates(['feeds/world/archive/0.atom', 'topics/abroad/other.html'])).toEqual([null, null]);

  await renameTo('farther', ['world', 'abroad', 'far']);
  const farther = { kind: 'moved', to: `feeds/farther/archive/${first}.atom` };
  expect(world.files.has(farther.to)).toBe(true);
  expect(await fates([1, first].map((page) => `feeds/abroad/archive/${page}.atom`))).toEqual([gone, farther]);
  expect(await fates([`feeds/far/archive/${first}.atom`, 'topics/world/'])).toEqual([
    farther,
    { kind: 'moved', to: 'topics/farther/' },
  ]);
});
