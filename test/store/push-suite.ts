import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { NOT_TRIED, type HubIntent, type HubSubscription, type UpstreamHub } from '../../src/model/push.ts';
import type { DueQuestion } from '../../src/store/push-store.ts';
import type { Store } from '../../src/store/store.ts';
import { anIntent, anUpstreamHub, aSubscription, aWebhookDelivery } from '../support/pushes.ts';
import { anArticle } from '../support/an-entry.ts';
import type { TestDatabase } from './databases.ts';
import { arrival, NOON, ONE, TWO } from './records.ts';

const DAY_LATER = '2026-11-25T12:00:00Z';
const due = (given: Partial<DueQuestion> = {}): DueQuestion => ({
  now: TWO,
  busyHosts: [],
  limit: 10,
  tried: null,
  ...given,
});
const published = (path: string, sha256: string) => ({ path, inputKey: 'k', sha256 });

export function pushSuite(database: TestDatabase): void {
  let store: Store;
  beforeEach(async () => {
    store = await database.emptyStore();
    await store.saveOutputs({ written: [published('feeds/world.atom', 'second')], removed: [] });
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  const confirmed = async (given: Partial<HubSubscription> = {}): Promise<HubSubscription> => {
    const one = aSubscription(given);
    await store.push.saveSubscription(one, anIntent({ mark: one.mark }));
    return one;
  };
  const dueMarks = async (asked: Partial<DueQuestion> = {}): Promise<string[]> =>
    (await store.push.subscriptionsDue(due(asked))).map(({ mark }) => mark);

  test('a wish is kept until its callback has confirmed it, and a later one takes its place', async () => {
    await store.push.saveIntent(anIntent({ secret: 'first' }), 10);
    await store.push.saveIntent(anIntent({ secret: 'second' }), 10);
    expect(await store.push.intentsDue(due())).toEqual([anIntent({ secret: 'second' })]);
    // What is said of the first one does not touch the second.
    await store.push.dropIntent(anIntent({ secret: 'first' }));
    await store.push.saveIntentTries(anIntent({ secret: 'first' }), { ...NOT_TRIED, tries: 2, dueAt: DAY_LATER });
    expect(await store.push.intentsDue(due())).toHaveLength(1);
    await store.push.saveSubscription(aSubscription(), anIntent({ secret: 'second' }));
    expect(await store.push.intentsDue(due())).toEqual([]);
    expect(await store.push.subscription('mark')).toEqual(aSubscription());
  });

  test('a wish without a secret is told from one with a secret', async () => {
    await store.push.saveIntent(anIntent({ secret: null }), 10);
    await store.push.dropIntent(anIntent({ secret: 'other' }));
    expect(await store.push.intentsDue(due())).toHaveLength(1);
    await store.push.dropIntent(anIntent({ secret: null }));
    expect(await store.push.intentsDue(due())).toEqual([]);
  });

  test('a subscription is due when its document was published anew, and no longer when that was delivered', async () => {
    await confirmed({ delivered: 'first' });
    await confirmed({ mark: 'has-it', callback: 'https://b.example/', delivered: 'second' });
    expect(await store.push.subscriptionsDue(due())).toEqual([
      { ...aSubscription({ delivered: 'first' }), current: 'second' },
    ]);
    await store.push.saveDelivery('mark', { ...NOT_TRIED, delivered: 'second', dueAt: TWO });
    expect(await dueMarks()).toEqual([]);
    await store.saveOutputs({ written: [published('feeds/world.atom', 'third')], removed: [] });
    expect(await dueMarks()).toEqual(['has-it', 'mark']);
  });

  test('what was tried in vain is asked for apart, busy hosts are left out, and nobody is asked before his time', async () => {
    await confirmed({ mark: 'new', host: 'a.example', delivered: 'first' });
    await confirmed({ mark: 'tried', host: 'b.example', delivered: 'first', tries: 2, since: ONE, lastFailure: 'no' });
    await confirmed({ mark: 'later', host: 'c.example', delivered: 'first', dueAt: DAY_LATER });
    expect(await dueMarks()).toEqual(['new', 'tried']);
    expect(await dueMarks({ tried: 'not-yet' })).toEqual(['new']);
    expect(await dueMarks({ tried: 'in-vain' })).toEqual(['tried']);
    expect(await dueMarks({ busyHosts: ['a.example', 'x.example'] })).toEqual(['tried']);
    expect(await dueMarks({ limit: 1 })).toEqual(['new']);
    expect(await dueMarks({ now: DAY_LATER })).toHaveLength(3);
  });

  test('a lease that has ended is due no more, and is ended', async () => {
    await confirmed({ mark: 'over', delivered: 'first', leaseEndsAt: TWO });
    await confirmed({ mark: 'runs', delivered: 'first', leaseEndsAt: DAY_LATER });
    expect(await dueMarks()).toEqual(['runs']);
    expect(await store.push.endLeases(TWO)).toBe(1);
    expect(await store.push.subscription('over')).toBeNull();
    expect(await store.push.endLeases(TWO)).toBe(0);
  });

  test('a subscription of a document that is published no more is found, and its end leaves a denial to be told', async () => {
    const astray = await confirmed({ mark: 'astray', path: 'feeds/closed.atom' });
    await confirmed();
    expect(await store.push.pathsAstray()).toEqual(['feeds/closed.atom']);
    expect(await store.push.subscriptionsOf('feeds/closed.atom', 10)).toEqual([astray]);
    const denial = anIntent({ mark: 'astray', mode: 'denied', reason: 'the feed is published no more' });
    await store.push.endSubscription('astray', { denial });
    expect(await store.push.pathsAstray()).toEqual([]);
    expect(await store.push.intentsDue(due())).toEqual([denial]);
  });

  test('how much a hub holds is counted by registrable domain and in all, wishes apart', async () => {
    await confirmed({ mark: '1', callback: 'https://a.example/' });
    await confirmed({ mark: '2', callback: 'https://x.y.a.example:8443/' });
    await confirmed({ mark: '3', callback: 'https://b.example/' });
    await store.push.saveIntent(anIntent({ mark: '4', callback: 'https://z.a.example/' }), 10);
    expect(await store.push.hubLoad('http://q.a.example/')).toEqual({ ofSite: 2, waitingOfSite: 1, inAll: 3 });
    expect(await store.push.hubLoad('https://c.example/')).toEqual({ ofSite: 0, waitingOfSite: 0, inAll: 3 });
  });

  test('where there are too many wishes the oldest goes; what is only to be told stays', async () => {
    await store.push.endSubscription('0', { denial: anIntent({ mark: '0', mode: 'denied' }) });
    for (const [mark, dueAt] of [
      ['1', NOON],
      ['2', ONE],
      ['3', TWO],
    ] as const)
      await store.push.saveIntent(anIntent({ mark, dueAt, callback: `https://${mark}.example/` }), 2);
    expect((await store.push.intentsDue(due())).map(({ mark }) => mark).toSorted()).toEqual(['0', '2', '3']);
  });

  test('wishes are asked for in turn by sites, the newest of each first', async () => {
    for (const [mark, dueAt, callback] of [
      ['flood 1', NOON, 'https://a.flood.example/'],
      ['flood 2', ONE, 'https://b.flood.example/'],
      ['flood 3', TWO, 'https://c.flood.example/'],
      ['other', NOON, 'https://other.example/'],
    ] as const)
      await store.push.saveIntent(anIntent({ mark, dueAt, callback, host: new URL(callback).host }), 10);
    expect((await store.push.intentsDue(due())).map(({ mark }) => mark)).toEqual([
      'flood 3',
      'other',
      'flood 2',
      'flood 1',
    ]);
  });

  test('a document that was renamed keeps its subscriptions once it is published under its new name', async () => {
    await confirmed({ path: 'feeds/old.atom' });
    await store.push.moveSubscriptions('feeds/old.atom', 'feeds/new.atom');
    expect(await store.push.pathsAstray()).toEqual(['feeds/old.atom']);
    await store.saveOutputs({ written: [published('feeds/new.atom', 'first')], removed: [] });
    await store.push.moveSubscriptions('feeds/old.atom', 'feeds/new.atom');
    expect(await store.push.pathsAstray()).toEqual([]);
    expect(await store.push.subscriptionsDue(due())).toMatchObject([
      { path: 'feeds/new.atom', topic: 'https://news.example.org/feeds/world.atom' },
    ]);
  });

  test('a hub of a source is found by its source and by its token, and replaced as a whole', async () => {
    await store.push.saveUpstreamHub(anUpstreamHub());
    expect(await store.push.upstreamHub({ sourceId: 'harbour' })).toEqual(anUpstreamHub());
    const other: UpstreamHub = anUpstreamHub({ token: 'other', status: 'active', leaseEndsAt: DAY_LATER, dueAt: TWO });
    await store.push.saveUpstreamHub(other);
    expect(await store.push.upstreamHub({ token: 'token' })).toBeNull();
    expect(await store.push.upstreamHub({ token: 'other' })).toEqual(other);
    expect(await store.push.upstreamHubsDue(ONE, 10)).toEqual([]);
    expect(await store.push.upstreamHubsDue(TWO, 10)).toEqual([other]);
    // A change of one that was replaced changes nothing, and brings nothing back.
    await store.push.updateUpstreamHub(anUpstreamHub({ status: 'failing' }));
    expect(await store.push.upstreamHubs()).toEqual([other]);
    await store.push.updateUpstreamHub({ ...other, status: 'resting' });
    expect(await store.push.upstreamHubsDue(TWO, 10)).toEqual([]);
    await store.push.dropUpstreamHub('harbour');
    await store.push.updateUpstreamHub(other);
    expect(await store.push.upstreamHubs()).toEqual([]);
  });

  test('a genuine push makes its source due; a forged one is counted and does nothing', async () => {
    await store.saveRefresh(arrival([anArticle()]));
    const states = await store.sourceStates();
    const state = { ...[...states.values()][0]!, nextCheckAt: DAY_LATER };
    await store.saveSourceState(state);
    const hub = anUpstreamHub({ sourceId: state.sourceId });
    await store.push.saveUpstreamHub(hub);
    const nextCheck = async (): Promise<string | null | undefined> =>
      (await store.sourceStates()).get(state.sourceId)?.nextCheckAt;
    await store.push.savePush(hub, { kind: 'forged', at: TWO });
    expect(await nextCheck()).toBe(DAY_LATER);
    await store.push.savePush(hub, { kind: 'genuine', at: TWO });
    expect(await nextCheck()).toBeNull();
    expect(await store.push.upstreamHub({ token: 'token' })).toMatchObject({ pushes: 1, forged: 1, lastPushAt: TWO });
    await store.saveSourceState(state);
    await store.push.askSourceBy(state.sourceId, TWO);
    expect(await nextCheck()).toBe(TWO);
    expect((await store.sourceStates()).get(state.sourceId)).toMatchObject({ nextCheckWhy: 'its hub has pushed' });
    await store.push.askSourceBy(state.sourceId, DAY_LATER);
    expect(await nextCheck()).toBe(TWO);
  });

  test('news of a topic and its deliveries are saved together; what was told is remembered', async () => {
    expect(await store.push.webhookTopic('world')).toBeNull();
    const delivery = aWebhookDelivery();
    const told = [{ entryId: 'urn:1', digest: 'a' }];
    await store.push.saveWebhookNews({
      topicId: 'world',
      sha256: 'x',
      told,
      takenBack: [],
      present: ['urn:1'],
      deliveries: [delivery],
    });
    await store.push.saveWebhookNews({
      topicId: 'world',
      sha256: 'y',
      told: [{ entryId: 'urn:2', digest: 'b' }],
      takenBack: ['urn:1'],
      present: ['urn:2'],
      deliveries: [],
    });
    expect(await store.push.webhookTopic('world')).toBe('y');
    // What was taken back is as good as never told.
    expect(await store.push.toldEntries('world')).toEqual(new Map([['urn:2', 'b']]));
    expect(await store.push.toldEntries('sports')).toEqual(new Map());
    const [waiting, ...more] = await store.push.webhooksDue(due());
    expect(waiting).toEqual({ ...delivery, number: waiting!.number });
    expect(more).toEqual([]);
    await store.push.dropWebhooks([waiting!.number]);
    expect(await store.push.webhooksDue(due())).toEqual([]);
  });

  test('a delivery that is given up is a dead letter until it is revived or dropped', async () => {
    const deliveries = ['1', '2'].map((id) => aWebhookDelivery({ id }));
    await store.push.saveWebhookNews({
      topicId: 'world',
      sha256: 'x',
      told: [],
      takenBack: [],
      present: [],
      deliveries,
    });
    const numbers = (await store.push.webhooksDue(due())).map(({ number }) => number);
    for (const number of numbers)
      await store.push.saveWebhookTries(number, { tries: 9, since: NOON, lastFailure: 'status 500', dueAt: null });
    expect(await store.push.webhooksDue(due({ now: DAY_LATER }))).toEqual([]);
    expect((await store.push.deadWebhooks()).map(({ id, lastFailure }) => [id, lastFailure])).toEqual([
      ['1', 'status 500'],
      ['2', 'status 500'],
    ]);
    await store.push.reviveWebhooks([numbers[0]!], TWO);
    expect((await store.push.webhooksDue(due({ tried: 'not-yet' }))).map(({ id }) => id)).toEqual(['1']);
    await store.push.dropWebhooks([numbers[1]!]);
    expect(await store.push.deadWebhooks()).toEqual([]);
  });

  test('the counts tell what runs, what waits and what fails', async () => {
    await confirmed({ mark: 'behind', delivered: 'first', tries: 1, since: ONE, lastFailure: 'status 500' });
    await confirmed({ mark: 'has-it', delivered: 'second' });
    await confirmed({ mark: 'over', delivered: 'first', leaseEndsAt: NOON });
    const wish: HubIntent = anIntent({ mark: 'wish' });
    await store.push.saveIntent(wish, 10);
    const deliveries = ['1', '2', '3'].map((id) => aWebhookDelivery({ id }));
    await store.push.saveWebhookNews({
      topicId: 'world',
      sha256: 'x',
      told: [],
      takenBack: [],
      present: [],
      deliveries,
    });
    const [first, second] = await store.push.webhooksDue(due());
    await store.push.saveWebhookTries(first!.number, { tries: 9, since: NOON, lastFailure: 'dead', dueAt: null });
    await store.push.saveWebhookTries(second!.number, { tries: 1, since: TWO, lastFailure: 'slow', dueAt: DAY_LATER });
    expect(await store.push.pushCounts(TWO)).toEqual({
      subscriptions: 2,
      intents: 1,
      subscriptionsWaiting: 1,
      webhooksWaiting: 2,
      webhooksDead: 1,
      failing: [
        {
          kind: 'subscription',
          url: 'https://reader.example/callback',
          of: 'feeds/world.atom',
          tries: 1,
          since: ONE,
          lastFailure: 'status 500',
        },
        { kind: 'webhook', url: 'https://site.example/hook', of: 'world', tries: 1, since: TWO, lastFailure: 'slow' },
      ],
    });
  });
}
