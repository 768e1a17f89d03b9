import { describe, expect, test } from '@jest/globals';
import { hubSignature } from '../../src/push/signatures.ts';
import { gatherPushStatus } from '../../src/cli/push-status.ts';
import { aSite } from '../support/a-topic.ts';
import { aSource } from '../support/an-entry.ts';
import { openPushWorld, SITE, type PushWorld } from '../support/push-world.ts';

const source = aSource();
const offer = { hub: 'https://hub.example/', topic: 'https://harbour.example/feed.xml' };
const body = Buffer.from('<rss/>');
const HOUR_MS = 3_600_000;

/** A source whose feed named a hub, which was asked. */
async function asked(): Promise<PushWorld> {
  const world = await openPushWorld();
  await world.service.noteOffer(source.id, offer);
  await world.settle();
  return world;
}

const hubOf = async ({ store }: PushWorld) => (await store.push.upstreamHub({ sourceId: source.id }))!;

async function verify(world: PushWorld, given: Readonly<Record<string, string>> = {}) {
  const query = {
    'hub.mode': 'subscribe',
    'hub.topic': offer.topic,
    'hub.challenge': 'abc',
    'hub.lease_seconds': '36000',
  };
  return world.service.doors.verification((await hubOf(world)).token, new URLSearchParams({ ...query, ...given }));
}

const taken = async (world: PushWorld): Promise<readonly string[] | 'none'> =>
  Promise.race([
    world.service.pushed.taken(AbortSignal.timeout(5_000)),
    new Promise<'none'>((resolve) => setImmediate(() => resolve('none'))),
  ]);

describe('a hub that a source names', () => {
  test('is asked for it with an address and a secret that nobody can guess, and confirmed', async () => {
    await using world = await asked();
    const hub = await hubOf(world);
    expect(hub.token).toMatch(/^[\w-]{43}$/);
    expect(hub.secret).not.toBe(hub.token);
    const form = new URLSearchParams(world.posts()[0]!.body!);
    expect(world.posts()[0]!.url).toBe(offer.hub);
    expect(Object.fromEntries(form)).toMatchObject({
      'hub.mode': 'subscribe',
      'hub.topic': offer.topic,
      'hub.callback': `${SITE}websub/${hub.token}`,
      'hub.secret': hub.secret,
    });
    expect(await verify(world)).toEqual({ status: 200, says: 'abc' });
    expect(await hubOf(world)).toMatchObject({ status: 'active', leaseEndsAt: '2026-11-24T22:00:00Z' });
  });

  test('is not asked by a program that listens to nobody', async () => {
    await using world = await openPushWorld();
    await world.service.noteOffer(source.id, offer);
    await world.service.run({ until: 'idle', isListening: false }, new AbortController().signal);
    expect(world.sent).toEqual([]);
  });

  test('is not asked twice for the same offer, and at once for another', async () => {
    await using world = await asked();
    const before = await hubOf(world);
    await world.service.noteOffer(source.id, offer);
    await world.settle();
    expect(world.posts()).toHaveLength(1);
    await world.service.noteOffer(source.id, { ...offer, hub: 'https://other.example/' });
    await world.settle();
    expect(world.posts().map(({ url }) => url)).toEqual([offer.hub, 'https://other.example/']);
    expect((await hubOf(world)).token).not.toBe(before.token);
    // The hub before is told by 410 that it may stop.
    const old = { body, signature: hubSignature(before.secret, body), links: null };
    expect(await world.push(before.token, old)).toMatchObject({ status: 410 });
  });

  test('that asks back before it answers is answered', async () => {
    await using world = await openPushWorld();
    world.play = ({ body: sent }) => {
      if (sent !== null) void verifying.push(verify(world));
      return undefined;
    };
    const verifying: Promise<unknown>[] = [];
    await world.service.noteOffer(source.id, offer);
    await world.settle();
    expect(await Promise.all(verifying)).toEqual([{ status: 200, says: 'abc' }]);
    expect(await hubOf(world)).toMatchObject({ status: 'active' });
  });

  test('is asked again before its lease ends, and the subscription runs on meanwhile', async () => {
    await using world = await asked();
    await verify(world);
    await world.clock.advance(7 * HOUR_MS);
    await world.settle();
    expect(world.posts()).toHaveLength(1);
    await world.clock.advance(1.1 * HOUR_MS);
    await world.settle();
    expect(world.posts()).toHaveLength(2);
    expect(await hubOf(world)).toMatchObject({ status: 'active' });
    await verify(world);
    expect(await hubOf(world)).toMatchObject({ leaseEndsAt: '2026-11-25T06:06:00Z' });
  });

  test('that does not take it is asked again later and later, and its reason is told', async () => {
    await using world = await openPushWorld();
    world.play = () => ({ fails: 'fetch-server-error' });
    await world.service.noteOffer(source.id, offer);
    await world.settle();
    expect(await hubOf(world)).toMatchObject({ status: 'failing', tries: 1, lastFailure: expect.any(String) });
    for (let hour = 0; hour < 72; hour++) {
      await world.clock.advance(HOUR_MS);
      await world.settle();
    }
    expect(world.posts().length).toBeGreaterThanOrEqual(5);
    expect(world.posts().length).toBeLessThanOrEqual(10);
  });

  test('that takes it and never confirms it is asked again after hours', async () => {
    await using world = await asked();
    await world.clock.advance(5 * HOUR_MS);
    await world.settle();
    expect(world.posts()).toHaveLength(1);
    await world.clock.advance(2 * HOUR_MS);
    await world.settle();
    expect(world.posts()).toHaveLength(2);
  });

  test('is not asked where nobody could call us, where its address is closed, or for a feed of our own', async () => {
    for (const [offered, order, closed] of [
      [offer, { site: aSite({ url: SITE, hub: null }) }, ''],
      [offer, {}, 'hub.example'],
      [offer, {}, 'news.example.org'],
      [{ ...offer, topic: `${SITE}feeds/world.atom` }, {}, ''],
    ] as const) {
      const refusalOf = (url: string): string | null => (closed !== '' && url.includes(closed) ? 'closed' : null);
      await using world = await openPushWorld({ order, tools: { refusalOf } });
      await world.service.noteOffer(source.id, offered);
      await world.settle();
      expect(world.sent).toEqual([]);
    }
  });

  test('of a source that is listed no more is forgotten', async () => {
    await using world = await asked();
    const { token, secret } = await hubOf(world);
    world.service.follow({ ...world.order, sources: [] });
    world.service.published();
    await world.settle();
    const push = { body, signature: hubSignature(secret, body), links: null };
    expect(await world.push(token, push)).toMatchObject({ status: 410 });
  });

  test('that the feed names no more is forgotten', async () => {
    await using world = await asked();
    await world.service.noteOffer(source.id, null);
    expect(await world.store.push.upstreamHubs()).toEqual([]);
  });
});

