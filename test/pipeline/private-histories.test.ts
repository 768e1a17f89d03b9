import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Article } from '../../src/model/article.ts';
import type { Store } from '../../src/store/store.ts';
import { isPrivate, isPublic } from '../../src/model/story.ts';
import { aTopic } from '../support/a-topic.ts';
import { memoryOutput } from './archive-world.ts';
import {
  bring,
  leaksOf,
  openPrivateWorld,
  ORDER,
  publish,
  signsOf,
  SITE,
  tokenOf,
  written,
  type PrivateWorld,
} from './private-world.ts';

// Topics become private and public, sources are sorted into others, publications are killed, as chance will have it: after
// each publication nothing that is private is in any public file, and all readers find what is theirs.

const TOPIC_IDS = ['world', 'ferries', 'circle', 'events'];
const SOURCE_IDS = ORDER.sources.map(({ id }) => id);

type Step =
  | { readonly does: 'news'; readonly sources: readonly number[]; readonly likes: boolean }
  | { readonly does: 'flip'; readonly topic: number }
  | { readonly does: 'renew'; readonly topic: number }
  | { readonly does: 'sort'; readonly source: number; readonly into: number }
  | { readonly does: 'group' }
  | { readonly does: 'kill'; readonly after: number };

const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('news' as const),
      sources: fc.array(fc.nat(2), { minLength: 1, maxLength: 5 }),
      likes: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('flip' as const), topic: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('renew' as const), topic: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('sort' as const), source: fc.nat(2), into: fc.nat(15) }) },
  { weight: 1, arbitrary: fc.constant({ does: 'group' as const }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('kill' as const), after: fc.nat(60) }) },
);

async function take(world: PrivateWorld, step: Step, articles: Map<string, Article>): Promise<void> {
  const { order } = world;
  const withTopic = (id: string, change: (topic: (typeof order.topics)[number]) => object): void => {
    world.order = {
      ...order,
      topics: order.topics.map((topic) => (topic.id === id ? { ...topic, ...change(topic) } : topic)),
    };
  };
  if (step.does === 'news') {
    const first = world.written;
    const news = step.sources.map((at, index) =>
      written(world, SOURCE_IDS[at]!, {
        word: at === 1 ? 'ferrymark' : '',
        ...(step.likes && index > 0 ? { like: first } : {}),
      }),
    );
    for (const article of news) articles.set(article.id, article);
    await bring(world, news);
  } else if (step.does === 'flip') withTopic(TOPIC_IDS[step.topic]!, (topic) => ({ private: !topic.private }));
  else if (step.does === 'group') withTopic('events', ({ group }) => ({ group: !group }));
  else if (step.does === 'sort') {
    const topicIds = ['world', 'circle', 'events'].filter((_, at) => ((step.into >> at) & 1) === 1);
    world.order = {
      ...order,
      sources: order.sources.map((source, at) => (at === step.source ? { ...source, topicIds } : source)),
    };
  } else if (step.does === 'renew') {
    const topicId = TOPIC_IDS[step.topic]!;
    const token = `renewed-${topicId}-${world.written}-${world.now.replaceAll(/\D/g, '')}`;
    await world.store.savePrivateToken({ topicId, token, madeAt: world.now }, { inPlaceOfOlder: true });
  } else if (step.does === 'kill') {
    let left = step.after;
    const output = memoryOutput(world.files);
    const killed = {
      ...output,
      write: async (path: string, content: string | Uint8Array) => {
        if (left-- === 0) throw new Error('killed');
        return output.write(path, content);
      },
    };
    await publish(world, { output: killed }).catch((error: unknown) => {
      if (!Error.isError(error) || error.message !== 'killed') throw error;
    });
  }
}

function walk(files: ReadonlyMap<string, string>, topicId: string, base: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (let path: string | null = `feeds/${topicId}.json`; path !== null;) {
    const feed = JSON.parse(files.get(path)!) as { next_url?: string; items: readonly { id: string }[] };
    for (const { id } of feed.items) ids.add(id);
    path = feed.next_url === undefined ? null : feed.next_url.slice(base.length);
  }
  return ids;
}

