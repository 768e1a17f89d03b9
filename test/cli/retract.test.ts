import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
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
const retracted = (letters = 'abcd'): Promise<string> =>
  inStore(async (store) =>
    [...(await store.verdicts(letters.split('').map(idOf))).values()]
      .filter(({ verdict }) => verdict === 'retracted')
      .map(({ articleId }) => articleId.slice(-1))
      .toSorted()
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
  ['words of a title that are confirmed', ['choir', 'sings', '--yes'], 'b'],
  ['several at once', [idOf('b'), 'https://wire.example/news/d'], 'bd'],
])('takes back what is named by %s', async (_, names, letters) => {
  const { code, out, told } = await run('retract', ...names, '--note', 'it is untrue');
  expect([code, told]).toEqual([0, '']);
  expect(out).toContain('taken out of all pages and feeds, and the text out of the database');
  expect(await retracted()).toBe(letters);
  const [last] = (await inStore((store) => store.trailOf(idOf(letters[0]!)))).slice(-1);
  expect(last).toMatchObject({ state: 'awaiting', reason: 'retracted by the operator: it is untrue' });
});

test('takes words of a title for no name: it shows what they would take, and asks for its id or address', async () => {
  const { code, out, told } = await run('retract', 'choir', 'sings');
  expect([code, out, told.split('\n')]).toEqual([
    1,
    '',
    [
      'words of a title name no entry for sure; "choir sings" is in the title of one:',
      `  ${idOf('b')} ("A choir sings"), from harbour, published, https://harbour.example/news/b`,
      `if that is meant: tributary retract ${idOf('b')}`,
      'or the same words with --yes',
      'Nothing was changed.',
      '',
    ],
  ]);
  const { code: jsonCode, out: json } = await run('retract', 'choir', 'sings', '--json');
  expect([jsonCode, JSON.parse(json)]).toMatchObject([
    1,
    { ok: false, proposed: [{ id: idOf('b'), was: 'published' }] },
  ]);
  expect(await retracted()).toBe('');
});

test('says by which name it takes one report alone, and by which all of its story', async () => {
  const { code, told } = await run('retract', 'bridge', 'opens');
  expect([code, told.split('\n').slice(1, 3)]).toEqual([
    1,
    [
      `  ${idOf('a')} ("The bridge opens"), from harbour, published, https://harbour.example/news/a; its id stands for all 2 reports of its story`,
      'if that is meant: tributary retract https://harbour.example/news/a',
    ],
  ]);
  expect((await run('retract', 'bridge', 'opens', '--yes')).code).toBe(0);
  expect(await retracted()).toBe('a');
});

test('asks which entry is meant, and changes nothing, also when it is told to go on', async () => {
  const { code, told } = await run('retract', 'bridge');
  expect([code, told.split('\n')]).toEqual([
    1,
    [
      'words of a title name no entry for sure; "bridge" is in the titles of 2:',
      `  ${idOf('d')} ("The bridge is open"), from wire, merged, https://wire.example/news/d`,
      `  ${idOf('a')} ("The bridge opens"), from harbour, published, https://harbour.example/news/a; its id stands for all 2 reports of its story`,
      'name the one that is meant by its address or id',
      'Nothing was changed.',
      '',
    ],
  ]);
  const sure = await run('retract', 'bridge', '--yes');
  expect([sure.code, sure.told]).toEqual([1, told]);
  expect(await retracted()).toBe('');
});

describe('of what was never published', () => {
  test('says that there is nothing to take out of pages and feeds', async () => {
    const { code, out } = await run('retract', idOf('c'));
    expect([code, out.trimEnd().split('\n')]).toEqual([
      0,
      [
        'retracted  harbour:  Choirs are late  never published',
        'It was never published, and never will be: its text is taken out of the database at the next refresh: soon where "tributary start" runs, else by "tributary once". Until then "tributary hold approve" lets it in instead, and nothing does after it.',
      ],
    ]);
  });

  test('counts it apart from what was', async () => {
    const { out } = await run('retract', idOf('b'), idOf('c'));
    expect(out).toContain('One of these was published: it is taken out of all pages and feeds');
    expect(out).toContain('The other was never published, and never will be');
    const { entries } = JSON.parse((await run('retract', idOf('b'), idOf('c'), '--json')).out) as { entries: object[] };
    expect(entries).toMatchObject([{ everPublished: true }, { everPublished: false }]);
  });
});