describe('an offer', () => {
  const closed = { site: aSite({ url: SITE, hub: null }) };

  test('is kept where we subscribe to nobody, and followed when we do, without a new reading', async () => {
    await using world = await openPushWorld({ order: closed });
    await world.service.noteOffer(source.id, offer);
    await world.settle();
    expect(world.sent).toEqual([]);
    expect((await gatherPushStatus(world.store, world.clock.now())).hubs).toEqual([]);
    world.service.follow({ ...world.order, site: aSite({ url: SITE, hub: { url: `${SITE}hub`, isOwn: true } }) });
    world.service.published();
    await world.settle();
    expect(world.posts().map(({ url }) => url)).toEqual([offer.hub]);
  });

  test('rests while the hub is off, and its address is gone then', async () => {
    await using world = await asked();
    await verify(world);
    const { token, secret } = await hubOf(world);
    const push = { body, signature: hubSignature(secret, body), links: null };
    world.service.follow({ ...world.order, ...closed });
    world.service.published();
    await world.settle();
    expect(await world.push(token, push)).toMatchObject({ status: 410 });
    expect(await hubOf(world)).toMatchObject({ status: 'resting' });
    world.service.follow(world.order);
    world.service.published();
    await world.settle();
    expect(world.posts()).toHaveLength(2);
  });

  test('that is withdrawn while its hub is asked does not come back', async () => {
    await using world = await openPushWorld();
    world.play = () => {
      void world.store.push.dropUpstreamHub(source.id);
      return { fails: 'fetch-server-error' };
    };
    await world.service.noteOffer(source.id, offer);
    await world.settle();
    expect(world.posts()).toHaveLength(1);
    expect(await world.store.push.upstreamHubs()).toEqual([]);
  });
});

