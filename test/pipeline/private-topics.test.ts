import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Article } from '../../src/model/article.ts';
import { isPrivate } from '../../src/model/story.ts';
import {
  bring,
  CIRCLE,
  FERRIES,
  leaksOf,
  openPrivateWorld,
  ORDER,
  publish,
  signsOf,
  SITE,
  tokenOf,
  WORLD,
  written,
  type PrivateWorld,
} from './private-world.ts';

type Feed = {
  readonly feed_url: string;
  readonly next_url?: string;
  readonly hubs?: readonly object[];
  readonly _tributary: { readonly id: string; readonly deleted?: readonly { readonly id?: string }[] };
  readonly items: readonly { readonly id: string; readonly url: string; readonly _tributary?: object }[];
};

const feedIn = (files: ReadonlyMap<string, string>, path: string): Feed => JSON.parse(files.get(path)!) as Feed;
const idsIn = (files: ReadonlyMap<string, string>, path: string): string[] =>
  feedIn(files, path).items.map(({ id }) => id);
const titlesIn = (files: ReadonlyMap<string, string>): string => [...files.values()].join('\n');

/** All entries that a reader finds from a subscription document on. */
function walk(files: ReadonlyMap<string, string>, topicId: string, base: string): string[] {
  const ids = new Set<string>();
  for (let path: string | null = `feeds/${topicId}.json`; path !== null;) {
    const feed: Feed = feedIn(files, path);
    for (const { id } of feed.items) ids.add(id);
    path = feed.next_url === undefined ? null : feed.next_url.slice(base.length);
  }
  return [...ids].toSorted();
}

/** A world in which everything is that can lead from the private topic to the public. */
async function fullWorld(): Promise<{ world: PrivateWorld; secret: Article[]; open: Article[]; both: Article[] }> {
  const world = await openPrivateWorld();
  const [secret, open, both]: [Article[], Article[], Article[]] = [[], [], []];
  for (let round = 0; round < 3; round++) {
    const own = [written(world, 'letter'), written(world, 'letter')];
    const news = [written(world, 'open'), written(world, 'open', { word: 'ferrymark' })];
    const shared = [written(world, 'both')];
    // The same words in both: a copy of what is public stays private, and the other way round.
    const likeSecret = Number(own[0]!.id.replace(/\D/g, ''));
    const copies = [
      written(world, 'open', { like: likeSecret }),
      written(world, 'letter', { like: Number(news[0]!.id.replace(/\D/g, '')) }),
    ];
    secret.push(...own, copies[1]!);
    open.push(...news, copies[0]!);
    both.push(...shared);
    await bring(world, [...own, ...news, ...shared, ...copies]);
    await publish(world);
  }
  return { world, secret, open, both };
}

const NAMES = ['circle', 'Circle', 'letter.example', 'The Letter', 'k3y', 'private/'];

