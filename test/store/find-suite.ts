import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Article } from '../../src/model/article.ts';
import type { PublishedVersion } from '../../src/model/published-entry.ts';
import type { EntrySign, Store } from '../../src/store/store.ts';
import { sha256 } from '../../src/support/hash.ts';
import { anArticle } from '../support/an-entry.ts';
import type { TestDatabase } from './databases.ts';
import {
  aCuration,
  aLedgerEntry,
  aMissedPage,
  arrival,
  aStep,
  aStory,
  NOON,
  ONE,
  someArticles,
  TWO,
} from './records.ts';

const bridge = anArticle({
  id: 'urn:bridge',
  entryId: 'tag:harbour,2026:bridge',
  title: 'The Bridge of Ängelholm opens',
  link: 'https://harbour.example/bridge?id=7',
});
const copy = anArticle({
  id: 'urn:copy',
  sourceId: 'wire',
  entryId: 'copy-1',
  title: 'Bridge opens at last',
  link: 'https://wire.example/copy',
  sourceLink: { url: 'https://www.harbour.example/bridge/?id=7&utm_source=wire', name: 'Harbour', foundBy: 'via' },
});
const ferry = anArticle({
  id: 'urn:ferry',
  entryId: 'ferry',
  title: 'Паром ушёл: 停火协议 начинается',
  link: null,
});