describe('a question that nobody expected', () => {
  test('gets 404 and changes nothing', async () => {
    await using world = await asked();
    const before = await hubOf(world);
    expect(await verify(world, { 'hub.topic': 'https://evil.example/' })).toMatchObject({ status: 404 });
    expect(await verify(world, { 'hub.mode': 'unsubscribe' })).toMatchObject({ status: 404 });
    const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.topic': offer.topic, 'hub.challenge': '<b>' });
    for (const token of ['a'.repeat(43), '', '../hub'])
      expect(await world.service.doors.verification(token, query)).toEqual({
        status: 404,
        says: 'this was not asked for',
      });
    expect(await hubOf(world)).toEqual(before);
  });
});

describe('a push', () => {
  test('that its hub has signed makes the source asked at once', async () => {
    await using world = await asked();
    await verify(world);
    const { token, secret } = await hubOf(world);
    const signature = hubSignature(secret, body);
    expect(await world.push(token, { body, signature, links: null })).toMatchObject({ status: 202 });
    expect(await taken(world)).toEqual([source.id]);
    expect(await hubOf(world)).toMatchObject({ pushes: 1, forged: 0 });
  });

  test.each([
    ['no signature', null, null],
    ['a guessed signature', `sha256=${'0'.repeat(64)}`, null],
    ['the topic of another', 'right', '<https://evil.example/>; rel="self"'],
  ])('with %s gets the same answer, and is dropped and counted', async (_, signed, links) => {
    await using world = await asked();
    await verify(world);
    const { token, secret } = await hubOf(world);
    const signature = signed === 'right' ? hubSignature(secret, body) : signed;
    expect(await world.push(token, { body, signature, links })).toMatchObject({ status: 202 });
    expect(await taken(world)).toBe('none');
    expect(await hubOf(world)).toMatchObject({ pushes: 0, forged: 1 });
  });
});

describe('pushes without end', () => {
  test('have their source asked so often within an hour, and count for nothing after that', async () => {
    await using world = await asked();
    await verify(world);
    const { token, secret } = await hubOf(world);
    const push = { body, signature: hubSignature(secret, body), links: null };
    const noted: string[] = [];
    Object.assign(world.service.pushed, { note: (sourceId: string) => void noted.push(sourceId) });
    for (let at = 0; at < 130; at++) expect(await world.push(token, push)).toMatchObject({ status: 202 });
    expect(noted).toHaveLength(120);
    expect(await hubOf(world)).toMatchObject({ pushes: 130 });
    await world.clock.advance(HOUR_MS);
    await world.push(token, push);
    expect(noted).toHaveLength(121);
  });
});

describe('another’s hub that we publish through', () => {
  const other = { site: aSite({ url: SITE, hub: { url: 'https://hub.example/', isOwn: false } }) };
  const told = (world: PushWorld): string[][] =>
    world.posts().map(({ body: form }) => new URLSearchParams(form!).getAll('hub.url').toSorted());

  test('is told of each changed feed once, and of no page or archive', async () => {
    await using world = await openPushWorld({ order: other });
    await world.publish('feeds/world.atom', '1');
    await world.publish('feeds/world.rss', '1');
    await world.publish('feeds/world/archive/1.atom', '1');
    await world.publish('index.html', '1');
    await world.settle();
    await world.settle();
    await world.publish('feeds/world.rss', '2');
    await world.settle();
    expect(told(world)).toEqual([[`${SITE}feeds/world.atom`, `${SITE}feeds/world.rss`], [`${SITE}feeds/world.rss`]]);
    expect(new URLSearchParams(world.posts()[0]!.body!).get('hub.mode')).toBe('publish');
  });

  test('that is down is told later, of everything', async () => {
    await using world = await openPushWorld({ order: other });
    world.play = () => ({ fails: 'fetch-no-connection' });
    await world.publish('feeds/world.atom', '1');
    await world.settle();
    await world.publish('feeds/world.rss', '1');
    await world.settle();
    expect(told(world)).toHaveLength(1);
    world.play = () => undefined;
    await world.clock.advance(HOUR_MS);
    await world.settle();
    expect(told(world).at(-1)).toEqual([`${SITE}feeds/world.atom`, `${SITE}feeds/world.rss`]);
  });
});
