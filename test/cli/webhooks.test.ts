import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { handClock } from '../support/hand-clock.ts';
import { anUpstreamHub, aWebhookDelivery } from '../support/pushes.ts';

const NOON = '2026-11-24T12:00:00Z';
const LATER = '2030-01-01T00:00:00Z';

let room: string;
beforeEach(async () => {
  room = mkdtempSync(join(tmpdir(), 'tributary-webhooks-'));
  const site = { title: 'Test', url: 'https://news.example/' };
  writeFileSync(join(room, 'sources.json'), JSON.stringify({ site, topics: [], sources: [] }));
  await inStore(async (store) => {
    const deliveries = ['1', '2'].map((id) => aWebhookDelivery({ id }));
    await store.push.saveWebhookNews({
      topicId: 'world',
      sha256: 'x',
      told: [],
      takenBack: [],
      present: [],
      deliveries,
    });
    for (const { number } of await due(store))
      await store.push.saveWebhookTries(number, { tries: 9, since: NOON, lastFailure: 'status 500', dueAt: null });
  });
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

const due = (store: Store) => store.push.webhooksDue({ now: LATER, busyHosts: [], limit: 10, tried: null });

async function inStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  await using store = await openStore({ databaseUrl: null, dataDir: join(room, 'data') }, { clock: handClock(NOON) });
  return await work(store);
}

async function run(...args: readonly string[]): Promise<{ code: number; out: string; told: string }> {
  const [out, told]: [string[], string[]] = [[], []];
  const code = await runCli([...args, '--sources', join(room, 'sources.json'), '--data', join(room, 'data')], {
    environment: {},
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => told.push(text) },
    signal: new AbortController().signal,
  });
  return { code, out: out.join(''), told: told.join('') };
}

const standing = (): Promise<{ dead: string[]; due: string[] }> =>
  inStore(async (store) => ({
    dead: (await store.push.deadWebhooks()).map(({ id }) => id),
    due: (await due(store)).map(({ id }) => id),
  }));

test('the dead letters are listed with their numbers and reasons', async () => {
  const { code, out } = await run('webhooks');
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`1: world to site\\.example \\([0-9a-f]{8}\\), of ${NOON}\n    status 500\n2: world`));
  const listed = JSON.parse((await run('webhooks', 'list', '--json')).out) as readonly object[];
  expect(listed).toHaveLength(2);
  expect(listed[0]).toEqual({
    number: 1,
    id: '1',
    topicId: 'world',
    webhook: expect.stringMatching(/^site\.example \([0-9a-f]{8}\)$/),
    createdAt: NOON,
    tries: 9,
    lastFailure: 'status 500',
  });
});

test('some are sent again, all others dropped', async () => {
  expect(await run('webhooks', 'retry', '1')).toMatchObject({ code: 0, out: 'Deliveries on their way again: 1.\n' });
  expect(await standing()).toEqual({ dead: ['2'], due: ['1'] });
  expect(await run('webhooks', 'drop', '--all')).toMatchObject({ code: 0, out: 'Deliveries dropped: 1.\n' });
  expect(await standing()).toEqual({ dead: [], due: ['1'] });
  expect((await run('webhooks', 'list')).out).toBe('No delivery was given up.\n');
});

test.each([
  [['forget'], '"forget" is none of list, retry, drop'],
  [['retry'], 'Say which: tributary webhooks retry NUMBER …, or --all'],
  [['drop', 'one'], '"one" is no number of a delivery'],
  [['retry', '1', '7'], 'No delivery 7 was given up'],
])('wrong use changes nothing: webhooks %j', async (words, told) => {
  expect(await run('webhooks', ...words)).toMatchObject({ code: 2, told: `${told}\n` });
  expect(await standing()).toEqual({ dead: ['1', '2'], due: [] });
});

test('status tells of pushes: what waits, what failed, hubs that lie or refuse, and no secret', async () => {
  await inStore(async (store) => {
    await store.push.saveUpstreamHub(anUpstreamHub({ status: 'active', forged: 3 }));
    const refused = { status: 'refused', lastFailure: 'refused: closed', dueAt: LATER } as const;
    await store.push.saveUpstreamHub(anUpstreamHub({ sourceId: 'wire', token: 'other', ...refused }));
  });
  const { out } = await run('status');
  expect(out).toContain('webhooks: 0 on their way, 2 given up (tributary webhooks list)');
  expect(out).toContain('hubs of sources: 1 of 2 push');
  expect(out).toContain('harbour: 3 pushes were dropped: not signed by its hub https://hub.example/');
  expect(out).toContain('wire: its hub https://hub.example/ does not push: refused: closed; it is polled');
  const { out: json } = await run('status', '--json');
  expect(JSON.parse(json)).toMatchObject({ pushes: { webhooksDead: 2, hubs: [{ forged: 3 }, { status: 'refused' }] } });
  expect(out + json).not.toContain('a secret');
  expect(out + json).not.toContain('"token"');
});