export function findSuite(database: TestDatabase): void {
  let store: Store;
  beforeEach(async () => {
    store = await database.emptyStore();
    await store.saveRefresh(arrival([bridge, ferry]));
    await store.saveRefresh(arrival([copy]));
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  const found = async (...signs: EntrySign[]): Promise<string[]> =>
    (await store.entriesAbout(signs, 50)).map(({ articleId }) => articleId);
  const titled = (...words: string[]): Promise<string[]> => found({ by: 'title', words });
  const at = (address: string): Promise<string[]> => found({ by: 'address', address });

  test('an entry is found by its own id, with where it stands and how it was known upstream', async () => {
    expect(await store.entriesAbout([{ by: 'article', id: 'urn:copy' }], 50)).toEqual([
      {
        articleId: 'urn:copy',
        sourceId: 'wire',
        title: 'Bridge opens at last',
        link: 'https://wire.example/copy',
        state: 'awaiting',
        reason: 'new in its feed',
        text: copy.contentReason,
        at: NOON,
        entryId: 'copy-1',
        firstSeenAt: copy.firstSeenAt,
      },
    ]);
    expect(await found({ by: 'article', id: 'urn:unknown' })).toEqual([]);
    expect(await found()).toEqual([]);
  });

  test('entries are found by the story that tells them, and by the path of its page', async () => {
    const story = aStory({ id: 'urn:s', leadArticleId: 'urn:copy', articleIds: ['urn:bridge', 'urn:copy'] });
    await store.saveCuration(aCuration({ stories: [story] }));
    expect(await found({ by: 'story', id: 'urn:s' })).toEqual(['urn:copy', 'urn:bridge']);
    expect(await found({ by: 'page', path: story.path })).toEqual(['urn:copy', 'urn:bridge']);
    expect(await found({ by: 'page', path: 'articles/2026/11/other.html' })).toEqual([]);
  });

  test('an entry is found by every id that its source ever gave it, however long', async () => {
    const long = `tag:${'ü'.repeat(4000)}`;
    const aliases = [
      { kind: 'guid', value: 'bridge-v2' },
      { kind: 'guid', value: long },
    ] as const;
    const again = aLedgerEntry({ articleId: 'urn:bridge', entryId: bridge.entryId, digest: '2', aliases });
    await store.saveRefresh(arrival([], { ledger: [again] }));
    for (const id of ['tag:harbour,2026:bridge', 'bridge-v2', long])
      expect(await found({ by: 'upstream-id', id })).toEqual(['urn:bridge']);
    expect(await found({ by: 'upstream-id', id: 'tag:harbour,2026' })).toEqual([]);
    expect(await found({ by: 'upstream-id', id: `${long}!` })).toEqual([]);
  });

  test('an entry is found by a first id that no index in order would take', async () => {
    const entryId = Array.from({ length: 200 }, (_, at) => sha256(String(at))).join('');
    await store.saveRefresh(arrival([anArticle({ id: 'urn:long', entryId })]));
    expect(await found({ by: 'upstream-id', id: entryId })).toEqual(['urn:long']);
  });

  test('an upstream id that two sources have in common gives the entries of both', async () => {
    await store.saveRefresh(arrival([anArticle({ id: 'urn:twin', sourceId: 'wire', entryId: 'ferry' })]));
    expect(await found({ by: 'upstream-id', id: 'ferry' })).toEqual(['urn:twin', 'urn:ferry']);
  });

  test('an entry is found by a link that it had before', async () => {
    const aliases = [{ kind: 'link', value: 'harbour.example/old-bridge' }] as const;
    const again = aLedgerEntry({ articleId: 'urn:bridge', entryId: bridge.entryId, digest: '2', aliases });
    await store.saveRefresh(arrival([], { ledger: [again] }));
    expect(await found({ by: 'former-link', mark: 'harbour.example/old-bridge' })).toEqual(['urn:bridge']);
    expect(await found({ by: 'former-link', mark: 'harbour.example/older-bridge' })).toEqual([]);
  });

  test.each([
    ['as it stands', 'https://harbour.example/bridge?id=7'],
    ['by the other scheme', 'http://harbour.example/bridge?id=7'],
    ['with www and a slash at the end', 'https://www.harbour.example/bridge/?id=7'],
    ['with tracking parameters and a fragment', 'https://harbour.example/bridge?utm_medium=rss&id=7&fbclid=x#top'],
    ['in capitals', 'HTTPS://HARBOUR.EXAMPLE/bridge?id=7'],
  ])('entries are found by the address of their page or their true source %s', async (_, address) => {
    expect(await at(address)).toEqual(['urn:copy', 'urn:bridge']);
  });

  test('another path, another parameter or another site is another address', async () => {
    expect(await at('https://harbour.example/bridge')).toEqual([]);
    expect(await at('https://harbour.example/Bridge?id=7')).toEqual([]);
    expect(await at('https://harbour.example.org/bridge?id=7')).toEqual([]);
    expect(await at('')).toEqual([]);
  });

  test('a video is found under the other host that has it', async () => {
    const link = 'https://youtu.be/dQw4w9WgXcQ';
    await store.saveRefresh(arrival([anArticle({ id: 'urn:video', entryId: 'video', link })]));
    expect(await at('https://www.youtube.com/watch?v=dQw4w9WgXcQ&feature=share')).toEqual(['urn:video']);
  });

  test('an address without a host, or one of numbers, does no harm', async () => {
    const link = 'http://127.0.0.1:8801/a';
    await store.saveRefresh(arrival([anArticle({ id: 'urn:local', entryId: 'local', link })]));
    expect(await at('http://127.0.0.1:8801/a/')).toEqual(['urn:local']);
    expect(await at('mailto:someone')).toEqual([]);
  });

  test('entries are found by words of the title: all of them, whole, in any order, whatever case and diacritics', async () => {
    expect(await titled('OPENS', 'bridge')).toEqual(['urn:copy', 'urn:bridge']);
    expect(await titled('angelholm')).toEqual(['urn:bridge']);
    expect(await titled('ÄNGELHOLM', 'bridge')).toEqual(['urn:bridge']);
    expect(await titled('ПАРОМ')).toEqual(['urn:ferry']);
    expect(await titled('open')).toEqual([]);
    expect(await titled('bridge', 'ferry')).toEqual([]);
    expect(await titled()).toEqual([]);
    expect(await titled('—')).toEqual([]);
  });

  test('a word of a script without spaces is found within a title', async () => {
    expect(await titled('停火')).toEqual(['urn:ferry']);
    expect(await titled('协议', '停火')).toEqual(['urn:ferry']);
    expect(await titled('战火')).toEqual([]);
  });

  test('what any of several signs fits comes once, and no more than a limit, the newest first', async () => {
    const signs: EntrySign[] = [
      { by: 'article', id: 'urn:bridge' },
      { by: 'title', words: ['bridge'] },
      { by: 'upstream-id', id: 'ferry' },
    ];
    expect(await found(...signs)).toEqual(['urn:copy', 'urn:ferry', 'urn:bridge']);
    expect((await store.entriesAbout(signs, 2)).map(({ articleId }) => articleId)).toEqual(['urn:copy', 'urn:ferry']);
  });

  test('an entry whose article was never kept is found by its id, and tells its trail', async () => {
    const failed = aStep({ articleId: 'urn:failed', state: 'failed', reason: 'no body' });
    const entry = aLedgerEntry({ articleId: 'urn:failed', entryId: 'failed' });
    await store.saveRefresh(arrival([], { ledger: [entry], trail: [failed] }));
    expect(await store.entriesAbout([{ by: 'upstream-id', id: 'failed' }], 50)).toMatchObject([
      { articleId: 'urn:failed', state: 'failed', title: null, text: null },
    ]);
    expect(await store.trailOf('urn:failed')).toEqual([failed]);
  });

  test('one title among six thousand entries is found, and a common word gives the newest', async () => {
    const many: Article[] = someArticles(6000, { sourceId: 'flood', title: 'Water rises' });
    await store.saveRefresh(arrival(many));
    expect(await titled('bridge', 'last')).toEqual(['urn:copy']);
    const newest = await store.entriesAbout([{ by: 'title', words: ['water'] }], 3);
    expect(newest.map(({ sourceId }) => sourceId)).toEqual(['flood', 'flood', 'flood']);
    expect(await store.entriesAbout([{ by: 'title', words: ['water'] }], 10_000)).toHaveLength(6000);
  });

  test('the stories of an event come newest first', async () => {
    const of = (id: string, published: string, eventId = 'urn:event') =>
      aStory({ id, leadArticleId: id, articleIds: [id], published, eventId });
    const stories = [of('urn:bridge', NOON), of('urn:copy', TWO), of('urn:ferry', ONE, 'urn:other')];
    await store.saveCuration(aCuration({ stories }));
    const ids = async (eventId: string, limit: number): Promise<string[]> =>
      (await store.storiesOfEvent(eventId, limit)).map(({ story }) => story.id);
    expect(await ids('urn:event', 10)).toEqual(['urn:copy', 'urn:bridge']);
    expect(await ids('urn:event', 1)).toEqual(['urn:copy']);
    expect(await ids('urn:none', 10)).toEqual([]);
  });

  describe('the entry of an event', () => {
    const version = (given: Partial<PublishedVersion> = {}): PublishedVersion => ({
      topicId: 'world',
      entryId: 'urn:event-in-world',
      subjectId: 'urn:bridge',
      leadArticleId: 'urn:bridge',
      published: NOON,
      updated: ONE,
      extent: 'full',
      words: null,
      characters: null,
      shown: ['urn:bridge', 'urn:ferry'].map((id) => ({ storyId: id, articleId: id })),
      ...given,
    });
    const place = (given: Partial<Parameters<Store['savePlaced']>[0]>): Promise<void> =>
      store.savePlaced({ opened: [], left: [], there: [], gone: [], tombstones: [], reopened: [], done: [], ...given });
    const inFeed = {
      topicId: 'world',
      entryId: 'urn:event-in-world',
      eventId: 'urn:bridge',
      leadArticleId: 'urn:bridge',
      published: NOON,
      updated: ONE,
      stands: 'feed',
      archive: null,
      takenBack: null,
      articleIds: ['urn:bridge', 'urn:ferry'],
    };
    beforeEach(async () => {
      for (const topicId of ['sport', 'world']) await store.startChain({ topicId, madeAs: 'events', anew: false });
      await place({
        opened: [
          version(),
          version({ topicId: 'sport', entryId: 'urn:event-in-sport', shown: version().shown.slice(0, 1) }),
          version({ topicId: 'sport', entryId: 'urn:bridge' }),
        ],
      });
    });

    test('is told by its id, and with it what it shows; a story’s entry is none', async () => {
      expect(await store.eventEntries({ entryId: 'urn:event-in-world' })).toEqual([inFeed]);
      for (const entryId of ['urn:bridge', 'urn:none']) expect(await store.eventEntries({ entryId })).toEqual([]);
    });

    test('is told by its event in every topic', async () => {
      const ids = (await store.eventEntries({ eventId: 'urn:bridge' })).map(({ entryId }) => entryId);
      expect(ids).toEqual(['urn:event-in-sport', 'urn:event-in-world']);
      expect(await store.eventEntries({ eventId: 'urn:ferry' })).toEqual([]);
    });

    test('is told as readers have seen it last: in the feed, else in its last archive, else as it was', async () => {
      const entryId = 'urn:event-in-world';
      const close = (page: number): Promise<void> =>
        store.closePage({ topicId: 'world', page, entries: [version()], leftOut: [] });
      await close(1);
      expect(await store.eventEntries({ entryId })).toEqual([{ ...inFeed, stands: 'archive', archive: 1 }]);
      const shown = [{ storyId: 'urn:copy', articleId: 'urn:copy' }];
      await place({ opened: [version({ updated: TWO, shown })] });
      expect(await store.eventEntries({ entryId })).toEqual([{ ...inFeed, updated: TWO, articleIds: ['urn:copy'] }]);
      await place({
        left: [{ topicId: 'world', entryId }],
        reopened: ['world'],
        tombstones: [{ topicId: 'world', entryId, at: TWO, reason: 'it is untrue' }],
      });
      await place({ left: [{ topicId: 'world', entryId }] });
      expect(await store.eventEntries({ entryId })).toMatchObject([
        { stands: 'nowhere', archive: null, takenBack: { at: TWO, reason: 'it is untrue' } },
      ]);
    });

    test('stands for all that it shows, and for all reports of its event that its topic has by now', async () => {
      const byId = (id: string): Promise<string[]> => found({ by: 'event-entry', id });
      expect(await byId('urn:event-in-world')).toEqual(['urn:ferry', 'urn:bridge']);
      const story = aStory({ id: 'urn:copy', articleIds: ['urn:copy'], eventId: 'urn:bridge' });
      await store.saveCuration(aCuration({ stories: [story] }));
      expect(await byId('urn:event-in-world')).toEqual(['urn:copy', 'urn:ferry', 'urn:bridge']);
      expect(await byId('urn:event-in-sport')).toEqual(['urn:bridge']);
      expect(await byId('urn:bridge')).toEqual([]);
    });
  });

  test('of an article it is told how its page was missed', async () => {
    const page = aMissedPage({ articleId: 'urn:bridge', retries: 2, nextAt: TWO });
    await store.saveRefresh(arrival([], { missed: [page] }));
    expect(await store.missedPages(['urn:bridge', 'urn:ferry'])).toEqual(new Map([['urn:bridge', page]]));
    expect(await store.missedPages([])).toEqual(new Map());
  });
}
