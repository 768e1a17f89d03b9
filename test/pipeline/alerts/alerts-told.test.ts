import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import type { Order } from '../../../src/config/sources-file.ts';
import { DEFAULT_ALERTS } from '../../../src/model/alert.ts';
import { StageError } from '../../../src/model/errors.ts';
import type { OutboundRequest } from '../../../src/model/outbound.ts';
import type { SourceState } from '../../../src/model/source.ts';
import { operationsFeed } from '../../../src/pipeline/alerts/operations.ts';
import { alertErrands, type AlertTools } from '../../../src/pipeline/alerts/tell-alerts.ts';
import { openAlertWatch } from '../../../src/pipeline/alerts/watch-alerts.ts';
import { newState } from '../../../src/pipeline/source-state.ts';
import { sendMail } from '../../../src/push/send-mail.ts';
import { webhookSignature } from '../../../src/push/signatures.ts';
import { plusSeconds, type Instant } from '../../../src/support/instant.ts';
import { silentLog } from '../../../src/support/log.ts';
import { systemClock, type Clock } from '../../../src/support/clock.ts';
import type { Store } from '../../../src/store/store.ts';
import { aSource } from '../../support/an-entry.ts';
import { memory } from '../../store/databases.ts';
import { startMailServer } from '../../support/mail-server.ts';

let now: Instant;
let store: Store;
let sent: OutboundRequest[];
const clock: Clock = { ...systemClock(), now: () => now };
const source = aSource({ id: 'fen', title: 'Fen Gazette', url: 'https://fen.example/rss', content: 'feed' });
const order = {
  site: { title: 'The Tide', url: 'https://tide.example/' },
  topics: [],
  formerTopics: [],
  sources: [source],
  alerts: {
    ...DEFAULT_ALERTS,
    failingHours: 1,
    webhook: { url: 'https://desk.example/alerts', secretEnv: 'ALERTS_SECRET' },
    mail: { from: 'tributary@tide.example', to: ['desk@tide.example'], serverEnv: 'MAIL' },
  },
} as unknown as Order;
const signal = new AbortController().signal;

beforeEach(async () => {
  now = '2026-11-25T06:00:00Z';
  sent = [];
  store = await memory.emptyStore();
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
});

async function stand(failures: number): Promise<void> {
  const lastFailure = failures === 0 ? null : { code: 'fetch-gone', message: 'the server says it is gone', at: now };
  const state: SourceState = { ...newState(source), checkedAt: now, failures, lastFailure };
  await store.saveSourceState(state);
}

/** Looks as a process does that has just started: it remembers nothing. */
function look(): Promise<readonly { readonly happened: string }[]> {
  return openAlertWatch({ store, clock, log: silentLog, folders: [] }).look(order, 0);
}

async function deliver(given: Partial<AlertTools> & { readonly mailServer?: string }): Promise<void> {
  const secrets: Readonly<Record<string, string>> = { ALERTS_SECRET: 's', MAIL: given.mailServer ?? '' };
  const tools = {
    store,
    clock,
    log: silentLog,
    seed: 'seed',
    randomText: () => 'a-text',
    secretOf: (name: string) => secrets[name] || null,
    sendMail,
    outbound: async (request: OutboundRequest) => {
      sent.push(request);
      return { status: 200 };
    },
    ...given,
  } as unknown as AlertTools;
  for (const kind of alertErrands(tools, () => order))
    for (const errand of await kind.due({ now, limit: 10, busyHosts: [], tried: 'not-yet' })) await errand.run(signal);
}

