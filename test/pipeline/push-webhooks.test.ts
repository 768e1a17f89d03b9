import { expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { deadLines } from '../../src/cli/webhooks.ts';
import { gatherPushStatus, pushLines } from '../../src/cli/push-status.ts';
import type { Webhook } from '../../src/model/topic.ts';
import { aTopic } from '../support/a-topic.ts';
import { openPushWorld, SITE, type PushWorld } from '../support/push-world.ts';

const PATH = 'feeds/world.json';
const HOOK: Webhook = { url: 'https://site.example/hook?key=hidden', secretEnv: 'HOOK_SECRET' };
const DAY_MS = 86_400_000;

const hooked = (webhooks: readonly Webhook[] = [HOOK]): Promise<PushWorld> =>
  openPushWorld({ order: { topics: [aTopic({ webhooks })] } });

const document = (titles: Readonly<Record<string, string>>, deleted: readonly object[] = []): string =>
  JSON.stringify({
    title: 'World',
    items: Object.entries(titles).map(([id, title]) => ({ id, title })),
    _tributary: { deleted },
  });

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
    document({ c: 'C', a: 'A corrected' }, [{ id: 'b', at: '2026-11-24T12:00:00Z' }]),
  ]) {
    await world.publish(PATH, text);
    await world.settle();
  }
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
  expect(lines).toContain('world to https://site.example/hook');
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
