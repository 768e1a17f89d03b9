import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';
import type { Article } from '../../src/model/article.ts';
import type { EntryState } from '../../src/model/trail.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { handClock } from '../support/hand-clock.ts';
import { anArticle } from '../support/an-entry.ts';
import { aCuration, aLedgerEntry, arrival, aStep, aStory, someArticles } from '../store/records.ts';

const NOW = '2026-11-24T12:00:00Z';
const uuid = (letter: string): string => `00000000-0000-8000-8000-00000000000${letter}`;
const idOf = (letter: string): string => `urn:uuid:${uuid(letter)}`;
const article = (letter: string, title: string, sourceId = 'harbour'): Article =>
  anArticle({ id: idOf(letter), entryId: letter, sourceId, link: `https://${sourceId}.example/news/${letter}`, title });

let room: string;
beforeEach(async () => {
  room = mkdtempSync(join(tmpdir(), 'tributary-verdicts-'));
  const sources = ['harbour', 'wire'].map((id) => ({ id, title: id, url: `https://${id}.example/feed.xml` }));
  const site = { title: 'Test', url: 'https://news.example/' };
  writeFileSync(join(room, 'sources.json'), JSON.stringify({ site, topics: [], sources }));
  await inStore(async (store) => {
    const held = { state: 'held', reason: 'its source is on probation' } as const;
    const own = [article('a', 'The bridge opens'), article('b', 'A choir sings'), article('c', 'Ferries are late')];
    await store.saveRefresh(
      arrival(own, {
        trail: [
          aStep({ articleId: idOf('a'), ...held }),
          aStep({ articleId: idOf('b'), ...held, at: '2026-11-24T11:00:00Z' }),
          aStep({ articleId: idOf('c'), state: 'published', reason: 'in world: it has the word "ferries"' }),
        ],
      }),
    );
    const wire = [article('d', 'The bridge opens at last', 'wire'), article('e', 'Win a car', 'wire')];
    await store.saveRefresh(
      arrival(wire, {
        trail: [
          aStep({ articleId: idOf('d'), ...held }),
          aStep({ articleId: idOf('e'), state: 'dropped', reason: 'filter 1 of the source drops it' }),
        ],
      }),
    );
  });
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

async function inStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  await using store = await openStore({ databaseUrl: null, dataDir: join(room, 'data') }, { clock: handClock(NOW) });
  return await work(store);
}

/** Runs a command line as of noon, and gives its exit code and all that it said, each stream by itself. */
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

const states = (): Promise<Record<string, EntryState>> =>
  inStore(async (store) =>
    Object.fromEntries((await store.standings(null)).map(({ articleId, state }) => [articleId.slice(-1), state])),
  );
const UNTOUCHED = { a: 'held', b: 'held', c: 'published', d: 'held', e: 'dropped' };
const verdictOf = (letter: string): Promise<string | undefined> =>
  inStore(async (store) => (await store.verdicts([idOf(letter)])).get(idOf(letter))?.verdict);

describe('held', () => {
  test('lists the queue source by source, those first that were held first, with what there is to do', async () => {
    const { code, out } = await run('hold', 'list');
    expect([code, out.split('\n')]).toEqual([
      0,
      [
        'harbour: 2 held',
        '  A choir sings',
        `    ${idOf('b')}`,
        '    https://harbour.example/news/b',
        '    since 2026-11-24T11:00:00Z: its source is on probation',
        '  The bridge opens',
        `    ${idOf('a')}`,
        '    https://harbour.example/news/a',
        '    since 2026-11-24T12:00:00Z: its source is on probation',
        '',
        'wire: 1 held',
        '  The bridge opens at last',
        `    ${idOf('d')}`,
        '    https://wire.example/news/d',
        '    since 2026-11-24T12:00:00Z: its source is on probation',
        '',
        '3 entries wait: tributary hold approve (or reject) with ids, addresses, --source ID or --all.',
        '',
      ],
    ]);
  });

  test('lists one source’s, and for scripts', async () => {
    const { code, out } = await run('hold', 'list', '--source', 'wire', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([
      {
        id: idOf('d'),
        sourceId: 'wire',
        title: 'The bridge opens at last',
        link: 'https://wire.example/news/d',
        reason: 'its source is on probation',
        heldSince: NOW,
      },
    ]);
  });

  test('says so when nothing is held, and names the source that was meant', async () => {
    await run('hold', 'reject', '--source', 'wire');
    expect(await run('hold', 'list', '--source', 'wire')).toEqual({ code: 0, out: 'Nothing is held.\n', told: '' });
    expect(await run('hold', 'list', '--source', 'wires')).toEqual({
      code: 2,
      out: '',
      told: 'there is no source "wires"; did you mean "wire"?\n',
    });
  });

  test('makes no database where there is none', async () => {
    rmSync(join(room, 'data'), { recursive: true });
    expect(await run('hold', 'list')).toMatchObject({ code: 0, out: 'Nothing is held.\n' });
    expect(await run('hold', 'approve', '--all')).toMatchObject({
      code: 0,
      told: expect.stringContaining('Nothing was fetched'),
    });
    expect(await run('hold', 'reject', idOf('a'))).toMatchObject({
      code: 1,
      told: expect.stringContaining('no database'),
    });
    expect(readdirSync(room)).toEqual(['sources.json']);
  });
});

describe('approve and reject', () => {
  test('take several entries at once, by id, by bare id and by address, each once; say what happens next', async () => {
    const address = 'https://harbour.example/news/b?utm_source=mail#top';
    const { code, out, told } = await run('hold', 'approve', idOf('a'), uuid('a'), address, '--note', 'seen');
    expect([code, told]).toEqual([0, '']);
    expect(out.split('\n')).toEqual([
      'approved  harbour:  The bridge opens',
      'approved  harbour:  A choir sings',
      'These 2 are sorted at the next refresh: soon where "tributary start" runs, else by "tributary once". No filter, probation or quota keeps an approved entry back, but it still needs a topic that takes it.',
      '',
    ]);
    expect(await states()).toEqual({ ...UNTOUCHED, a: 'awaiting', b: 'awaiting' });
    expect((await inStore((store) => store.trailOf(idOf('b')))).at(-1)).toEqual({
      articleId: idOf('b'),
      at: NOW,
      state: 'awaiting',
      reason: 'approved by the operator: seen',
    });
  });

  test.each([
    ['an id in capitals', uuid('a').toUpperCase()],
    ['the id that its source gives it', 'tag:harbour,2026:a'],
    ['an address without its scheme', 'www.harbour.example/news/a/'],
    ['an address that it had before', 'http://harbour.example/draft/a?utm_source=mail'],
  ])('know an entry by %s, as "why" does', async (_, given) => {
    const aliases = [
      { kind: 'guid', value: 'tag:harbour,2026:a' },
      { kind: 'link', value: 'harbour.example/draft/a' },
    ] as const;
    const ledger = [aLedgerEntry({ articleId: idOf('a'), aliases })];
    await inStore((store) => store.saveRefresh(arrival([], { ledger })));
    expect(await run('hold', 'approve', given)).toMatchObject({ code: 0, told: '' });
    expect(await states()).toEqual({ ...UNTOUCHED, a: 'awaiting' });
  });

  test('know an entry by its page, be it on the site or where the operator looks at it', async () => {
    const story = aStory({ id: idOf('c'), path: 'articles/2026/11/ferries.html' });
    await inStore((store) => store.saveCuration(aCuration({ stories: [story] })));
    const pages = ['https://news.example/', 'http://127.0.0.1:8080/', ''].map((site) => `${site}${story.path}`);
    for (const page of pages)
      expect((await run('hold', 'reject', page)).told).toMatch(
        /^urn:uuid:\S+c \("Ferries are late"\) is not held: it is published/,
      );
  });

  test('need no order without a fault', async () => {
    writeFileSync(join(room, 'sources.json'), '{');
    expect((await run('hold', 'approve', 'https://harbour.example/news/a')).code).toBe(0);
    expect(await states()).toEqual({ ...UNTOUCHED, a: 'awaiting' });
  });

  test('tell no more than twenty of those that one address stands for', async () => {
    const link = 'https://harbour.example/news';
    const many = someArticles(22, { link });
    const trail = many.map(({ id }) => aStep({ articleId: id, state: 'held', reason: 'r' }));
    await inStore((store) => store.saveRefresh(arrival(many, { trail })));
    const lines = (await run('hold', 'approve', link)).told.split('\n');
    expect(lines[0]).toContain('is the address of 22 entries');
    expect([lines.length, lines[21]]).toEqual([24, '  … and 2 more']);
  });

  test('take all that is held of a source, or everywhere, and nothing else', async () => {
    expect((await run('hold', 'reject', '--source', 'harbour')).out).toContain(
      'These 2 are dropped at the next refresh',
    );
    expect(await states()).toEqual({ ...UNTOUCHED, a: 'awaiting', b: 'awaiting' });
    expect([await verdictOf('a'), await verdictOf('d')]).toEqual(['rejected', undefined]);
    expect((await run('hold', 'approve', '--all')).out).toMatch(
      /^approved {2}wire: {2}The bridge opens at last\nIt is sorted/,
    );
    expect(await verdictOf('a')).toBe('rejected');
    expect(await run('hold', 'approve', '--all')).toEqual({ code: 0, out: 'Nothing is held.\n', told: '' });
  });

  test('take back what was said before, as long as it is not sorted', async () => {
    await run('hold', 'approve', idOf('a'));
    expect((await run('hold', 'reject', idOf('a'))).code).toBe(0);
    expect(await verdictOf('a')).toBe('rejected');
    expect(await run('hold', 'reject', idOf('a'))).toMatchObject({
      code: 1,
      told: `${idOf('a')} ("The bridge opens") is not held: it awaits sorting (rejected by the operator)\nNothing was changed.\n`,
    });
  });

  test('let through what a filter dropped, when it is named', async () => {
    expect((await run('hold', 'approve', idOf('e'))).code).toBe(0);
    expect(await states()).toEqual({ ...UNTOUCHED, e: 'awaiting' });
  });

  test('say where an entry stands that is not held, and change nothing, not even what is right', async () => {
    expect(await run('hold', 'approve', idOf('a'), idOf('c'))).toEqual({
      code: 1,
      out: '',
      told: `${idOf('c')} ("Ferries are late") is not held: it is published (in world: it has the word "ferries")\nNothing was changed.\n`,
    });
    expect((await run('hold', 'reject', idOf('e'))).told).toContain(
      'is not held: it is dropped (filter 1 of the source drops it)',
    );
    expect(await states()).toEqual(UNTOUCHED);
  });

  test.each([
    ['an address', 'http://www.harbour.example/news/aa', 'a', 'The bridge opens'],
    ['an id', 'urn:uuid:00000000-0000-8000-8000-0000000000bb', 'b', 'A choir sings'],
    ['words of the title', 'choir', 'b', 'A choir sings'],
  ])('name the entry that was meant by %s', async (_, given, letter, title) => {
    expect(await run('hold', 'approve', given)).toEqual({
      code: 1,
      out: '',
      told: `no entry has the id or address "${given}"; did you mean ${idOf(letter)} ("${title}")?\nNothing was changed.\n`,
    });
  });

  test('tell all faults at once; what is near to nothing is not guessed', async () => {
    const { out } = await run('hold', 'approve', 'weather', 'https://elsewhere.example/entirely/different', '--json');
    expect(JSON.parse(out)).toEqual({
      ok: false,
      faults: [
        'no entry has the id or address "weather"',
        'no entry has the id or address "https://elsewhere.example/entirely/different"',
      ],
    });
  });

  test('ask which one is meant when an address has two entries that wait, and take the one that waits of two', async () => {
    const twin = { ...article('f', 'The bridge, again', 'wire'), link: 'https://harbour.example/news/a' };
    const step = aStep({ articleId: idOf('f'), state: 'held', reason: 'r' });
    await inStore((store) => store.saveRefresh(arrival([twin], { trail: [step] })));
    expect((await run('hold', 'approve', 'https://harbour.example/news/a')).told.split('\n')).toEqual([
      '"https://harbour.example/news/a" is the address of 2 entries; name the one that you mean by its id:',
      `  ${idOf('f')} ("The bridge, again"), from wire`,
      `  ${idOf('a')} ("The bridge opens"), from harbour`,
      'Nothing was changed.',
      '',
    ]);
    await inStore((store) => store.saveSteps([aStep({ articleId: idOf('f'), state: 'published', reason: 'r' })]));
    expect((await run('hold', 'approve', 'https://harbour.example/news/a')).out).toContain('The bridge opens');
    expect(await states()).toEqual({ ...UNTOUCHED, a: 'awaiting', f: 'published' });
  });

  test.each([
    [['hold', 'approve'], '"hold approve" needs to know which entries: ids or addresses, --source ID, or --all\n'],
    [
      ['hold', 'reject', '--all', '--source', 'wire'],
      '"hold reject" takes one of these alone: ids or addresses, --source ID, or --all\n',
    ],
    [
      ['hold', 'reject', 'x', '--all'],
      '"hold reject" takes one of these alone: ids or addresses, --source ID, or --all\n',
    ],
    [['hold', 'approve', '--source', 'wirre'], 'there is no source "wirre"; did you mean "wire"?\n'],
  ])('refuse wrong use: %j', async (args, told) => {
    expect(await run(...args)).toEqual({ code: 2, out: '', told });
    expect(await states()).toEqual(UNTOUCHED);
  });

  test('tell scripts what was said of which entries', async () => {
    const { out } = await run('hold', 'reject', idOf('d'), '--json');
    expect(JSON.parse(out)).toEqual({
      ok: true,
      verdict: 'rejected',
      entries: [
        {
          id: idOf('d'),
          sourceId: 'wire',
          title: 'The bridge opens at last',
          link: 'https://wire.example/news/d',
          was: 'held',
          because: 'its source is on probation',
        },
      ],
    });
  });

  test('show in their help that they take several', async () => {
    expect((await run('hold', 'approve', '--help')).out).toMatch(
      /^usage: tributary hold approve \[ID\|ADDRESS …\] \[OPTION …\]\n/,
    );
  });
});