describe('the entry of an event', () => {
  const EVENT = uuid('e');
  beforeEach(() =>
    inStore(async (store) => {
      for (const one of [article('f', 'Ferries wait'), article('9', 'Ferries sail again', 'wire')])
        await store.saveRefresh(arrival([one], { trail: [aStep({ articleId: one.id, state: 'published' })] }));
      const of = (letter: string) =>
        aStory({ id: idOf(letter), path: `articles/2026/11/${letter}.html`, eventId: idOf('a') });
      await store.saveCuration(aCuration({ stories: [of('f'), of('9')] }));
      await store.startChain({ topicId: 'world', madeAs: 'events', anew: false });
      const shown = ['a', 'd', 'f'].map((letter) => ({
        storyId: idOf(letter === 'd' ? 'a' : letter),
        articleId: idOf(letter),
      }));
      const opened = [
        {
          topicId: 'world',
          entryId: `urn:uuid:${EVENT}`,
          subjectId: idOf('a'),
          leadArticleId: idOf('a'),
          published: NOW,
          updated: NOW,
          extent: 'full' as const,
          words: null,
          characters: null,
          shown,
        },
      ];
      await store.savePlaced({ opened, left: [], there: [], gone: [], tombstones: [], reopened: [], done: [] });
    }),
  );

  test.each([`urn:uuid:${EVENT}`, EVENT, EVENT.toUpperCase()])(
    'stands for all reports that it shows, and for those that it shows next: %s',
    async (name) => {
      const { code, out } = await run('retract', name);
      expect([code, out]).toEqual([0, expect.stringContaining('These 4 are taken out of all pages')]);
      expect(await retracted('adf9bc')).toBe('9adf');
    },
  );

  test('is retracted once', async () => {
    await inStore((store) =>
      store.saveCuration(
        aCuration({
          trail: ['a', 'd', 'f', '9'].map((letter) => aStep({ articleId: idOf(letter), state: 'retracted' })),
        }),
      ),
    );
    const { code, told } = await run('retract', EVENT);
    expect([code, told.match(/is retracted already/g)?.length]).toEqual([1, 4]);
  });

  test('is named to who would approve or reject it by its reports', async () => {
    await run('retract', EVENT);
    const { code, told } = await run('hold', 'approve', EVENT);
    expect([code, told]).toEqual([1, expect.stringContaining(`"${EVENT}" is the id of 4 entries; name the one`)]);
  });
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
    told: 'of harbour 2 entries were published and are not retracted (now 2 published): to retract them all for good, add --yes\nNothing was changed.\n',
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
  expect((await run('retract', '--source', 'wire')).told).toContain(
    'of wire one entry was published and is not retracted (now merged): to retract it for good, add --yes',
  );
});

test('of a source of which nothing is left says whether anything ever was', async () => {
  await run('retract', '--source', 'wire', '--yes');
  await inStore((store) =>
    store.saveCuration(aCuration({ trail: [aStep({ articleId: idOf('d'), state: 'retracted' })] })),
  );
  expect(await run('retract', '--source', 'wire', '--yes')).toEqual({
    code: 1,
    out: 'Nothing of it is left to retract: one entry of it is retracted already.\n',
    told: '',
  });
});

test('is told once, and nothing takes it back once it is sorted', async () => {
  await run('retract', idOf('b'));
  expect((await run('hold', 'approve', idOf('b'))).code).toBe(0);
  await run('retract', idOf('b'));
  await inStore((store) =>
    store.saveCuration(aCuration({ trail: [aStep({ articleId: idOf('b'), state: 'retracted', reason: 'it is so' })] })),
  );
  expect((await run('retract', idOf('b'))).told).toContain('is retracted already');
  for (const command of ['approve', 'reject'])
    expect((await run('hold', command, idOf('b'))).told).toContain(
      'is not held: it is retracted (it is so); its text is kept no more, and nothing brings it back',
    );
  expect((await run('why', idOf('b'))).out).toContain('it was retracted, and its text is kept no more');
});

test('"reject" sends to "retract" whoever would take back what is published', async () => {
  expect((await run('hold', 'reject', idOf('b'))).told).toContain(
    `to take it back for good: tributary retract ${idOf('b')}`,
  );
});

test.each([
  [['retract'], 'needs to know which entries'],
  [['retract', 'x', '--source', 'wire'], 'takes one of these alone'],
  [['retract', '--yes'], 'needs to know which entries'],
  [['retract', '--source', 'wirre', '--yes'], 'there is no source "wirre"; did you mean "wire"?'],
])('refuses wrong use: %j', async (args, says) => {
  const { code, told } = await run(...args);
  expect([code, told]).toEqual([2, expect.stringContaining(says)]);
});

test('makes no database where there is none', async () => {
  rmSync(join(room, 'data'), { recursive: true });
  expect(await run('retract', 'x')).toMatchObject({ code: 1, told: expect.stringContaining('Nothing was fetched') });
});
