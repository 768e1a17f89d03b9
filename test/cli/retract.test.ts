import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';
import type { Article } from '../../src/model/article.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { aCuration, arrival, aStep, aStory } from '../store/records.ts';
import { anArticle } from '../support/an-entry.ts';
import { handClock } from '../support/hand-clock.ts';

const NOW = '2026-11-24T12:00:00Z';
const uuid = (letter: string): string => `00000000-0000-8000-8000-00000000000${letter}`;
const idOf = (letter: string): string => `urn:uuid:${uuid(letter)}`;
const article = (letter: string, title: string, sourceId = 'harbour'): Article =>
  anArticle({ id: idOf(letter), entryId: letter, sourceId, link: `https://${sourceId}.example/news/${letter}`, title });
const PAGE = 'articles/2026/11/bridge.html';

let room: string;
beforeEach(async () => {
  room = mkdtempSync(join(tmpdir(), 'tributary-retract-'));
  const sources = ['harbour', 'wire'].map((id) => ({ id, title: id, url: `https://${id}.example/feed.xml` }));
  const site = { title: 'Test', url: 'https://news.example/' };
  writeFileSync(join(room, 'sources.json'), JSON.stringify({ site, topics: [], sources }));
  await inStore(async (store) => {
    const published = (letter: string) => aStep({ articleId: idOf(letter), state: 'published', reason: 'in world' });
    await store.saveRefresh(
      arrival([article('a', 'The bridge opens'), article('b', 'A choir sings'), article('c', 'Choirs are late')], {
        trail: [
          published('a'),
          published('b'),
          aStep({ articleId: idOf('c'), state: 'dropped', reason: 'no topic takes it' }),
        ],
      }),
    );
    const merged = aStep({ articleId: idOf('d'), state: 'merged', reason: 'the same report' });
    await store.saveRefresh(arrival([article('d', 'The bridge is open', 'wire')], { trail: [merged] }));
    const story = aStory({ id: idOf('a'), path: PAGE, articleIds: [idOf('a'), idOf('d')] });
    await store.saveCuration(aCuration({ stories: [story, aStory({ id: idOf('b') })] }));
  });
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

async function inStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  await using store = await openStore({ databaseUrl: null, dataDir: join(room, 'data') }, { clock: handClock(NOW) });
  return await work(store);
}

async function run(...args: readonly string[]): Promise<{ code: number; out: string; told: string }> {
  const [out, told]: [string[], string[]] = [[], []];
  const places = ['--sources', join(room, 'sources.json'), '--data', join(room, 'data'), '--output', join(room, 'out')];
  const code = await runCli([...args, ...places], {
    environment: { TRIBUTARY_NOW: NOW },
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => told.push(text) },
    signal: new AbortController().signal,
  });
  return { code, out: out.join(''), told: told.join('') };
}

/** The letters of the entries that are said to be retracted. */
const retracted = (): Promise<string> =>
  inStore(async (store) =>
    [...(await store.verdicts(['a', 'b', 'c', 'd'].map(idOf))).values()]
      .filter(({ verdict }) => verdict === 'retracted')
      .map(({ articleId }) => articleId.slice(-1))
      .join(''),
  );

test.each([
  ['the address of an article', ['https://wire.example/news/d'], 'd'],
  ['the address of one that leads', ['http://www.harbour.example/news/a?utm_source=mail'], 'a'],
  ['the id of an article that founded no story', [idOf('d')], 'd'],
  ['the id of a story, which that of its founder is', [idOf('a')], 'ad'],
  ['a bare id', [uuid('b')], 'b'],
  ['the path of a story’s page', [PAGE], 'ad'],
  ['the address of a story’s page', [`https://news.example/${PAGE}`], 'ad'],
  ['words of a title', ['choir', 'sings'], 'b'],
  ['several at once', [idOf('b'), 'https://wire.example/news/d'], 'bd'],
])('takes back what is named by %s', async (_, names, letters) => {
  const { code, out, told } = await run('retract', ...names, '--note', 'it is untrue');
  expect([code, told]).toEqual([0, '']);
  expect(out).toContain('taken out of all pages and feeds, and the text out of the database');
  expect(await retracted()).toBe(letters);
  const [last] = (await inStore((store) => store.trailOf(idOf(letters[0]!)))).slice(-1);
  expect(last).toMatchObject({ state: 'awaiting', reason: 'retracted by the operator: it is untrue' });
});

