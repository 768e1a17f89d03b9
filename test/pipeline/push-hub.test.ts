import { describe, expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { runErrands } from '../../src/pipeline/run-errands.ts';
import { openBell } from '../../src/support/bell.ts';
import { silentLog } from '../../src/support/log.ts';
import { aSite, aTopic } from '../support/a-topic.ts';
import { handClock, settled } from '../support/hand-clock.ts';
import { CALLBACK, openPushWorld, SITE, type PushWorld } from '../support/push-world.ts';

const PATH = 'feeds/world.atom';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A hub that has published once and has one subscriber, who has confirmed. */
async function subscribed(changed: Readonly<Record<string, string>> = {}): Promise<PushWorld> {
  const world = await openPushWorld();
  await world.publish(PATH, '<feed>1</feed>');
  expect(await world.subscribe(changed)).toMatchObject({ status: 202 });
  await world.settle();
  expect(world.gets()).toHaveLength(1);
  return world;
}

const counts = async (world: PushWorld) => world.store.push.pushCounts(world.clock.now());
const bodies = (world: PushWorld): (string | null)[] => world.posts().map(({ body }) => body);

describe('a subscriber', () => {
  test('is asked back, and gets the very bytes of each later publication once, signed and with its links', async () => {
    await using world = await subscribed({ 'hub.secret': 'shared' });
    expect(world.posts()).toEqual([]);
    await world.publish(PATH, '<feed>2</feed>');
    await world.settle();
    await world.settle();
    expect(world.posts()).toEqual([
      {
        url: CALLBACK,
        body: '<feed>2</feed>',
        headers: {
          'content-type': 'application/atom+xml; charset=utf-8',
          link: `<${SITE}hub>; rel="hub", <${SITE}${PATH}>; rel="self"`,
          'x-hub-signature': `sha256=${createHmac('sha256', 'shared').update('<feed>2</feed>').digest('hex')}`,
        },
      },
    ]);
  });

  test('without a secret gets no signature, and nothing of other topics', async () => {
    await using world = await subscribed();
    await world.publish('feeds/sports.atom', '<feed/>');
    await world.publish(PATH, '<feed>2</feed>');
    await world.settle();
    expect(bodies(world)).toEqual(['<feed>2</feed>']);
    expect(world.posts()[0]!.headers).not.toHaveProperty('x-hub-signature');
  });

  test('that is down gets the newest version alone when it is back', async () => {
    await using world = await subscribed();
    world.play = () => ({ fails: 'fetch-server-error' });
    for (const version of ['2', '3', '4']) {
      await world.publish(PATH, `<feed>${version}</feed>`);
      await world.settle();
    }
    // The later ones wait for the time that the first failure has set.
    expect(bodies(world)).toEqual(['<feed>2</feed>']);
    world.play = () => undefined;
    await world.clock.advance(13_000);
    await world.settle();
    await world.clock.advance(DAY_MS);
    await world.settle();
    expect(bodies(world)).toEqual(['<feed>2</feed>', '<feed>4</feed>']);
  });

  test('that stays down is tried for a day at growing intervals, then with the next version', async () => {
    await using world = await subscribed();
    world.play = ({ body }) => (body === null ? undefined : { fails: 'fetch-timed-out' });
    await world.publish(PATH, '<feed>2</feed>');
    for (let minutes = 0; minutes < 2 * 24 * 60; minutes += 10) {
      await world.settle();
      await world.clock.advance(600_000);
    }
    const tries = world.posts().length;
    expect(tries).toBeGreaterThanOrEqual(6);
    // The waits of a day are ten at the most: 10 s, 30 s … 6 h, 6 h, 6 h.
    expect(tries).toBeLessThanOrEqual(11);
    expect((await counts(world)).failing).toMatchObject([
      { kind: 'subscription', url: CALLBACK, lastFailure: expect.stringContaining('given up after a day') },
    ]);
    world.play = () => undefined;
    await world.publish(PATH, '<feed>3</feed>');
    await world.settle();
    expect(bodies(world).at(-1)).toBe('<feed>3</feed>');
    expect((await counts(world)).failing).toEqual([]);
  });

  test('that answers 410 is subscribed no more', async () => {
    await using world = await subscribed();
    world.play = () => ({ fails: 'fetch-gone' });
    await world.publish(PATH, '<feed>2</feed>');
    await world.settle();
    world.play = () => undefined;
    await world.publish(PATH, '<feed>3</feed>');
    await world.settle();
    expect(bodies(world)).toEqual(['<feed>2</feed>']);
    expect(await counts(world)).toMatchObject({ subscriptions: 0, failing: [] });
  });

  test('whose lease has ended gets nothing more', async () => {
    await using world = await subscribed({ 'hub.lease_seconds': '3600' });
    await world.clock.advance(HOUR_MS + 1000);
    await world.publish(PATH, '<feed>2</feed>');
    await world.settle();
    expect(world.posts()).toEqual([]);
    expect(await counts(world)).toMatchObject({ subscriptions: 0 });
  });

  test('that subscribes again has one subscription, with the new secret and lease, and loses nothing on its way', async () => {
    await using world = await subscribed({ 'hub.lease_seconds': '3600' });
    world.play = ({ body }) => (body === null ? undefined : { fails: 'fetch-server-error' });
    await world.publish(PATH, '<feed>2</feed>');
    await world.settle();
    await world.subscribe({ 'hub.secret': 'new', 'hub.lease_seconds': '864000' });
    await world.settle();
    expect(await counts(world)).toMatchObject({ subscriptions: 1, subscriptionsWaiting: 1 });
    world.play = () => undefined;
    await world.clock.advance(2 * HOUR_MS);
    await world.settle();
    expect(world.posts().at(-1)).toMatchObject({ body: '<feed>2</feed>' });
    expect(world.posts().at(-1)!.headers).toHaveProperty('x-hub-signature');
  });

  test('that unsubscribes is asked back too, and an end that it does not confirm is none', async () => {
    await using world = await subscribed();
    world.play = ({ body }) => (body === null ? 'no' : undefined);
    await world.subscribe({ 'hub.mode': 'unsubscribe' });
    await world.settle();
    expect(await counts(world)).toMatchObject({ subscriptions: 1, intents: 0 });
    world.play = () => undefined;
    await world.subscribe({ 'hub.mode': 'unsubscribe' });
    await world.settle();
    expect(await counts(world)).toMatchObject({ subscriptions: 0, intents: 0 });
  });

  test('of a feed that is published no more is told so, and no longer subscribed', async () => {
    await using world = await subscribed();
    await world.publish(PATH, null);
    await world.settle();
    const told = new URL(world.gets().at(-1)!.url).searchParams;
    expect([told.get('hub.mode'), told.get('hub.topic')]).toEqual(['denied', `${SITE}${PATH}`]);
    expect(told.has('hub.challenge')).toBe(false);
    expect(await counts(world)).toMatchObject({ subscriptions: 0, intents: 0 });
  });
});

describe('a callback that', () => {
  test.each(['', 'something else', 'c'])('answers "%s" to the challenge is not subscribed', async (answered) => {
    await using world = await openPushWorld();
    await world.publish(PATH, '<feed/>');
    world.play = () => answered;
    await world.subscribe();
    await world.settle();
    await world.clock.advance(HOUR_MS);
    await world.settle();
    expect(world.gets()).toHaveLength(1);
    expect(await counts(world)).toMatchObject({ subscriptions: 0, intents: 0 });
  });

  test('knows nothing of it (404) is not asked again', async () => {
    await using world = await openPushWorld();
    await world.publish(PATH, '<feed/>');
    world.play = () => ({ fails: 'fetch-not-found' });
    await world.subscribe();
    await world.settle();
    expect(await counts(world)).toMatchObject({ subscriptions: 0, intents: 0 });
  });

  test('is away for a minute is asked again, with another challenge', async () => {
    await using world = await openPushWorld();
    await world.publish(PATH, '<feed/>');
    world.play = () => ({ fails: 'fetch-no-connection' });
    await world.subscribe();
    await world.settle();
    expect((await counts(world)).failing).toMatchObject([{ kind: 'intent', url: CALLBACK }]);
    world.play = () => undefined;
    await world.clock.advance(90_000);
    await world.settle();
    const challenges = world.gets().map(({ url }) => new URL(url).searchParams.get('hub.challenge'));
    expect(new Set(challenges).size).toBe(2);
    expect(await counts(world)).toMatchObject({ subscriptions: 1, intents: 0, failing: [] });
  });

  test('never answers is given up after three tries', async () => {
    await using world = await openPushWorld();
    await world.publish(PATH, '<feed/>');
    world.play = () => ({ fails: 'fetch-timed-out' });
    await world.subscribe();
    for (let minute = 0; minute < 60; minute++) {
      await world.settle();
      await world.clock.advance(60_000);
    }
    expect(world.gets().length).toBeLessThanOrEqual(3);
    expect(await counts(world)).toMatchObject({ intents: 0 });
  });
});

describe('a hub', () => {
  test('refuses what it does not publish, and asks nobody about it', async () => {
    await using world = await openPushWorld();
    expect(await world.subscribe()).toMatchObject({ status: 404 });
    await world.settle();
    expect(world.sent).toEqual([]);
  });

  test('that is not ours, or none, is not there', async () => {
    await using world = await openPushWorld();
    await world.publish(PATH, '<feed/>');
    for (const hub of [null, { url: 'https://hub.example/', isOwn: false }]) {
      world.service.follow({ ...world.order, site: aSite({ url: SITE, hub }) });
      expect(await world.subscribe()).toMatchObject({ status: 404 });
    }
  });

  test('takes no more than ten unconfirmed wishes for callbacks at one host', async () => {
    await using world = await openPushWorld();
    await world.publish(PATH, '<feed/>');
    const answers = [];
    for (let at = 0; at < 12; at++)
      answers.push((await world.subscribe({ 'hub.callback': `${CALLBACK}/${at}` })).status);
    expect(answers.filter((status) => status === 202)).toHaveLength(10);
    expect(answers.slice(-2)).toEqual([429, 429]);
    expect(await world.subscribe({ 'hub.callback': 'https://other.example/' })).toMatchObject({ status: 202 });
  });

  test('that is stopped in the middle of a delivery delivers when it is started again', async () => {
    await using world = await subscribed();
    const stop = new AbortController();
    world.play = () =>
      new Promise<never>((_, reject) => stop.signal.addEventListener('abort', () => reject(stop.signal.reason)));
    await world.publish(PATH, '<feed>2</feed>');
    const running = world.service.run({ until: 'stopped', isListening: true }, stop.signal);
    while (world.posts().length === 0) await settled();
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    world.play = () => undefined;
    await world.restarted().run({ until: 'idle', isListening: true }, new AbortController().signal);
    expect(bodies(world)).toEqual(['<feed>2</feed>', '<feed>2</feed>']);
    expect(await counts(world)).toMatchObject({ subscriptionsWaiting: 0 });
  });

  test('sends what was published while it delivered the version before', async () => {
    await using world = await subscribed();
    let once = true;
    world.play = ({ body }) => {
      if (body !== null && once) {
        once = false;
        // The answer of the first comes after the second is there.
        world.files.set(PATH, '<feed>3</feed>');
      }
      return undefined;
    };
    await world.publish(PATH, '<feed>2</feed>');
    await world.settle();
    await world.publish(PATH, '<feed>3</feed>');
    await world.settle();
    expect(bodies(world)).toEqual(['<feed>2</feed>', '<feed>3</feed>']);
  });

  test('is held up by no subscriber that never answers', async () => {
    await using world = await openPushWorld();
    await world.publish(PATH, '<feed>1</feed>');
    const hosts = Array.from({ length: 60 }, (_, at) => `https://reader${at}.example/`);
    for (const callback of hosts) await world.subscribe({ 'hub.callback': callback });
    await world.settle();
    const stop = new AbortController();
    const silent = new Set(hosts.slice(0, 20));
    world.play = ({ url }) =>
      silent.has(url)
        ? new Promise<never>((_, reject) => stop.signal.addEventListener('abort', () => reject(stop.signal.reason)))
        : undefined;
    await world.publish(PATH, '<feed>2</feed>');
    const running = world.service.run({ until: 'stopped', isListening: true }, stop.signal);
    const others = (): number => world.posts().filter(({ url }) => !silent.has(url)).length;
    while (others() < 40) await settled();
    // And the next publication reaches them while the silent ones are still waited for.
    await world.publish(PATH, '<feed>3</feed>');
    while (others() < 80) await settled();
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    expect(world.posts().filter(({ url }) => silent.has(url))).toHaveLength(20);
  });
});

describe('a topic that was renamed', () => {
  const NEW = 'feeds/globe.atom';
  const renamed = (world: PushWorld): void => {
    world.order = {
      ...world.order,
      topics: [aTopic({ id: 'globe' })],
      formerTopics: [{ id: 'world', movedTo: 'globe' }],
    };
    world.service.follow(world.order);
  };

  test('goes on to its subscribers, under the address that they asked for', async () => {
    await using world = await subscribed();
    renamed(world);
    await world.publish(PATH, null);
    await world.settle();
    expect(await counts(world)).toMatchObject({ subscriptions: 1 });
    await world.publish(NEW, '<feed>2</feed>');
    await world.settle();
    expect(bodies(world)).toEqual(['<feed>2</feed>']);
    expect(world.posts()[0]!.headers).toMatchObject({
      link: `<${SITE}hub>; rel="hub", <${SITE}${PATH}>; rel="self"`,
    });
    expect(world.gets()).toHaveLength(1);
  });

  test('is renewed by either address', async () => {
    await using world = await subscribed();
    renamed(world);
    await world.publish(PATH, null);
    await world.publish(NEW, '<feed>2</feed>');
    expect(await world.subscribe()).toMatchObject({ status: 202 });
    expect(await world.subscribe({ 'hub.topic': `${SITE}${NEW}` })).toMatchObject({ status: 202 });
    await world.settle();
    expect(await counts(world)).toMatchObject({ subscriptions: 2 });
  });
});

describe('errands', () => {
  test('run some at a time and one at a host, and a fault of ours ends them all', async () => {
    const now = { running: 0, most: 0, byHost: new Map<string, number>(), mostOfHost: 0 };
    const todo = new Set(Array.from({ length: 30 }, (_, at) => at));
    const kind = {
      name: 'test',
      atOnce: 4,
      tried: null,
      due: async () =>
        [...todo].map((at) => ({
          key: String(at),
          host: `host ${at % 6}`,
          async run() {
            const host = `host ${at % 6}`;
            now.most = Math.max(now.most, ++now.running);
            now.byHost.set(host, (now.byHost.get(host) ?? 0) + 1);
            now.mostOfHost = Math.max(now.mostOfHost, now.byHost.get(host)!);
            await settled();
            now.byHost.set(host, now.byHost.get(host)! - 1);
            now.running--;
            todo.delete(at);
          },
        })),
    };
    const tools = { clock: handClock(), log: silentLog, bell: openBell() };
    const given = { prepare: async () => undefined, until: 'idle' } as const;
    await runErrands(tools, { ...given, kinds: [kind] }, new AbortController().signal);
    expect([todo.size, now.most, now.mostOfHost]).toEqual([0, 4, 1]);
    const faulty = {
      ...kind,
      due: async () => [{ key: 'x', host: 'x', run: () => Promise.reject(new TypeError('a fault of ours')) }],
    };
    await expect(
      runErrands(tools, { ...given, until: 'stopped', kinds: [faulty] }, new AbortController().signal),
    ).rejects.toThrow('a fault of ours');
  });
});
