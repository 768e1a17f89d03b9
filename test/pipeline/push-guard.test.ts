import { expect, test } from '@jest/globals';
import { openOutbound } from '../../src/fetch/open-outbound.ts';
import { systemClock } from '../../src/support/clock.ts';
import { startCallbackServer, type Called, type CallbackAnswer } from '../support/callback-server.ts';
import { openPushWorld, type PushWorld } from '../support/push-world.ts';

// Callbacks of strangers, by the real client over loopback. 127.0.0.1 stands for the public web, all else is closed.

const PATH = 'feeds/world.atom';

type Guarded = { readonly world: PushWorld; readonly calls: readonly Called[]; readonly callback: string };

async function withHub(
  given: {
    readonly addresses: () => readonly string[];
    readonly answer?: (call: Called) => CallbackAnswer | undefined;
  },
  work: (guarded: Guarded) => Promise<void>,
): Promise<void> {
  await using server = await startCallbackServer(given.answer);
  await using client = openOutbound(
    { clock: systemClock(), resolve: async () => given.addresses() },
    { userAgent: 'Tributary/test', allowedNetworks: ['127.0.0.1/32'], hostSpacingMs: 0 },
  );
  await using world = await openPushWorld({ tools: { outbound: client.outbound, refusalOf: client.refusalOf } });
  await world.publish(PATH, '<feed>1</feed>');
  await work({ world, calls: server.calls, callback: `http://reader.example:${server.port}/callback` });
}

const counts = (world: PushWorld) => world.store.push.pushCounts(world.clock.now());

test('a callback of the public web is asked back and delivered to', () =>
  withHub({ addresses: () => ['127.0.0.1'] }, async ({ world, calls, callback }) => {
    expect(await world.subscribe({ 'hub.callback': callback })).toMatchObject({ status: 202 });
    await world.settle();
    await world.publish(PATH, '<feed>2</feed>');
    await world.settle();
    expect(calls.map(({ method, body }) => [method, body])).toEqual([
      ['GET', ''],
      ['POST', '<feed>2</feed>'],
    ]);
  }));

test.each([
  'http://10.0.0.1/',
  'http://[::1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2130706434/',
  'http://[::ffff:10.0.0.1]/',
])('the private callback %s is refused at once', (callback) =>
  withHub({ addresses: () => [] }, async ({ world }) => {
    expect(await world.subscribe({ 'hub.callback': callback })).toMatchObject({ status: 403 });
    expect(await counts(world)).toMatchObject({ intents: 0 });
  }),
);

test.each([[['127.0.0.2']], [['127.0.0.1', '10.0.0.1']], [['::1']]])(
  'a callback whose name leads to %j is never called',
  (addresses) =>
    withHub({ addresses: () => addresses }, async ({ world, calls, callback }) => {
      await world.subscribe({ 'hub.callback': callback });
      await world.settle();
      expect(calls).toEqual([]);
      expect(await counts(world)).toMatchObject({ subscriptions: 0, intents: 0 });
    }),
);

test('a callback that redirects its question to a private address is not subscribed, and that address not called', () =>
  withHub(
    {
      addresses: () => ['127.0.0.1'],
      answer: ({ path, headers, query }) =>
        path === '/callback'
          ? {
              status: 302,
              headers: { location: `http://127.0.0.2:${headers.host!.split(':')[1]}/inner?${query.toString()}` },
            }
          : undefined,
    },
    async ({ world, calls, callback }) => {
      await world.subscribe({ 'hub.callback': callback });
      await world.settle();
      expect(calls.map(({ path }) => path)).toEqual(['/callback']);
      expect(await counts(world)).toMatchObject({ subscriptions: 0 });
    },
  ));

test('a delivery that is redirected goes nowhere', () =>
  withHub(
    {
      addresses: () => ['127.0.0.1'],
      answer: ({ method }) => (method === 'POST' ? { status: 307, headers: { location: '/inner' } } : undefined),
    },
    async ({ world, calls, callback }) => {
      await world.subscribe({ 'hub.callback': callback });
      await world.settle();
      await world.publish(PATH, '<feed>2</feed>');
      await world.settle();
      expect(calls.map(({ path }) => path)).toEqual(['/callback', '/callback']);
      expect((await counts(world)).failing).toMatchObject([{ lastFailure: expect.stringContaining('307') }]);
    },
  ));

test('a name that leads elsewhere once it is subscribed (rebinding) is not delivered to', () => {
  let address = '127.0.0.1';
  return withHub({ addresses: () => [address] }, async ({ world, calls, callback }) => {
    await world.subscribe({ 'hub.callback': callback });
    await world.settle();
    expect(await counts(world)).toMatchObject({ subscriptions: 1 });
    address = '127.0.0.2';
    await world.publish(PATH, '<feed>2</feed>');
    await world.settle();
    expect(calls).toHaveLength(1);
    expect((await counts(world)).failing).toMatchObject([{ lastFailure: expect.stringContaining('private') }]);
  });
});

test('an answer to the challenge that has no end is none', () =>
  withHub(
    {
      addresses: () => ['127.0.0.1'],
      answer: ({ query }) => ({ status: 200, body: query.get('hub.challenge')! + ' '.repeat(100_000) }),
    },
    async ({ world, callback }) => {
      await world.subscribe({ 'hub.callback': callback });
      await world.settle();
      expect(await counts(world)).toMatchObject({ subscriptions: 0, intents: 0 });
    },
  ));