test('asks which entry is meant, and changes nothing', async () => {
  const { code, told } = await run('retract', 'bridge');
  expect([code, told.split('\n')]).toEqual([
    1,
    [
      '"bridge" stands for 2 entries; name the one that you mean by its id, or all by their story’s:',
      `  ${idOf('d')} ("The bridge is open"), from wire, merged`,
      `  ${idOf('a')} ("The bridge opens"), from harbour, published`,
      'Nothing was changed.',
      '',
    ],
  ]);
  expect(await retracted()).toBe('');
});

test('tells what nothing has, and does not do the rest', async () => {
  expect(await run('retract', idOf('b'), 'https://elsewhere.example/x')).toEqual({
    code: 1,
    out: '',
    told: 'no entry has the id, the address or the words "https://elsewhere.example/x"\nNothing was changed.\n',
  });
  expect(await retracted()).toBe('');
});

test('of a source counts what was published, and retracts it when that is confirmed', async () => {
  const asked = await run('retract', '--source', 'harbour');
  expect(asked).toEqual({
    code: 1,
    out: '',
    told: 'of harbour 2 entries were ever published, and 2 now are: to retract all of it for good, add --yes\nNothing was changed.\n',
  });
  const counted = JSON.parse((await run('retract', '--source', 'harbour', '--json')).out) as object;
  expect(counted).toMatchObject({ ok: false, count: 2 });
  expect(await retracted()).toBe('');
  const { code, out } = await run('retract', '--source', 'harbour', '--yes', '--json');
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    { ok: true, verdict: 'retracted', entries: [{ id: idOf('a'), was: 'published' }, { id: idOf('b') }] },
  ]);
  expect(await retracted()).toBe('ab');
});

test('is told once, and nothing takes it back once it is sorted', async () => {
  await run('retract', idOf('b'));
  expect((await run('approve', idOf('b'))).code).toBe(0);
  await run('retract', idOf('b'));
  await inStore((store) =>
    store.saveCuration(aCuration({ trail: [aStep({ articleId: idOf('b'), state: 'retracted', reason: 'it is so' })] })),
  );
  expect((await run('retract', idOf('b'))).told).toContain('is retracted already');
  for (const command of ['approve', 'reject'])
    expect((await run(command, idOf('b'))).told).toContain(
      'is not held: it is retracted (it is so); its text is kept no more, and nothing brings it back',
    );
  expect((await run('why', idOf('b'))).out).toContain('it was retracted, and its text is kept no more');
});

test('"reject" sends to "retract" whoever would take back what is published', async () => {
  expect((await run('reject', idOf('b'))).told).toContain(`to take it back for good: tributary retract ${idOf('b')}`);
});

test.each([
  [['retract'], 'needs to know which entries'],
  [['retract', 'x', '--source', 'wire'], 'takes one of these alone'],
  [['retract', 'x', '--yes'], 'the option --yes belongs to --source'],
  [['retract', '--source', 'wirre', '--yes'], 'there is no source "wirre"; did you mean "wire"?'],
])('refuses wrong use: %j', async (args, says) => {
  const { code, told } = await run(...args);
  expect([code, told]).toEqual([2, expect.stringContaining(says)]);
});

test('makes no database where there is none', async () => {
  rmSync(join(room, 'data'), { recursive: true });
  expect(await run('retract', 'x')).toMatchObject({ code: 1, told: expect.stringContaining('Nothing was fetched') });
});
