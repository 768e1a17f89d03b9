import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { handClock } from '../support/hand-clock.ts';
import { anArticle } from '../support/an-entry.ts';
import { askWhy, askWhyForJson, type Answer } from './ask-why.ts';
import {
  aCuration,
  aLedgerEntry,
  aMissedPage,
  arrival,
  aState,
  aStep,
  aStory,
  NOON,
  ONE,
  someArticles,
  TWO,
} from '../store/records.ts';

const UUID = '0b6a0e2c-7f2e-8c11-9d6e-0123456789ab';
const LIST = {
  site: { title: 'Test', url: 'https://news.example/daily/' },
  topics: [{ id: 'world', title: 'World' }],
  sources: [
    { id: 'harbour', title: 'Harbour News', url: 'https://feeds.harbour.example/feed.xml', topics: ['world'] },
    { id: 'wire', title: 'The Wire', url: 'https://wire.example/feed.xml', topics: ['world'] },
    { id: 'dark', title: 'Dark', url: 'https://dark.example/feed.xml', topics: ['world'], enabled: false },
    { id: 'broken', title: 'Broken', url: 'https://broken.example/feed.xml', topics: ['world'] },
    { id: 'fresh', title: 'Fresh', url: 'https://fresh.example/feed.xml', topics: ['world'] },
  ],
};

const bridge = anArticle({
  id: `urn:uuid:${UUID}`,
  entryId: 'tag:bridge',
  title: 'The bridge\u001b[31m opens',
  link: 'https://harbour.example/bridge',
  sourceLink: { url: 'https://agency.example/bridge', name: 'Agency', foundBy: 'visible-link' },
  contentFrom: 'summary',
  contentReason: 'the page did not answer; the feed’s summary is used',
  corrections: [{ at: TWO, kind: 'correction', note: 'The year was wrong.' }],
});
const copy = anArticle({
  id: 'urn:copy',
  sourceId: 'wire',
  entryId: 'copy',
  title: 'Bridge opens at last',
  link: 'https://wire.example/copy',
});
const ferry = anArticle({
  id: 'urn:ferry',
  entryId: 'ferry',
  title: 'A ferry sails',
  link: 'https://harbour.example/f',
});
const choir = anArticle({
  id: 'urn:choir',
  entryId: 'choir',
  title: 'A choir sings',
  link: 'https://harbour.example/c',
});

const tram = anArticle({ id: 'urn:tram', entryId: 'tram', title: 'A tram stops', link: 'https://harbour.example/t' });

