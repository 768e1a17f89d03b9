import { describe, expect, test } from '@jest/globals';
import { gatherPushStatus, pushLines } from '../../src/cli/push-status.ts';
import { silentLog } from '../../src/support/log.ts';
import { CALLBACK, openPushWorld, type PushWorld } from '../support/push-world.ts';

// What strangers may do to our hub, and learn from it.

const PATH = 'feeds/world.atom';
const HOUR_MS = 3_600_000;

const counts = async (world: PushWorld) => world.store.push.pushCounts(world.clock.now());

describe('a hub that is flooded', () => {
  test('with wishes for hosts of one domain takes no more than ten of them', async () => {
    await using world = await openPushWorld();
    await world.publish(PATH, '<feed/>');
    const answers = [];
    for (let at = 0; at < 12; at++)
      answers.push((await world.subscribe({ 'hub.callback': `https://n${at}.flood.example:${8000 + at}/` })).status);
    expect(answers.filter((status) => status === 202)).toHaveLength(10);
    expect(await world.subscribe()).toMatchObject({ status: 202 });
  });

  test('with wishes from one client asks it to wait, and takes those of others', async () => {
    await using world = await openPushWorld();
    await world.publish(PATH, '<feed/>');
    const wish = (at: number, client: string) => world.subscribe({ 'hub.callback': `https://n${at}.example/` }, client);
    for (let at = 0; at < 200; at++) expect(await wish(at, '192.0.2.1')).toMatchObject({ status: 202 });
    expect(await wish(200, '192.0.2.1')).toMatchObject({ status: 429 });
    expect(await wish(200, '192.0.2.2')).toMatchObject({ status: 202 });
    await world.clock.advance(HOUR_MS);
    expect(await wish(201, '192.0.2.1')).toMatchObject({ status: 202 });
  });

  test('with unconfirmed wishes asks the newest first, and keeps its places for subscriptions', async () => {
    await using world = await openPushWorld();
    await world.publish(PATH, '<feed/>');
    for (let at = 0; at < 1_001; at++) {
      await world.subscribe({ 'hub.callback': `https://n${at}.example/` });
      if (at % 100 === 0) await world.clock.advance(1_000);
    }
    expect(await counts(world)).toMatchObject({ intents: 1_000 });
    await world.clock.advance(1_000);
    await world.subscribe();
    await world.settle();
    expect(new URL(world.gets()[0]!.url).host).toBe(new URL(CALLBACK).host);
  });
});

test('a callback is a secret: neither the log nor the status tells more of it than its host and a mark', async () => {
  const lines: string[] = [];
  const note = (...told: unknown[]): void => void lines.push(JSON.stringify(told));
  const log = { debug: note, info: note, warn: note, error: note };
  await using world = await openPushWorld({ tools: { log: { ...silentLog, ...log } } });
  await world.publish(PATH, '<feed>1</feed>');
  await world.subscribe({ 'hub.callback': 'https://reader.example/hidden?key=hidden' });
  await world.settle();
  world.play = () => ({ fails: 'fetch-server-error' });
  await world.publish(PATH, '<feed>2</feed>');
  await world.settle();
  const status = pushLines(await gatherPushStatus(world.store, world.clock.now())).join('\n');
  expect(lines.join('\n')).toMatch(/reader\.example \([0-9a-f]{8}\)/);
  expect(status).toMatch(/not delivered to reader\.example \([0-9a-f]{8}\)/);
  expect(lines.join('\n') + status).not.toContain('hidden');
});