describe('a private topic', () => {
  let given: Awaited<ReturnType<typeof fullWorld>>;
  let token: string;
  let room: ReadonlyMap<string, string>;
  let base: string;
  beforeAll(async () => {
    given = await fullWorld();
    token = await tokenOf(given.world, 'circle');
    room = given.world.rooms.get('circle')!;
    base = `${SITE}private/${token}/`;
  });

  test('nothing of it is in any public file: no title, text, id or link of its stories, neither its name nor its token', () => {
    const { world, secret } = given;
    const words = [...NAMES, token, ...secret.flatMap(signsOf)];
    expect(words.length).toBeGreaterThan(50);
    expect(leaksOf(world.files, words)).toEqual([]);
    // The list of words is no idle one: all of it is in the private files.
    for (const { id } of secret) expect(titlesIn(room)).toContain(id);
  });

  test.each([
    ['everything is published', 'publishedStories'],
    ['the newest are all stories', 'newestStories'],
  ] as const)('a leak is found when %s', async (_, method) => {
    const leaking = await fullWorld();
    const { store } = leaking.world;
    const all = async (): Promise<Awaited<ReturnType<typeof store.allStories>>> => store.allStories(null, 1000);
    const faulty = {
      ...store,
      [method]: async (topicId: string | null, ...others: [never, never]) => {
        const told = await store[method](topicId, ...others);
        return topicId === null && (method !== 'publishedStories' || others[0] === null) ? all() : told;
      },
    };
    await bring(leaking.world, [written(leaking.world, 'open')]);
    await publish(leaking.world, { store: faulty });
    expect(leaksOf(leaking.world.files, leaking.secret.flatMap(signsOf)).length).toBeGreaterThan(0);
  });

  test('it is a little site of its own: its page, its feeds with excerpts and archives, its articles, and what they need', () => {
    const paths = [...room.keys()].toSorted();
    expect(paths.filter((path) => !path.startsWith('articles/') && !path.includes('/archive/'))).toEqual([
      'assets/favicon.svg',
      'assets/feed.css',
      'assets/icon.png',
      'assets/site.css',
      'feeds/circle.atom',
      'feeds/circle.excerpt.atom',
      'feeds/circle.excerpt.json',
      'feeds/circle.excerpt.rss',
      'feeds/circle.json',
      'feeds/circle.rss',
      'index.html',
    ]);
    const held = [...given.secret, ...given.both].map(({ id }) => id).toSorted();
    expect(paths.filter((path) => path.startsWith('articles/'))).toHaveLength(held.length);
    expect(walk(room, 'circle', base)).toEqual(held);
    expect(paths.filter((path) => path.includes('/archive/')).length).toBeGreaterThan(3);
    expect(room.get('index.html')).toContain('Inner Circle');
  });

  test('its documents name it alone, by addresses that the token is in, and no hub', () => {
    const feed = feedIn(room, 'feeds/circle.json');
    expect(feed.feed_url).toBe(`${base}feeds/circle.json`);
    expect(feed.hubs).toBeUndefined();
    for (const { url } of feed.items) expect(url.startsWith(`${base}articles/`)).toBe(true);
    const all = titlesIn(room);
    for (const word of ['World', 'topics/', 'feeds/all', 'feeds/world', 'hot/', '.opml', `${SITE}hub`])
      expect([word, all.includes(word)]).toEqual([word, false]);
    for (const { id } of given.open) expect(all).not.toContain(id);
    const ours = [...all.matchAll(/https:\/\/news\.example\.org\/[^"<\s]*/g)].map(([url]) => url);
    // The author of its feeds is the site; all else of ours lies behind the token.
    expect(ours.filter((url) => !url.startsWith(base) && url !== SITE)).toEqual([]);
  });

  test('all links of its pages lead to its own files', () => {
    const pages = [...room].filter(([path]) => path.endsWith('.html'));
    const broken = pages.flatMap(([path, text]) =>
      [...text.matchAll(/ (?:href|src)="([^"#:]+)"/g)]
        .map(([, link]) => new URL(link!, `${base}${path}`).href.slice(base.length))
        .map((link) => (link === '' || link.endsWith('/') ? `${link}index.html` : link))
        .filter((link) => !room.has(link))
        .map((link) => `${path}: ${link}`),
    );
    expect(broken).toEqual([]);
    expect(room.get('index.html')).not.toContain('Hot this week');
  });

  test('what is public too is told in both, and its public entry does not name the private topic', () => {
    const { world, both } = given;
    const shared = both.map(({ id }) => id);
    expect(idsIn(world.files, 'feeds/all.json')).toEqual(expect.arrayContaining(shared));
    expect(walk(room, 'circle', base)).toEqual(expect.arrayContaining(shared));
    const entry = feedIn(world.files, 'feeds/all.json').items.find(({ id }) => id === shared[0]);
    expect(JSON.stringify(entry)).toContain('world');
    expect(JSON.stringify(entry)).not.toContain('circle');
  });

  test('the same words in both are two stories: no report that few may read stands beside a public one', async () => {
    const told = await given.world.store.allStories(null, 1000);
    const mixed = told.filter(
      ({ articles }) => new Set(articles.map(({ sourceId }) => sourceId === 'letter')).size > 1,
    );
    expect(mixed).toEqual([]);
    expect(told.filter(({ story }) => isPrivate(story))).toHaveLength(given.secret.length);
  });

  test('nothing that is logged has the token in it, and where nothing changes nothing is written', async () => {
    const { world } = given;
    expect(world.logged.join('\n')).not.toContain(token);
    expect(world.logged.length).toBeGreaterThan(10);
    expect(await publish(world)).toMatchObject({ written: [], removed: [], refused: [] });
  });

  test('a file of it that is lost is made again', async () => {
    const files = given.world.rooms.get('circle')!;
    const before = new Map(files);
    files.delete('feeds/circle.atom');
    files.delete('feeds/circle/archive/1.rss');
    const { written: again } = await publish(given.world);
    expect(again.toSorted()).toEqual(['private:circle/feeds/circle.atom', 'private:circle/feeds/circle/archive/1.rss']);
    expect(files.get('feeds/circle.atom')).toBe(before.get('feeds/circle.atom'));
  });
});

describe('a new token', () => {
  test('gives all documents new addresses and leaves all ids as they are', async () => {
    const { world, secret, both } = await fullWorld();
    const old = await tokenOf(world, 'circle');
    const room = world.rooms.get('circle')!;
    const feedId = feedIn(room, 'feeds/circle.json')._tributary.id;
    const next = { topicId: 'circle', token: 'another-token-of-the-test', madeAt: world.now };
    await world.store.savePrivateToken(next, { inPlaceOfOlder: true });
    await publish(world);
    expect(leaksOf(room, [old])).toEqual([]);
    expect(feedIn(room, 'feeds/circle.json')._tributary.id).toBe(feedId);
    const held = [...secret, ...both].map(({ id }) => id).toSorted();
    expect(walk(room, 'circle', `${SITE}private/${next.token}/`)).toEqual(held);
    expect(leaksOf(world.files, [next.token])).toEqual([]);
    // Nobody is told where a private document went, nor that there was one.
    expect(await world.store.fateOf('private:circle/feeds/circle/archive/1.atom')).toBeNull();
  });
});

describe('a topic that becomes private', () => {
  let world: PrivateWorld;
  const only: Article[] = [];
  const also: Article[] = [];
  let before: { readonly paths: readonly string[]; readonly feedId: string; readonly walked: readonly string[] };
  const ferryIds = (): string[] => [...only, ...also].map(({ id }) => id).toSorted();

  beforeAll(async () => {
    world = await openPrivateWorld();
    const sources = [...ORDER.sources.slice(0, 1), { ...ORDER.sources[1]!, id: 'boats', topicIds: [] }];
    world.order = { ...ORDER, topics: [WORLD, FERRIES], sources };
    for (let round = 0; round < 12; round++) {
      const one = written(world, 'boats', { word: 'ferrymark' });
      const two = written(world, 'open', { word: round % 2 === 0 ? 'ferrymark' : '' });
      only.push(one);
      if (round % 2 === 0) also.push(two);
      const others = Array.from({ length: 5 }, () => written(world, 'open'));
      await bring(world, [one, two, ...others]);
      await publish(world);
    }
    before = {
      paths: [...world.files.keys()].filter((path) => path.startsWith('feeds/ferries')),
      feedId: feedIn(world.files, 'feeds/ferries.json')._tributary.id,
      walked: walk(world.files, 'ferries', SITE),
    };
  });

  test('there is enough to take back: entries in the archives of everything, and in those of the topic', () => {
    expect(before.walked).toEqual(ferryIds());
    expect(walk(world.files, 'all', SITE)).toEqual(expect.arrayContaining(ferryIds()));
    expect(world.files.has('feeds/all/archive/1.atom')).toBe(true);
    expect(before.paths.some((path) => path.includes('/archive/'))).toBe(true);
  });

  test.each([
    ['at the first publication, though nothing was sorted yet', false],
    ['as soon as it is sorted', true],
  ])('is taken back from all that is public %s', async (_, curates) => {
    world.order = { ...world.order, topics: [WORLD, { ...FERRIES, private: true }] };
    await publish(world, { curates });
    const words = only.flatMap((article) => signsOf(article).filter((sign) => sign !== article.id));
    expect(leaksOf(world.files, [...words, 'ferries', 'Ferries', await tokenOf(world, 'ferries')])).toEqual([]);
    // By its id alone those are told who have it: it is to be deleted.
    const deleted = feedIn(world.files, 'feeds/all.json')._tributary.deleted ?? [];
    expect(JSON.stringify(deleted)).toContain(only[0]!.id);
    expect(deleted).toHaveLength(only.length);
    expect(walk(world.files, 'all', SITE).filter((id) => only.some((article) => article.id === id))).toEqual([]);
    expect(walk(world.files, 'all', SITE)).toEqual(expect.arrayContaining(also.map(({ id }) => id)));
    for (const path of before.paths) expect(await world.store.fateOf(path)).toEqual({ kind: 'gone' });
    const room = world.rooms.get('ferries')!;
    const base = `${SITE}private/${await tokenOf(world, 'ferries')}/`;
    expect(walk(room, 'ferries', base)).toEqual(before.walked);
    expect(feedIn(room, 'feeds/ferries.json')._tributary.id).toBe(before.feedId);
    expect(feedIn(room, 'feeds/ferries.json')._tributary.deleted ?? []).toEqual([]);
  });

  test('and public again comes back under its old addresses, and its room is empty', async () => {
    world.order = { ...world.order, topics: [WORLD, FERRIES] };
    await publish(world);
    expect(walk(world.files, 'ferries', SITE)).toEqual(before.walked);
    expect(walk(world.files, 'all', SITE)).toEqual(expect.arrayContaining(ferryIds()));
    expect(feedIn(world.files, 'feeds/all.json')._tributary.deleted ?? []).toEqual([]);
    expect(feedIn(world.files, 'feeds/ferries.json')._tributary.id).toBe(before.feedId);
    expect([...world.rooms.get('ferries')!.keys()]).toEqual([]);
    const token = await tokenOf(world, 'ferries');
    expect(leaksOf(world.files, [token, 'private/'])).toEqual([]);
    expect(CIRCLE.private).toBe(true);
  });
});
