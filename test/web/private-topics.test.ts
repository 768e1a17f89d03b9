import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Hono } from 'hono';
import type { Article } from '../../src/model/article.ts';
import { openPrivateRooms, type OpenedPrivateRooms } from '../../src/pipeline/private-rooms.ts';
import { openOutput, type Output } from '../../src/publish/write-output.ts';
import { systemClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { openPublished, type Published } from '../../src/web/published.ts';
import { routes } from '../../src/web/routes.ts';
import {
  bring,
  openPrivateWorld,
  publish,
  signsOf,
  SITE,
  tokenOf,
  written,
  type PrivateWorld,
} from '../pipeline/private-world.ts';

// A private topic from its publication to whoever asks for it.

const TOKENS = ['AAAA', 'BBBB'].map((letters) => `${letters}${'kT9-_'.repeat(8)}xyz`);
const folder = mkdtempSync(join(tmpdir(), 'tributary-private-'));
const outputDir = join(folder, 'output');
const dataDir = join(folder, 'data');
const secret: Article[] = [];
let world: PrivateWorld;
let places: { readonly output: Output; readonly privateRooms: OpenedPrivateRooms };
let published: Published;
let app: Hono;

beforeAll(async () => {
  world = await openPrivateWorld();
  const privateRooms = openPrivateRooms({ store: world.store, newToken: () => TOKENS[0]! }, { dataDir });
  places = { output: await openOutput(outputDir), privateRooms };
  for (let round = 0; round < 3; round++) {
    const own = [written(world, 'letter'), written(world, 'letter')];
    secret.push(...own);
    await bring(world, [...own, written(world, 'open'), written(world, 'both')]);
    await publish(world, places);
  }
  published = openPublished({ outputDir, clock: systemClock(), fateOf: (path) => world.store.fateOf(path) });
  app = routes({
    published,
    health: { ready: () => Promise.resolve(true) },
    log: silentLog,
    clock: systemClock(),
    privateRoom: privateRooms.folderOf,
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(app.request(path, { headers }));

function filesIn(root: string): string[] {
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .toSorted();
}

/** What the answers say, whatever they were packed with. */
async function unpacked(path: string): Promise<string[]> {
  const texts: string[] = [];
  for (const coding of ['identity', 'gzip', 'br']) {
    const answer = await ask(path, { 'accept-encoding': coding });
    const body = Buffer.from(await answer.arrayBuffer());
    const used = answer.headers.get('content-encoding');
    const plain = used === 'br' ? brotliDecompressSync(body) : used === 'gzip' ? gunzipSync(body) : body;
    texts.push(`${JSON.stringify([...answer.headers])} ${plain.toString('latin1')}`);
  }
  return texts;
}

test('no public answer, packed or not, tells anything of it', async () => {
  const words = [...secret.flatMap(signsOf), 'circle', 'letter.example', TOKENS[0]!];
  const paths = filesIn(outputDir);
  expect(paths.length).toBeGreaterThan(20);
  const leaks: string[] = [];
  for (const path of paths)
    for (const text of await unpacked(`/${path}`))
      leaks.push(...words.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`));
  expect(leaks).toEqual([]);
  // Asked in the same way, its own documents do tell it.
  expect(
    (await unpacked(`/private/${TOKENS[0]}/feeds/circle.atom`)).every((text) => text.includes(secret[5]!.id)),
  ).toBe(true);
});

test('each of its files is served to whoever has the token', async () => {
  const paths = filesIn(join(dataDir, 'private/circle'));
  expect(paths).toContain('feeds/circle/archive/1.atom');
  for (const path of paths) expect([path, (await ask(`/private/${TOKENS[0]}/${path}`)).status]).toEqual([path, 200]);
  expect(await (await ask(`/private/${TOKENS[0]}/`)).text()).toContain('Inner Circle');
});

test('a wrong token, a missing file and a token of another length are one answer', async () => {
  const answers = [
    await ask(`/private/${TOKENS[0]}/feeds/nothing.atom`),
    await ask(`/private/${TOKENS[1]}/feeds/circle.atom`),
    await ask(`/private/${TOKENS[0]!.slice(0, 30)}/feeds/circle.atom`),
  ];
  const told = await Promise.all(
    answers.map(async (answer) => [answer.status, Object.fromEntries(answer.headers), await answer.text()]),
  );
  expect(told[0]![0]).toBe(404);
  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);
});

const checkerPath = fileURLToPath(new URL('../../../shared/bench/check-feed.mjs', import.meta.url));
const isPresent = existsSync(checkerPath);
if (!isPresent) console.warn('skipped: the checker of emitted feeds is not beside this repository (../shared/bench)');

type Checked = { readonly errors: readonly { readonly code: string }[]; readonly warnings: Checked['errors'] };
type Checker = {
  checkFeed(input: Uint8Array, options: object): Promise<Checked>;
  sameSet(results: readonly object[]): Checked['errors'];
};

(isPresent ? test : test.skip)(
  'the checker finds nothing in its documents, at the addresses at which they are',
  async () => {
    const checker = (await import(pathToFileURL(checkerPath).href)) as Checker;
    const feeds = filesIn(join(dataDir, 'private/circle')).filter((path) => path.startsWith('feeds/'));
    const findings: string[] = [];
    const sets = Map.groupBy(feeds, (path) => path.replace(/\.[a-z]+$/, ''));
    for (const [, set] of sets) {
      const results: object[] = [];
      for (const path of set) {
        const answer = await ask(`/private/${TOKENS[0]}/${path}`);
        const options = {
          url: `${SITE}private/${TOKENS[0]}/${path}`,
          contentType: answer.headers.get('content-type'),
          html: true,
          now: Date.parse(world.now),
        };
        const result = await checker.checkFeed(new Uint8Array(await answer.arrayBuffer()), options);
        findings.push(...[...result.errors, ...result.warnings].map((one) => `${path}: ${JSON.stringify(one)}`));
        results.push({ file: path, ...result });
      }
      expect(set).toHaveLength(3);
      findings.push(...checker.sameSet(results).map((one) => JSON.stringify(one)));
    }
    expect(findings).toEqual([]);
    expect(feeds.length).toBeGreaterThanOrEqual(9);
  },
);

test('a token that was renewed opens nothing from that moment on, and the new one opens the documents made anew', async () => {
  const path = `/private/${TOKENS[0]}/feeds/circle.json`;
  expect((await ask(path)).status).toBe(200);
  const next = { topicId: 'circle', token: TOKENS[1]!, madeAt: world.now };
  await world.store.savePrivateToken(next, { inPlaceOfOlder: true });
  expect((await ask(path)).status).toBe(404);
  await publish(world, places);
  published.files.lookAgain();
  expect(await tokenOf(world, 'circle')).toBe(TOKENS[1]);
  expect((await ask(path)).status).toBe(404);
  const answer = await ask(`/private/${TOKENS[1]}/feeds/circle.json`);
  expect([answer.status, await answer.json()]).toMatchObject([
    200,
    { feed_url: `${SITE}private/${TOKENS[1]}/feeds/circle.json` },
  ]);
});
