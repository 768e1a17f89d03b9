import { expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { deadLines } from '../../src/cli/webhooks.ts';
import { gatherPushStatus, pushLines } from '../../src/cli/push-status.ts';
import type { Webhook } from '../../src/model/topic.ts';
import { aTopic } from '../support/a-topic.ts';
import { settled } from '../support/hand-clock.ts';
import { openPushWorld, SITE, type PushWorld } from '../support/push-world.ts';

const PATH = 'feeds/world.json';
const HOOK: Webhook = { url: 'https://site.example/hook?key=hidden', secretEnv: 'HOOK_SECRET' };
const DAY_MS = 86_400_000;
const ASKED = { busyHosts: [], limit: 10, tried: null };

const hooked = (webhooks: readonly Webhook[] = [HOOK]): Promise<PushWorld> =>
  openPushWorld({ order: { topics: [aTopic({ webhooks })] } });

const document = (titles: Readonly<Record<string, string>>): string =>
  JSON.stringify({ title: 'World', items: Object.entries(titles).map(([id, title]) => ({ id, title })) });

type Told = {
  readonly id: string;
  readonly added: { id: string }[];
  readonly changed: { id: string }[];
  readonly retracted: { id: string }[];
};
const told = (world: PushWorld): string[] =>
  world.posts().map(({ body }) => {
    const { added, changed, retracted } = JSON.parse(body!) as Told;
    return [added, changed, retracted].map((list) => list.map(({ id }) => id).join('')).join('|');
  });

test('a webhook is told of what each publication adds, changes and takes back, signed', async () => {
  await using world = await hooked();
  for (const text of [
    document({ a: 'A', b: 'B' }),
    document({ a: 'A', b: 'B' }),
    document({ c: 'C', a: 'A corrected', b: 'B' }),
  ]) {
    await world.publish(PATH, text);
    await world.settle();
  }
  await world.takeBack('b');
  await world.publish(PATH, document({ c: 'C', a: 'A corrected' }));
  await world.settle();
  expect(told(world)).toEqual(['ab||', 'c|a|', '||b']);
  const [first] = world.posts();
  const [, time, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(first!.headers['tributary-signature']!)!;
  expect(Number(time) * 1000).toBe(Date.parse('2026-11-24T12:00:00Z'));
  expect(v1).toBe(createHmac('sha256', 'hook secret').update(`${time}.${first!.body}`).digest('hex'));
  expect(first).toMatchObject({
    url: HOOK.url,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'tributary-delivery': (JSON.parse(first!.body!) as Told).id,
    },
  });
  expect(JSON.parse(first!.body!)).toMatchObject({ version: 1, topic: { id: 'world', feed_url: `${SITE}${PATH}` } });
});

test('each webhook of a topic is told; what one of them does is nothing to the other', async () => {
  await using world = await hooked([HOOK, { url: 'https://other.example/', secretEnv: 'HOOK_SECRET' }]);
  world.play = ({ url }) => (url.includes('other') ? { fails: 'fetch-server-error' } : undefined);
  await world.publish(PATH, document({ a: 'A' }));
  await world.settle();
  expect(world.posts()).toHaveLength(2);
  expect(await world.store.push.pushCounts(world.clock.now())).toMatchObject({ webhooksWaiting: 1, webhooksDead: 0 });
});

test('what fails for a day under the same id is a dead letter, which can be sent again', async () => {
  await using world = await hooked();
  world.play = () => ({ fails: 'fetch-server-error' });
  await world.publish(PATH, document({ a: 'A' }));
  for (let minutes = 0; minutes < 2 * 24 * 60; minutes += 10) {
    await world.settle();
    await world.clock.advance(600_000);
  }
  const ids = new Set(world.posts().map(({ body }) => (JSON.parse(body!) as Told).id));
  expect(ids.size).toBe(1);
  expect(world.posts().length).toBeGreaterThanOrEqual(6);
  const dead = await world.store.push.deadWebhooks();
  expect(dead).toMatchObject([{ topicId: 'world', url: HOOK.url, dueAt: null }]);
  // The key in an address is told to nobody.
  const lines = deadLines(dead).join('\n');
  expect(lines).toMatch(/world to site\.example \([0-9a-f]{8}\)/);
  expect(lines).not.toContain('hidden');
  const status = pushLines(await gatherPushStatus(world.store, world.clock.now()));
  expect(status).toEqual(['webhooks: 0 on their way, 1 given up (tributary webhooks list)']);
  world.play = () => undefined;
  await world.store.push.reviveWebhooks(
    dead.map(({ number }) => number),
    world.clock.now(),
  );
  await world.settle();
  expect(told(world).at(-1)).toBe('a||');
  expect(await world.store.push.deadWebhooks()).toEqual([]);
});

test('a webhook whose secret is not set waits until it is, and nothing is sent unsigned', async () => {
  await using world = await hooked([{ ...HOOK, secretEnv: 'NOT_SET' }]);
  await world.publish(PATH, document({ a: 'A' }));
  await world.settle();
  expect(world.posts()).toEqual([]);
  const lines = pushLines(await gatherPushStatus(world.store, world.clock.now()));
  expect(lines.join('\n')).toContain('the environment variable NOT_SET, its secret, is not set');
});

test('a program that is killed after the publication tells what it did not tell yet, once', async () => {
  await using world = await hooked();
  await world.publish(PATH, document({ a: 'A' }));
  // Nothing was gathered before the kill.
  const again = world.restarted();
  await again.run({ until: 'idle', isListening: true }, new AbortController().signal);
  await world.restarted().run({ until: 'idle', isListening: true }, new AbortController().signal);
  expect(told(world)).toEqual(['a||']);
});

test('a webhook that is listed no more becomes a dead letter, and gets nothing', async () => {
  await using world = await hooked();
  world.play = () => ({ fails: 'fetch-timed-out' });
  await world.publish(PATH, document({ a: 'A' }));
  await world.settle();
  world.service.follow({ ...world.order, topics: [aTopic()] });
  await world.clock.advance(DAY_MS);
  await world.settle();
  expect(world.posts()).toHaveLength(1);
  expect(await world.store.push.deadWebhooks()).toMatchObject([
    { lastFailure: 'sources.json names this webhook no more' },
  ]);
});

test('a document that is being replaced while it is read is compared when it is there', async () => {
  await using world = await hooked();
  await world.publish(PATH, document({ a: 'A' }));
  world.files.set(PATH, document({ a: 'A', b: 'B' }));
  await world.settle();
  expect(world.posts()).toEqual([]);
  await world.publish(PATH, document({ a: 'A', b: 'B' }));
  await world.settle();
  expect(told(world)).toEqual(['ab||']);
});

test('of a private topic its own webhooks are told, by the address that its token is in, and no others', async () => {
  const path = 'feeds/circle.json';
  const rooms: Record<string, string> = {};
  const output = { read: async (asked: string) => (asked in rooms ? Buffer.from(rooms[asked]!) : null) };
  const room = { output: output as never, prefix: 'private:circle/', token: 'a-token' };
  await using world = await openPushWorld({
    order: { topics: [aTopic(), aTopic({ id: 'circle', private: true, webhooks: [HOOK] })] },
    tools: { privateRoomOf: async (topicId) => (topicId === 'circle' ? room : null) },
  });
  rooms[path] = document({ a: 'A' });
  await world.publish(`private:circle/${path}`, rooms[path]);
  await world.settle();
  expect(told(world)).toEqual(['a||']);
  expect(JSON.parse(world.posts()[0]!.body!)).toMatchObject({
    topic: { id: 'circle', feed_url: `${SITE}private/a-token/${path}` },
  });
});

test('a private topic that has no address yet has nothing to tell', async () => {
  await using world = await openPushWorld({
    order: { topics: [aTopic({ id: 'circle', private: true, webhooks: [HOOK] })] },
    tools: { privateRoomOf: async () => null },
  });
  // Where it was public: nobody is told what lies there still.
  await world.publish('feeds/circle.json', document({ a: 'A' }));
  await world.settle();
  expect(told(world)).toEqual([]);
});

test('what is taken back is told to nobody any more, though it waited to be sent or was given up', async () => {
  await using world = await hooked();
  world.play = () => ({ fails: 'fetch-server-error' });
  await world.publish(PATH, document({ a: 'A', b: 'the secret' }));
  await world.settle();
  await world.publish(PATH, document({ a: 'A', b: 'the secret, corrected' }));
  await world.settle();
  const [first] = await world.store.push.webhooksDue({ ...ASKED, now: '2026-12-24T12:00:00Z' });
  await world.store.push.saveWebhookTries(first!.number, { tries: 9, since: null, lastFailure: 'x', dueAt: null });
  await world.takeBack('b');
  const dead = await world.store.push.deadWebhooks();
  expect(dead.map(({ body }) => (JSON.parse(body) as Told).added)).toEqual([[{ id: 'a', title: 'A' }]]);
  world.play = () => undefined;
  world.sent.length = 0;
  await world.store.push.reviveWebhooks([first!.number], world.clock.now());
  await world.publish(PATH, document({ a: 'A' }));
  for (let at = 0; at < 3; at++) {
    await world.settle();
    await world.clock.advance(DAY_MS / 2);
  }
  // The correction had nothing else to tell, and is sent to nobody.
  expect(told(world).toSorted()).toEqual(['a||', '||b']);
  expect(JSON.stringify(world.sent)).not.toContain('secret');
});

test('what is taken back while its delivery waits for a hand is cut out of it', async () => {
  await using world = await hooked([HOOK, { url: 'https://site.example/second', secretEnv: 'HOOK_SECRET' }]);
  const first = Promise.withResolvers<void>();
  const { push } = world.store;
  const given = push.webhookToSend.bind(push);
  // Both were found due; their turn comes later.
  Object.assign(push, {
    async webhookToSend(number: number) {
      await first.promise;
      return given(number);
    },
  });
  await world.publish(PATH, document({ a: 'A', b: 'the secret' }));
  const sending = world.settle();
  for (let turn = 0; turn < 20; turn++) await settled();
  await world.takeBack('b');
  first.resolve();
  await sending;
  await world.publish(PATH, document({ a: 'A' }));
  await world.settle();
  expect(told(world)).toEqual(['a||', 'a||', '||b', '||b']);
  expect(JSON.stringify(world.sent)).not.toContain('secret');
});

test('an old document, read while its entries are taken back, tells nothing of them', async () => {
  await using world = await hooked();
  await world.publish(PATH, document({ a: 'A' }));
  await world.settle();
  await world.takeBack('b');
  await world.publish(PATH, document({ a: 'A', b: 'the secret' }));
  await world.settle();
  expect(told(world)).toEqual(['a||']);
  expect(JSON.stringify(world.sent)).not.toContain('secret');
});

/** The entries have been published, and have scrolled out of the document since. */
const publishedInArchive = ({ store }: PushWorld, ids: readonly string[]): Promise<void> =>
  store.savePlaced({
    opened: ids.map((entryId) => ({
      topicId: 'world',
      entryId,
      subjectId: entryId,
      leadArticleId: entryId,
      published: '2026-11-24T11:00:00Z',
      updated: '2026-11-24T11:00:00Z',
      extent: 'full',
      words: null,
      characters: null,
      shown: [],
    })),
    left: [],
    tombstones: [],
    reopened: [],
    done: [],
    there: [],
    gone: [],
  });

test('all retractions are told, also more than a feed holds, and of entries that have scrolled out of it', async () => {
  await using world = await hooked();
  const ids = Array.from({ length: 120 }, (_, at) => `entry-${at}`);
  await world.publish(PATH, document(Object.fromEntries(ids.map((id) => [id, 'old']))));
  await world.settle();
  await publishedInArchive(world, ids);
  await world.publish(PATH, document({ z: 'new' }));
  await world.settle();
  await world.takeBack(...ids);
  await world.settle();
  await world.publish(PATH, document({ z: 'new', y: 'newer' }));
  await world.settle();
  const retracted = world.posts().flatMap(({ body }) => (JSON.parse(body!) as Told).retracted.map(({ id }) => id));
  expect(retracted.toSorted()).toEqual(ids.toSorted());
});

test('what is remembered of entries goes when they can never be taken back any more', async () => {
  await using world = await hooked();
  await world.publish(PATH, document({ a: 'A', b: 'B' }));
  await world.settle();
  await world.publish(PATH, document({ c: 'C' }));
  await world.settle();
  expect([...(await world.store.push.toldEntries('world')).keys()]).toEqual(['c']);
});

test('a topic that is renamed tells its webhooks nothing again, and what waits goes on', async () => {
  await using world = await hooked();
  world.play = () => ({ fails: 'fetch-server-error' });
  await world.publish(PATH, document({ a: 'A' }));
  await world.settle();
  world.order = {
    ...world.order,
    topics: [aTopic({ id: 'globe', webhooks: [HOOK] })],
    formerTopics: [{ id: 'world', movedTo: 'globe' }],
  };
  world.service.follow(world.order);
  world.play = () => undefined;
  await world.clock.advance(60_000);
  // Before the publication that brings the new name.
  await world.settle();
  await world.store.renameTopic('world', 'globe');
  await world.publish('feeds/globe.json', document({ a: 'A', b: 'B' }));
  await world.publish(PATH, null);
  await world.settle();
  expect(told(world)).toEqual(['a||', 'a||', 'b||']);
  expect(await world.store.push.deadWebhooks()).toEqual([]);
});