let room: string;
beforeAll(async () => {
  room = mkdtempSync(join(tmpdir(), 'tributary-why-'));
  writeFileSync(join(room, 'sources.json'), JSON.stringify(LIST));
  const where = { databaseUrl: null, dataDir: join(room, 'data') };
  {
    await using store = await openStore(where, { clock: handClock(NOON) });
    await fill(store);
  }
  using file = new DatabaseSync(join(where.dataDir, 'tributary.sqlite'));
  file.exec(`pragma foreign_keys = on; delete from articles where id = 'urn:old'`);
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

async function fill(store: Store): Promise<void> {
  const old = anArticle({ id: 'urn:old', entryId: 'old', title: 'An old tide', link: 'https://harbour.example/old' });
  const aliases = [{ kind: 'link', value: 'harbour.example/older' }] as const;
  const ledger = [aLedgerEntry({ articleId: 'urn:old', entryId: 'old', aliases })];
  await store.saveRefresh(arrival([old], { ledger }));
  const expired = aStep({ articleId: 'urn:old', at: TWO, state: 'expired', reason: 'older than its source keeps' });
  await store.saveSteps([expired]);
  const asked = aState({ url: LIST.sources[0]!.url, checkedAt: TWO, unreadable: ['entry 2: it holds nothing'] });
  const missed = [aMissedPage({ articleId: bridge.id, retries: 2, nextAt: TWO })];
  await store.saveRefresh(
    arrival([bridge, ferry, choir, tram], { state: { ...asked, feedLink: 'https://harbour.example/' }, missed }),
  );
  await store.saveRefresh(arrival([copy]));
  for (const [id, host] of [
    ['local', '127.0.0.1'],
    ['near', 'localhost'],
    ['six', '[::1]'],
  ])
    await store.saveRefresh(
      arrival([
        anArticle({
          id: `urn:${id}`,
          entryId: `${id}`,
          sourceId: 'demo',
          title: 'Ebb',
          link: `http://${host}:8801/tide`,
        }),
      ]),
    );
  const flood = someArticles(25, { sourceId: 'left', title: 'Water rises', link: null });
  await store.saveRefresh(arrival(flood));
  const failure = { code: 'fetch-gone', message: 'the server says the document is gone (410)', at: NOON };
  const broken = aState({ sourceId: 'broken', url: LIST.sources[3]!.url, checkedAt: NOON });
  await store.saveSourceState({ ...broken, failures: 3, lastFailure: failure });
  const addresses = ['https://harbour.example/t.jpg', 'https://harbour.example/u.jpg', 'https://harbour.example/v.jpg'];
  await store.images.want([{ articleId: 'urn:tram', sourceId: 'harbour', addresses }], NOON);
  const imageCopy = { path: 'images/0a/1b.jpg', type: 'image/jpeg', width: 800, height: 450, bytes: 9 };
  await store.images.save({ url: addresses[0]!, kind: 'copied', copy: imageCopy });
  const gone = { kind: 'missed', code: 'fetch-gone', reason: 'the server says it is gone', nextAt: null } as const;
  await store.images.save({ url: addresses[1]!, ...gone });
  await store.saveCuration(
    aCuration({
      stories: [
        aStory({
          id: bridge.id,
          path: 'articles/2026/11/the-bridge-opens.html',
          leadArticleId: 'urn:copy',
          articleIds: [bridge.id, 'urn:copy'],
          topics: [
            { topicId: 'world', reason: 'because of "bridge"' },
            { topicId: 'towns', reason: 'it is like what is sorted into it', learnt: true },
          ],
          eventId: 'urn:event',
        }),
        aStory({ id: 'urn:ferry', path: 'articles/2026/11/a-ferry-sails.html', topics: [], eventId: 'urn:event' }),
      ],
      trail: [
        aStep({ articleId: bridge.id, at: ONE, state: 'merged', reason: 'the same report as "Bridge opens at last"' }),
        aStep({ articleId: 'urn:copy', at: ONE, state: 'published', reason: 'in world: because of "bridge"' }),
        aStep({ articleId: 'urn:ferry', at: ONE, state: 'dropped', reason: 'no topic takes it' }),
        aStep({ articleId: 'urn:tram', at: ONE, state: 'dropped', reason: 'a filter drops "tram"' }),
        aStep({ articleId: 'urn:choir', at: ONE, state: 'held', reason: 'its source is on probation' }),
      ],
    }),
  );
}

const ask = (...args: string[]): Promise<Answer> => askWhy(room, args);
const askForJson = (...args: string[]): Promise<Record<string, unknown>> => askWhyForJson(room, ...args);

describe('why', () => {
  test('tells of the pictures of an entry which are copied, and why others are not', async () => {
    const { out } = await ask('urn:tram');
    expect(
      out
        .split('\n\n')
        .find((part) => part.startsWith('its pictures'))
        ?.split('\n'),
    ).toEqual([
      'its pictures:',
      '  https://harbour.example/t.jpg: copied as images/0a/1b.jpg',
      '  https://harbour.example/u.jpg: not copied: the server says it is gone; it is shown from where it is',
      '  https://harbour.example/v.jpg: not copied yet; it waits for its turn in the next rounds',
    ]);
    expect(await askForJson('urn:tram')).toMatchObject({
      entries: [
        { images: [{ copy: 'images/0a/1b.jpg' }, { copy: null, nextAt: null }, { reason: null, nextAt: NOON }] },
      ],
    });
  });

  test('tells everything of one entry, and lets no control character through', async () => {
    const { code, out, err } = await ask(UUID.toUpperCase());
    expect([code, err]).toEqual([0, '']);
    expect(out.trimEnd().split('\n')).toEqual([
      'The bridge [31m opens',
      '  source       Harbour News (harbour)',
      '  link         https://harbour.example/bridge',
      '  true source  https://agency.example/bridge (Agency): a link in the text leads there',
      `  id           urn:uuid:${UUID}`,
      '  upstream id  tag:bridge',
      '  first seen   2026-11-20T09:00:00Z, dated 2026-11-20T08:00:00Z',
      `  now          merged since ${ONE}: the same report as "Bridge opens at last"`,
      '  text         a summary, 7 words: the page did not answer; the feed’s summary is used',
      `  page         not had after 2 more tries (the server did not answer in time); asked for again at ${TWO}`,
      '',
      'what became of it:',
      `  ${NOON}  awaiting   new in its feed`,
      `  ${ONE}  merged     the same report as "Bridge opens at last"`,
      '',
      'corrections:',
      `  ${TWO}  correction  The year was wrong.`,
      '',
      'the story that it is told in:',
      `  id     urn:uuid:${UUID}`,
      '  page   https://news.example/daily/articles/2026/11/the-bridge-opens.html',
      '  lead   "Bridge opens at last" of wire, urn:copy',
      '  topic  world: because of "bridge"',
      '  topic  towns: it is like what is sorted into it (no rule says so)',
      '  other reports:',
      '    wire: Bridge opens at last  urn:copy',
      '  other stories of the same event:',
      '    A ferry sails  urn:ferry',
    ]);
  });

  test('tells scripts the same', async () => {
    expect(await askForJson('urn:copy')).toEqual({
      asked: 'urn:copy',
      event: null,
      more: false,
      nothing: null,
      entries: [
        {
          articleId: 'urn:copy',
          entryId: 'copy',
          title: 'Bridge opens at last',
          link: 'https://wire.example/copy',
          source: { id: 'wire', title: 'The Wire' },
          firstSeenAt: copy.firstSeenAt,
          state: 'published',
          reason: 'in world: because of "bridge"',
          since: ONE,
          article: {
            sourceLink: null,
            published: copy.published,
            updated: copy.updated,
            contentFrom: 'feed',
            contentReason: 'the feed holds the whole text',
            wordCount: 7,
            corrections: [],
          },
          trail: [
            { at: NOON, state: 'awaiting', reason: 'new in its feed' },
            { at: ONE, state: 'published', reason: 'in world: because of "bridge"' },
          ],
          verdict: null,
          missedPage: null,
          images: [],
          story: {
            id: bridge.id,
            eventId: 'urn:event',
            published: NOON,
            updated: NOON,
            page: 'https://news.example/daily/articles/2026/11/the-bridge-opens.html',
            leadArticleId: 'urn:copy',
            topics: [
              { topicId: 'world', reason: 'because of "bridge"' },
              { topicId: 'towns', reason: 'it is like what is sorted into it', learnt: true },
            ],
            otherReports: [
              {
                articleId: bridge.id,
                sourceId: 'harbour',
                title: bridge.title,
                link: 'https://harbour.example/bridge',
              },
            ],
            eventEntries: [],
            sameEvent: [{ id: 'urn:ferry', title: 'A ferry sails', page: null }],
          },
        },
      ],
    });
  });

  test.each([
    [['urn:uuid:' + UUID], [bridge.id]],
    [['tag:bridge'], [bridge.id]],
    [['http://www.harbour.example/bridge/?utm_source=x'], [bridge.id]],
    [['harbour.example/bridge'], [bridge.id]],
    [['//harbour.example/bridge'], [bridge.id]],
    [['harbour.example/bridge)'], [bridge.id]],
    [['"https://harbour.example/bridge",'], [bridge.id]],
    [['<https://harbour.example/bridge>'], [bridge.id]],
    [['127.0.0.1:8801/tide'], ['urn:local']],
    [['localhost:8801/tide'], ['urn:near']],
    [['[::1]:8801/tide'], ['urn:six']],
    [['https://agency.example/bridge'], [bridge.id]],
    [['sings', 'CHOIR'], ['urn:choir']],
    [['choir sings'], ['urn:choir']],
    [['https://news.example/daily/articles/2026/11/the-bridge-opens.html'], ['urn:copy', bridge.id]],
    [['news.example/daily/articles/2026/11/the-bridge-opens.html#top'], ['urn:copy', bridge.id]],
    [['http://127.0.0.1:8080/articles/2026/11/the-bridge-opens.html'], ['urn:copy', bridge.id]],
    [['/articles/2026/11/the-bridge-opens.html'], ['urn:copy', bridge.id]],
    [['news.example/daily/private/a-tOken_9/articles/2026/11/the-bridge-opens.html'], ['urn:copy', bridge.id]],
    [['https://other.example/daily/articles/2026/11/the-bridge-opens.html'], []],
  ])('finds by %j what is meant', async (args, expected) => {
    const { entries } = (await askForJson(...args)) as { entries: { articleId: string }[] };
    expect(entries.map(({ articleId }) => articleId)).toEqual(expected);
  });

  test('lists several entries, and tells how to ask for one', async () => {
    const { code, out } = await ask('bridge', 'opens');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toEqual([
      '"bridge opens" is 2 entries:',
      '',
      'published wire: Bridge opens at last',
      '          2026-11-20T09:00:00Z  urn:copy',
      'merged    harbour: The bridge [31m opens',
      `          2026-11-20T09:00:00Z  urn:uuid:${UUID}`,
      '',
      'Ask for one of them by its id: tributary why urn:copy',
    ]);
  });

  test('lists the newest of very many', async () => {
    const { out } = await ask('water');
    expect(out).toContain('"water" is more than 20 entries; the newest of them:');
    expect(out.match(/^ +\S+ +urn:uuid/gm)).toHaveLength(20);
    expect(out).toContain('Or write more words of its title, or its address.');
    expect(await askForJson('water')).toMatchObject({ more: true });
  });

  test('tells of entries in no story what is next for them', async () => {
    expect((await ask('choir')).out).toContain(
      'It is told in no story. To let it through: tributary hold approve urn:choir',
    );
    const { entries } = (await askForJson('water')) as { entries: { articleId: string }[] };
    const { out } = await ask(entries[0]!.articleId);
    expect(out).toContain('It is told in no story yet: it awaits sorting.');
    expect(out).toContain('  source       left, which is not listed any more');
    const { out: ofNoTopic } = await ask('urn:ferry');
    expect(ofNoTopic).toContain(
      `To have a topic take it: give a topic's "match" in sources.json words that it has, or name the topic in the "topics" of harbour`,
    );
    expect(ofNoTopic).not.toContain('  page   ');
    expect(ofNoTopic).not.toContain('hold approve');
    expect((await ask('urn:tram')).out).toContain(
      'What you say outweighs filters and quotas. To let it through: tributary hold approve urn:tram',
    );
  });

  test('tells of an entry while sources.json is faulty, and the faults', async () => {
    writeFileSync(
      join(room, 'sources.json'),
      JSON.stringify({ ...LIST, site: { title: 'Test', url: 'ftp://x.example/' } }),
    );
    try {
      const { code, out, err } = await ask('urn:copy');
      expect(code).toBe(1);
      expect(err).toMatch(/sources\.json: one fault\n.*site\.url must begin with/);
      expect(out).toContain('  now          published');
      expect(out).toContain('articles/2026/11/the-bridge-opens.html');
      expect(await askForJson('urn:copy')).toMatchObject({ ok: false, faults: [{ path: 'site.url' }], entries: [{}] });
      const nothing = await ask('https://nobody.example/a');
      expect([nothing.code, nothing.out]).toEqual([1, '']);
      expect(nothing.err).toContain('sources.json is faulty, so it is not known which sources there are');
      expect(nothing.err).not.toContain('no listed source');
    } finally {
      writeFileSync(join(room, 'sources.json'), JSON.stringify(LIST));
    }
  });

  test('tells the trail of an entry whose article is kept no more', async () => {
    for (const asked of ['urn:old', 'https://www.harbour.example/old', 'harbour.example/older', 'tide']) {
      const { code, out } = await ask(asked);
      expect(code).toBe(0);
      expect(out).toContain('  text         none is kept; the ledger remembers the entry');
      expect(out).toContain(`  ${TWO}  expired    older than its source keeps`);
    }
    expect(await askForJson('tide')).toMatchObject({ entries: [{ article: null, story: null }] });
  });

  test.each([
    ['https://fresh.example/a', 'its site is that of fresh, which was never asked; it is asked at the next turn'],
    ['https://dark.example/a', 'its site is that of dark, which is not enabled in sources.json'],
    ['broken.example/a', 'its site is that of broken, which fails: the server says the document is gone (410)'],
    ['https://nobody.example/a', 'no listed source is of the site nobody.example; add its feed to sources.json'],
    [
      'https://www.harbour.example/unknown',
      `its site is that of harbour, asked last at ${TWO}, 5 entries since it is known: this one was not in its feed when it was asked; 1 of the last reading could not be read`,
    ],
    ['wire', 'that is a source: `tributary status --entries --source wire` tells of its entries'],
    ['harbor', 'if the source "harbour" is meant: `tributary status --entries --source harbour`'],
    ['no such words', 'write fewer words, or its address'],
  ])('says of "%s", which it does not find, what may be the reason', async (asked, reason) => {
    const { code, out, err } = await ask(asked);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/no entry has this id, this address or these words in its title; the ledger has \d+ entries\./);
    expect(err).toContain(`  ${reason}`);
  });

  test('tells scripts too that nothing was found', async () => {
    expect(await askForJson('https://dark.example/a')).toMatchObject({
      asked: 'https://dark.example/a',
      entries: [],
      nothing: {
        sources: [{ id: 'dark', enabled: false, checkedAt: null, entries: 0 }],
        advice: ['its site is that of dark, which is not enabled in sources.json'],
      },
    });
  });

  test('says that nothing was fetched yet, and makes no database', async () => {
    const nowhere = join(room, 'nowhere');
    const { code, err } = await askWhy(room, ['bridge'], nowhere);
    expect(code).toBe(1);
    expect(err).toContain('nothing was fetched yet: `tributary once` asks the sources that are due');
    expect(existsSync(nowhere)).toBe(false);
  });

  test('without anything to ask for is wrong use', async () => {
    expect(await ask()).toMatchObject({ code: 2, out: '' });
    expect((await ask(' ')).err).toContain('name an address, an id, or words of a title');
  });

  test('answers while another program has the database open and writes', async () => {
    await using store = await openStore({ databaseUrl: null, dataDir: join(room, 'data') }, { clock: handClock(NOON) });
    await store.saveFact('founded', NOON);
    expect((await ask('urn:choir')).code).toBe(0);
    await store.saveFact('founded', ONE);
    expect(await store.fact('founded')).toBe(ONE);
  });
});