test('a source that fails for as long as is said is told of once, by e-mail and webhook, and so is its end', async () => {
  await using mail = await startMailServer();
  await stand(1);
  expect(await look()).toEqual([]);
  now = plusSeconds(now, 3600);
  expect((await look()).map(({ happened }) => happened)).toEqual(['raised']);
  expect(await look()).toEqual([]);
  await deliver({ mailServer: mail.url });
  await deliver({ mailServer: mail.url });
  expect(mail.taken).toHaveLength(1);
  expect(mail.taken[0]).toMatch(/^To: desk@tide\.example\r$/m);
  expect(mail.taken[0]).toMatch(/^Subject: \[The Tide\] a source fails \(fen\)\r$/m);
  expect(mail.taken[0]).toContain('Fen Gazette (fen) cannot be had: the server says it is gone');
  const [post] = sent;
  const body = Buffer.from(post!.send!).toString();
  expect(sent.map(({ url }) => url)).toEqual(['https://desk.example/alerts']);
  expect(post!.headers!['tributary-signature']).toBe(webhookSignature('s', Date.parse(now) / 1000, body));
  expect(JSON.parse(body)).toMatchObject({ type: 'alerts', alerts: [{ key: 'failing fen', happened: 'raised' }] });

  await stand(0);
  now = plusSeconds(now, 60);
  expect((await look()).map(({ happened }) => happened)).toEqual(['ended']);
  await deliver({ mailServer: mail.url });
  expect([mail.taken.length, sent.length]).toEqual([2, 2]);
  expect(mail.taken[1]).toContain('Over: a source fails');
  expect(await store.alerts.dead()).toEqual([]);
});

test('of two processes that look at the same time one tells', async () => {
  await stand(1);
  await look();
  now = plusSeconds(now, 3600);
  const told = await Promise.all([look(), look(), look()]);
  expect(told.map(({ length }) => length).toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
  expect(await store.alerts.deliveriesDue(now, 10)).toHaveLength(2);
});

test('what is not taken is tried again, and given up after a day', async () => {
  await stand(1);
  await look();
  now = plusSeconds(now, 3600);
  await look();
  const refused = new StageError('fetch-refused-address', { url: 'https://desk.example/alerts' });
  for (let tries = 0; tries < 40; tries++) {
    await using mail = await startMailServer('550 nobody of that name');
    await deliver({ mailServer: mail.url, outbound: () => Promise.reject(refused) });
    now = plusSeconds(now, 3600);
    if ((await store.alerts.dead()).length === 2) break;
  }
  const dead = await store.alerts.dead();
  expect(dead.map(({ channel }) => channel).toSorted()).toEqual(['mail', 'webhook']);
  expect(dead.find(({ channel }) => channel === 'mail')!.lastFailure).toContain('550 nobody of that name');
  expect(dead.every(({ tries }) => tries > 4)).toBe(true);
});

test('a mail server whose address is none, or that is not there, is told of without its password', async () => {
  for (const address of ['desk@tide.example', 'https://mail.example/', 'smtp://desk:very-secret@127.0.0.1:1']) {
    const mail = { from: 'a@tide.example', to: ['b@tide.example'], subject: 'x', text: 'y' };
    const error = await sendMail(address, mail, signal).catch((caught: unknown) => caught as StageError);
    expect(error).toMatchObject({ code: 'mail-not-sent' });
    expect(String(error)).not.toContain('very-secret');
  }
});

test('a mail server that never answers is left as soon as the service is to stop', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const stop = new AbortController();
  const { port } = silent.address() as AddressInfo;
  const mail = { from: 'a@tide.example', to: ['b@tide.example'], subject: 'x', text: 'y' };
  const sending = sendMail(`smtp://127.0.0.1:${port}`, mail, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(sending).rejects.toThrow('stopped');
  silent.close();
});

test('the feed of operations has the newest first, and the same ids each time', async () => {
  await stand(1);
  await look();
  now = plusSeconds(now, 3600);
  await look();
  await stand(0);
  now = plusSeconds(now, 60);
  await look();
  const site = { title: 'The Tide & more', url: 'https://tide.example/' };
  const feed = await operationsFeed({ store, clock }, site);
  expect([...feed.matchAll(/<title>([^<]*)<\/title>/g)].map(([, title]) => title)).toEqual([
    'The Tide &#x26; more: operations',
    'Over: a source fails (fen)',
    'a source fails (fen)',
  ]);
  expect(await operationsFeed({ store, clock }, site)).toBe(feed);
});
