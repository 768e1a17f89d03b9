import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { handClock } from '../support/hand-clock.ts';

const NOON = '2026-11-24T12:00:00Z';
const TOKEN = 'the-token-of-the-circle';

let room: string;
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'tributary-private-'));
  order([
    { id: 'world', title: 'World' },
    { id: 'circle', title: 'Inner Circle', private: true },
  ]);
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

function order(topics: readonly object[]): void {
  const site = { title: 'Test', url: 'https://news.example/' };
  writeFileSync(join(room, 'sources.json'), JSON.stringify({ site, topics, sources: [] }));
}

async function inStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  await using store = await openStore({ databaseUrl: null, dataDir: join(room, 'data') }, { clock: handClock(NOON) });
  return await work(store);
}

const giveToken = (): Promise<void> =>
  inStore((store) =>
    store.savePrivateToken({ topicId: 'circle', token: TOKEN, madeAt: NOON }, { inPlaceOfOlder: true }),
  );

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

test('a topic that was not published yet has no address, also where there is no database', async () => {
  const line = 'circle (Inner Circle): it gets its address when it is published first\n';
  expect(await run('private')).toEqual({ code: 0, out: line, told: '' });
  await inStore(() => Promise.resolve());
  expect(await run('private', 'list')).toEqual({ code: 0, out: line, told: '' });
  order([{ id: 'world', title: 'World' }]);
  expect((await run('private')).out).toBe('No topic of sources.json is private.\n');
});

test('the addresses of private topics are shown, and of no others', async () => {
  await giveToken();
  const base = `https://news.example/private/${TOKEN}/`;
  const feeds = ['atom', 'rss', 'json'].map((ending) => `    ${base}feeds/circle.${ending}\n`);
  expect((await run('private', 'list')).out).toBe(
    `circle (Inner Circle), since ${NOON}\n    ${base}\n${feeds.join('')}`,
  );
  const [told] = JSON.parse((await run('private', '--json')).out) as readonly object[];
  expect(told).toMatchObject({
    topicId: 'circle',
    madeAt: NOON,
    url: base,
    feeds: { json: `${base}feeds/circle.json` },
  });
});

test('a new address takes the place of the old one, and is nothing that could be guessed', async () => {
  await giveToken();
  const { code, out } = await run('private', 'renew', 'circle');
  expect(code).toBe(0);
  expect(out).not.toContain(TOKEN);
  const [, token] = /private\/([\w-]+)\/\n/.exec(out)!;
  // 256 bits, in base64url.
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(await inStore((store) => store.privateTokens())).toMatchObject([{ topicId: 'circle', token }]);
  expect((await run('private', 'renew', 'circle')).out).not.toContain(token);
});

test.each([
  [['lost'], '"lost" is none of list, renew'],
  [['renew'], 'Say which: tributary private renew TOPIC'],
  [['renew', 'world'], 'sources.json has no private topic "world"'],
  [['list', 'circle'], '"private list" takes no topic'],
])('%j is wrong use', async (words, told) => {
  expect(await run('private', ...words)).toEqual({ code: 2, out: '', told: `${told}\n` });
});

test('the status tells of private topics, and neither it nor the check shows an address', async () => {
  await giveToken();
  const status = await run('status');
  expect(status.out).toContain(`private: circle (Inner Circle), at its address since ${NOON}`);
  const read = JSON.parse((await run('status', '--json')).out) as { readonly privateTopics: readonly object[] };
  expect(read.privateTopics).toEqual([{ id: 'circle', title: 'Inner Circle', openSince: NOON }]);
  for (const words of [['status'], ['status', '--json'], ['check'], ['check', '--json']]) {
    const { code, out, told } = await run(...words);
    expect([words, code, (out + told).includes(TOKEN)]).toEqual([words, 0, false]);
  }
});