async function faultsOf(world: PrivateWorld, articles: ReadonlyMap<string, Article>): Promise<string[]> {
  const faults: string[] = [];
  const told = await world.store.allStories(null, 10_000);
  const hidden = told.filter(({ story }) => isPrivate(story)).flatMap((one) => one.articles);
  const texts = hidden.flatMap((article) => signsOf(articles.get(article.id)!).filter((sign) => sign !== article.id));
  const topics = world.order.topics.filter((topic) => topic.private);
  const tokens = (await world.store.privateTokens()).map(({ token }) => token);
  const names = topics.flatMap(({ id }) => [`"${id}"`, `/${id}.`, `/${id}/`]);
  faults.push(...leaksOf(world.files, [...texts, ...names, ...tokens, 'private/']).map((one) => `leak: ${one}`));
  const documents = [...world.files].filter(([path]) => path.startsWith('feeds/') || path.startsWith('articles/'));
  const entries = leaksOf(
    new Map(documents),
    hidden.map(({ id }) => `<id>${id}</id>`),
  );
  faults.push(...entries.map((one) => `entry: ${one}`));
  const all = walk(world.files, 'all', SITE);
  for (const { story } of told)
    if (isPublic(story) && !all.has(story.id)) faults.push(`${story.id} is not found among everything`);
  for (const topic of world.order.topics) {
    const files = topic.private ? world.rooms.get(topic.id)! : world.files;
    const base = topic.private ? `${SITE}private/${await tokenOf(world, topic.id)}/` : SITE;
    const found = walk(files, topic.id, base);
    if (topic.group) continue;
    for (const { story } of told)
      if (story.topics.some(({ topicId }) => topicId === topic.id) && !found.has(story.id))
        faults.push(`${story.id} is not found in ${topic.id}`);
    const old = tokens.filter((token) => topic.private && !base.includes(token));
    if (topic.private) faults.push(...leaksOf(files, old).map((one) => `another token: ${one}`));
    if (!topic.private && (world.rooms.get(topic.id)?.size ?? 0) > 0) faults.push(`${topic.id} is still in its room`);
  }
  return faults;
}

/** Leads newsrooms through histories; gives the first fault, or null. */
async function histories(given: {
  readonly runs: number;
  readonly fault?: (store: Store) => Store;
}): Promise<string | null> {
  const run = await fc.check(
    fc.asyncProperty(fc.array(aStep, { minLength: 4, maxLength: 14 }), async (steps) => {
      const opened = await openPrivateWorld();
      const world = { ...opened, store: given.fault === undefined ? opened.store : given.fault(opened.store) };
      const articles = new Map<string, Article>();
      const events = aTopic({ id: 'events', title: 'Events', maxEntries: 3, group: true });
      world.order = {
        ...ORDER,
        topics: [...ORDER.topics, events],
        sources: ORDER.sources.map((source) => ({ ...source, topicIds: [...source.topicIds, 'events'] })),
      };
      const beginning: Step = { does: 'news', sources: [0, 1, 2, 1, 0], likes: false };
      for (const step of [beginning, ...steps, beginning]) {
        await take(world, step, articles);
        await publish(world);
        const faults = await faultsOf(world, articles);
        if (faults.length > 0) throw new Error(`after ${JSON.stringify(step)}:\n${faults.slice(0, 10).join('\n')}`);
      }
      await opened.store[Symbol.asyncDispose]();
    }),
    { numRuns: given.runs, seed: Number(process.env['PRIVATE_SEED'] ?? 20_261_124), endOnFailure: true },
  );
  return Error.isError(run.errorInstance) ? run.errorInstance.message : null;
}

test('after each publication nothing that is private is public, and nothing is lost', async () => {
  expect(await histories({ runs: Number(process.env['PRIVATE_HISTORIES'] ?? 8) })).toBeNull();
}, 300_000);

test.each<[string, RegExp, (store: Store) => Store]>([
  [
    'archives are not made anew',
    /leak: feeds\/|another token|is not found/,
    (store) => ({
      ...store,
      reopenChain: async () => undefined,
      savePlaced: (placed) => store.savePlaced({ ...placed, reopened: [] }),
    }),
  ],
  [
    'what becomes private in between is not looked at',
    /leak: /,
    (store) => ({
      ...store,
      settlePrivateTopics: async () => undefined,
      saveCuration: (one) =>
        store.saveCuration({
          ...one,
          stories: one.stories.map((story) => ({
            ...story,
            topics: story.topics.map(({ topicId, reason }) => ({ topicId, reason })),
          })),
        }),
    }),
  ],
  [
    'files are not taken away',
    /leak: |still in its room/,
    (store) => ({
      ...store,
      outputs: async () => new Map([...(await store.outputs())].filter(([path]) => !path.startsWith('feeds/'))),
    }),
  ],
])(
  'it is found when %s',
  async (_, says, fault) => {
    expect(await histories({ runs: 40, fault })).toMatch(says);
  },
  120_000,
);
