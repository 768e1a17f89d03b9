import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PresentVersion, PublishedEntry, PublishedVersion } from '../../src/model/published-entry.ts';
import type { PlacedEntries } from '../../src/store/archive-store.ts';
import type { KeptAnswer } from '../../src/store/history-store.ts';
import type { Store } from '../../src/store/store.ts';
import { anArticle } from '../support/an-entry.ts';
import type { TestDatabase } from './databases.ts';
import { aCuration, arrival, aStep, aStory, NOON, ONE, TWO } from './records.ts';

const LETTERS = ['a', 'b', 'c', 'd', 'e'];
const dateOf = (letter: string): string => `2026-11-2${LETTERS.indexOf(letter)}T08:00:00Z`;
const version = (letter: string, given: Partial<PublishedVersion> = {}): PublishedVersion => ({
  topicId: 'world',
  entryId: `urn:${letter}`,
  subjectId: `urn:${letter}`,
  leadArticleId: `urn:${letter}`,
  published: dateOf(letter),
  updated: dateOf(letter),
  extent: 'full',
  words: null,
  characters: null,
  shown: [{ storyId: `urn:${letter}`, articleId: `urn:${letter}` }],
  ...given,
});
const placed = (given: Partial<PlacedEntries>): PlacedEntries => ({
  opened: [],
  left: [],
  there: [],
  gone: [],
  tombstones: [],
  reopened: [],
  done: [],
  ...given,
});
const open = (letters: string, given: Partial<PublishedVersion> = {}): PlacedEntries =>
  placed({ opened: letters.split('').map((letter) => version(letter, given)) });
const named = (entries: readonly PublishedEntry[]): string =>
  entries.map(({ entryId, page }) => `${entryId.slice(-1)}${page ?? ''}`).join(' ');

export function archiveSuite(database: TestDatabase): void {
  let store: Store;
  beforeEach(async () => {
    store = await database.emptyStore();
    const articles = LETTERS.map((letter) =>
      anArticle({ id: `urn:${letter}`, entryId: letter, link: `https://harbour.example/${letter}` }),
    );
    await store.saveRefresh(arrival(articles));
    await store.startChain({ topicId: 'world', madeAs: 'stories', anew: false });
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });
  const close = (page: number, letters: string, leftOut: readonly string[] = []): Promise<void> =>
    store.closePage({ topicId: 'world', page, entries: letters.split('').map((letter) => version(letter)), leftOut });
  const changes = async (): Promise<string> =>
    (await store.storyChanges(100)).storyIds.map((id) => id.slice(-1)).join('');
  const step = (letter: string, state: 'retracted' | 'refused' | 'dropped' | 'published', reason: string) =>
    aStep({ articleId: `urn:${letter}`, at: TWO, state, reason });

  test('what is in no archive comes oldest first, with all that it shows', async () => {
    await store.savePlaced(open('cab'));
    await store.savePlaced(open('d', { topicId: 'sport' }));
    expect(named(await store.openEntries('world', 10))).toBe('a b c');
    expect(named(await store.openEntries('world', 2))).toBe('a b');
    expect(await store.openEntries('world', 1)).toEqual([
      { ...version('a'), page: null, isFormer: false, turn: 0, takenBack: [] },
    ]);
    expect([await store.openEntries('world', 0), await store.openEntries('none', 5)]).toEqual([[], []]);
  });

  test('what came into the subscription document first comes first; in another version it comes anew', async () => {
    await store.saveCuration(aCuration({ stories: [aStory({ id: 'urn:d' })] }));
    const first = (await store.storyChanges(9)).numbers;
    await store.savePlaced({ ...open('cd'), done: first });
    await store.saveCuration(aCuration({ stories: [aStory()] }));
    await store.savePlaced({ ...open('abc'), done: (await store.storyChanges(9)).numbers });
    expect(named(await store.openEntries('world', 10))).toBe('c d a b');
    await store.saveCuration(aCuration({ stories: [aStory()] }));
    await store.savePlaced({ ...open('c', { updated: ONE }), done: (await store.storyChanges(9)).numbers });
    expect(named(await store.openEntries('world', 10))).toBe('d a b c');
  });

  test('a topic that is renamed takes with it what was published of it, unless the new name has its own', async () => {
    await store.savePlaced(
      placed({
        opened: [version('a'), version('b')],
        tombstones: [{ topicId: 'world', entryId: 'urn:x', at: NOON, reason: 'asked for' }],
      }),
    );
    await close(1, 'a');
    await store.renameTopic('world', 'abroad');
    expect(named(await store.openEntries('abroad', 10))).toBe('b');
    expect(named(await store.archivedIn('abroad', 1))).toBe('a1');
    expect((await store.tombstones('abroad', 9)).map(({ entryId }) => entryId)).toEqual(['urn:x']);
    expect((await store.archiveChains()).get('abroad')).toEqual({ first: 1, next: 2, madeAs: 'stories' });
    expect(await store.openEntries('world', 10)).toEqual([]);
    await store.startChain({ topicId: 'world', madeAs: 'stories', anew: false });
    await store.renameTopic('world', 'abroad');
    expect([...(await store.archiveChains()).keys()]).toEqual(['abroad', 'world']);
  });

  test('a page that is closed holds its entries, and the next one has the next number', async () => {
    await store.savePlaced(open('abcd'));
    await close(1, 'ab', ['urn:c']);
    expect(named(await store.openEntries('world', 10))).toBe('d');
    expect(named(await store.archivedIn('world', 1))).toBe('a1 b1');
    expect((await store.archiveChains()).get('world')).toEqual({ first: 1, next: 2, madeAs: 'stories' });
    await expect(close(1, 'd')).rejects.toThrow('the next archive of world is not number 1');
    expect(named(await store.openEntries('world', 10))).toBe('d');
    await close(2, 'd');
    expect(named(await store.archivedEntries(null, 10))).toBe('a1 b1 d2');
    const [first] = await store.archivedEntries(null, 1);
    expect(named(await store.archivedEntries(first!, 10))).toBe('b1 d2');
  });

  test('an entry that is changed is in no archive again, and its former version stays in its page', async () => {
    await store.savePlaced(open('ab'));
    await close(1, 'ab');
    await store.savePlaced(open('a', { updated: ONE }));
    expect(named(await store.publishedOf(['urn:a']))).toBe('a a1');
    await store.savePlaced(open('a', { updated: TWO }));
    expect((await store.openEntries('world', 10)).map(({ updated }) => updated)).toEqual([TWO]);
    expect(named(await store.publishedAs('world', ['urn:a', 'urn:b']))).toBe('a a1 b1');
    expect([await store.publishedOf([]), await store.publishedAs('world', [])]).toEqual([[], []]);
  });

  test('what has left its topic is in no document, and is remembered until it comes back', async () => {
    await store.savePlaced(open('ab'));
    await store.savePlaced(placed({ left: [{ topicId: 'world', entryId: 'urn:a' }] }));
    expect(named(await store.openEntries('world', 10))).toBe('b');
    expect((await store.publishedOf(['urn:a'])).map(({ isFormer }) => isFormer)).toEqual([true]);
    await store.savePlaced(open('a'));
    expect((await store.publishedOf(['urn:a'])).map(({ isFormer }) => isFormer)).toEqual([false]);
    expect(named(await store.openEntries('world', 10))).toBe('a b');
  });

  test('a chain that is opened again gives back the newest versions, and goes on with new numbers', async () => {
    await store.savePlaced(open('abc'));
    await close(1, 'ab');
    await store.savePlaced(open('a', { updated: ONE }));
    await store.closePage({ topicId: 'world', page: 2, entries: [version('a', { updated: ONE })], leftOut: [] });
    await store.savePlaced(open('b', { updated: ONE }));
    const { numbers } = await store.storyChanges(100);
    await store.savePlaced(placed({ done: numbers, reopened: ['world'] }));
    expect(await store.archivedEntries(null, 10)).toEqual([]);
    const entries = await store.openEntries('world', 10);
    expect(entries.map(({ entryId, updated }) => [entryId, updated])).toEqual([
      ['urn:a', ONE],
      ['urn:b', ONE],
      ['urn:c', dateOf('c')],
    ]);
    expect((await store.archiveChains()).get('world')).toEqual({ first: 3, next: 3, madeAs: 'stories' });
    expect(await changes()).toBe('abc');
    await close(3, 'a');
    expect(named(await store.archivedIn('world', 3))).toBe('a3');
  });

  test('of what was taken back the entries tell since when, and why', async () => {
    await store.savePlaced(open('abcd'));
    await store.saveVerdicts([
      { articleId: 'urn:a', verdict: 'retracted', at: ONE, note: null },
      { articleId: 'urn:c', verdict: 'rejected', at: ONE, note: null },
    ]);
    const trail = [
      step('a', 'retracted', 'the operator has retracted it'),
      step('b', 'refused', 'opted out'),
      step('c', 'dropped', 'the operator has rejected it'),
      step('d', 'dropped', 'a filter drops it'),
    ];
    await store.saveCuration(aCuration({ trail }));
    const back = (await store.openEntries('world', 10)).map(({ takenBack }) => takenBack);
    expect(back).toEqual([
      [{ articleId: 'urn:a', at: TWO, reason: 'the operator has retracted it' }],
      [{ articleId: 'urn:b', at: TWO, reason: 'opted out' }],
      [{ articleId: 'urn:c', at: TWO, reason: 'the operator has rejected it' }],
      [],
    ]);
    // Their stories are to be looked at, though none was saved.
    expect((await changes()).split('').toSorted().join('')).toBe('abcd');
  });

  test('every story that is saved, moved or dissolved is looked at once; what comes in between comes again', async () => {
    expect(await changes()).toBe('');
    await store.saveCuration(aCuration({ stories: [aStory(), aStory({ id: 'urn:b' })] }));
    await store.moveStories([{ storyId: 'urn:b', eventId: 'urn:a' }], {});
    const { numbers, storyIds } = await store.storyChanges(100);
    expect([storyIds, numbers.length]).toEqual([['urn:a', 'urn:b'], 3]);
    await store.saveCuration(aCuration({ dissolved: ['urn:a'] }));
    await store.savePlaced(placed({ done: numbers }));
    expect(await changes()).toBe('a');
    expect((await store.storyChanges(0)).storyIds).toEqual([]);
  });

  test('a topic that goes on by other rules looks at all its stories; anew, it has none of its entries', async () => {
    await store.saveCuration(aCuration({ stories: [aStory(), aStory({ id: 'urn:b' })] }));
    await store.savePlaced({ ...open('abc'), done: (await store.storyChanges(9)).numbers });
    await close(1, 'a');
    await store.startChain({ topicId: 'world', madeAs: 'others', anew: false });
    expect([await changes(), named(await store.archivedIn('world', 1))]).toEqual(['ab', 'a1']);
    await store.startChain({ topicId: 'world', madeAs: 'events', anew: true });
    expect((await store.archiveChains()).get('world')).toEqual({ first: 2, next: 2, madeAs: 'events' });
    expect([await store.openEntries('world', 9), await store.archivedEntries(null, 9)]).toEqual([[], []]);
    expect((await store.publishedAs('world', ['urn:a', 'urn:c'])).map(({ isFormer }) => isFormer)).toEqual([
      true,
      true,
    ]);
  });

  test('tombstones come newest first, stay as of when they were told first, and go when their entry comes back', async () => {
    const tombstone = (letter: string, at: string) => ({ topicId: 'world', entryId: `urn:${letter}`, at, reason: 'x' });
    await store.savePlaced(placed({ tombstones: [tombstone('b', ONE), tombstone('a', TWO), tombstone('c', ONE)] }));
    expect((await store.tombstones('world', 9)).map(({ entryId }) => entryId)).toEqual(['urn:a', 'urn:b', 'urn:c']);
    expect(await store.tombstones('world', 1)).toEqual([tombstone('a', TWO)]);
    await store.savePlaced(placed({ ...open('b'), tombstones: [tombstone('c', TWO)] }));
    expect(await store.tombstones('world', 9)).toEqual([tombstone('a', TWO), tombstone('c', ONE)]);
    expect([await store.tombstones('world', 0), await store.tombstones('sport', 9)]).toEqual([[], []]);
  });

  test('an address whose file was removed is gone, until there is one again', async () => {
    const record = { path: 'feeds/world/archive/1.atom', inputKey: 'closed', sha256: 'x' };
    expect(await store.fateOf(record.path)).toBeNull();
    await store.saveOutputs({ written: [record], removed: [] });
    await store.saveOutputs({ written: [], removed: [record.path] });
    expect(await store.fateOf(record.path)).toEqual({ kind: 'gone' });
    await store.saveOutputs({ written: [record], removed: [] });
    expect(await store.fateOf(record.path)).toBeNull();
  });

  test('the page of a story whose founder is told in another one has moved there', async () => {
    const former = aStory({ path: 'articles/2026/11/former.html', topics: [] });
    await store.saveCuration(aCuration({ stories: [former, aStory({ id: 'urn:b' })] }));
    await store.saveCuration(aCuration({ stories: [aStory({ id: 'urn:b', articleIds: ['urn:b', 'urn:a'] })] }));
    await store.saveOutputs({ written: [], removed: ['articles/2026/11/former.html', 'articles/2026/11/other.html'] });
    expect(await store.fateOf('articles/2026/11/former.html')).toEqual({
      kind: 'moved',
      to: aStory({ id: 'urn:b' }).path,
    });
    expect(await store.fateOf('articles/2026/11/other.html')).toEqual({ kind: 'gone' });
  });

  test('of what is retracted title, link and dates are kept, and nothing of its text', async () => {
    const before = (await store.articles(['urn:a']))[0]!;
    await store.saveCuration(
      aCuration({
        keys: [{ articleId: 'urn:a', keys: ['address:a'] }],
        stories: [aStory()],
        trail: [step('a', 'published', 'in world')],
      }),
    );
    const page = (url: string): KeptAnswer => {
      const response = { url, status: 200, headers: {}, body: Buffer.from('all of its text'), redirects: [] };
      return { kind: 'page', url, askedAs: '', at: NOON, outcome: { kind: 'answered', response } };
    };
    await store.history.keep([page(before.link!), page('https://another.example/')]);
    await store.saveCuration(aCuration({ dissolved: ['urn:a'], trail: [step('a', 'retracted', 'taken back')] }));
    expect(await store.history.latest(page(before.link!))).toBeNull();
    expect((await store.history.size()).answers).toBe(1);
    const [after] = await store.articles(['urn:a']);
    const { id, title, link, published, updated, firstSeenAt } = before;
    expect(after).toMatchObject({ id, title, link, published, updated, firstSeenAt, summary: '', contentHtml: '' });
    expect([after!.image, after!.authors, after!.enclosures, after!.wordCount]).toEqual([null, [], [], 0]);
    expect((await store.reportsWithKeys(['address:a'])).size).toBe(0);
  });

  test('what a source ever published is told, whatever became of it, but for what is retracted', async () => {
    const move = (letter: string, ...states: ('published' | 'dropped' | 'retracted')[]): Promise<void> =>
      store.saveSteps(states.map((state) => aStep({ articleId: `urn:${letter}`, at: NOON, state, reason: state })));
    await move('a', 'published');
    await move('b', 'published', 'dropped');
    await move('c', 'dropped');
    await move('d', 'published', 'retracted');
    const found = await store.letThroughEntries('harbour');
    expect(found.map(({ articleId, state }) => [articleId, state])).toEqual([
      ['urn:a', 'published'],
      ['urn:b', 'dropped'],
    ]);
    expect(await store.letThroughEntries('wire')).toEqual([]);
  });

  describe('what became of entries', () => {
    const present = (letter: string, given: Partial<PresentVersion> = {}): PresentVersion => ({
      ...version(letter, given),
      otherReports: given.otherReports ?? [],
    });
    const there = (letters: string, given: Partial<PresentVersion> = {}): PlacedEntries =>
      placed({ there: letters.split('').map((letter) => present(letter, given)) });
    const gone = (letters: string): PlacedEntries['gone'] =>
      letters.split('').map((letter) => ({ topicId: 'world', entryId: `urn:${letter}` }));
    const ALL_TURNS = { after: 0, upTo: 1000, began: 0 };
    const told = async (turns: Partial<typeof ALL_TURNS> = {}, limit = 100, topicId = 'world'): Promise<string> =>
      (await store.entriesSince(topicId, { ...ALL_TURNS, ...turns }, limit))
        .map(({ entryId, kind, turn }) => `${entryId.slice(-1)}${kind === 'there' ? '' : ` ${kind}`} ${turn}`)
        .join(', ');

    test('is told in the order in which it did, by topics, from behind a turn on', async () => {
      expect([await store.lastTurn(), await store.lastTurnOf('world', 9), await told()]).toEqual([0, 0, '']);
      await store.savePlaced(there('cab'));
      await store.savePlaced(there('a', { topicId: 'sport' }));
      await store.savePlaced(there('d'));
      expect(await told()).toBe('a 1, b 2, c 3, d 5');
      expect(await told({}, 100, 'sport')).toBe('a 4');
      expect([await told({ after: 2 }), await told({ upTo: 4 }), await told({}, 2), await told({}, 0)]).toEqual([
        'c 3, d 5',
        'a 1, b 2, c 3',
        'a 1, b 2',
        '',
      ]);
      expect([await store.lastTurn(), await store.lastTurnOf('world', 4), await store.lastTurnOf('world', 9)]).toEqual([
        5, 3, 5,
      ]);
      const [first] = await store.entriesSince('world', ALL_TURNS, 1);
      const { entryId, subjectId, leadArticleId, updated } = version('a');
      expect(first).toEqual({ entryId, subjectId, leadArticleId, updated, turn: 1, kind: 'there', at: null });
    });

    test('an entry has one turn, that of its last change; what is as it was has no new one', async () => {
      await store.savePlaced(there('abc'));
      await store.savePlaced(there('abc'));
      expect(await told()).toBe('a 1, b 2, c 3');
      await store.savePlaced(there('a', { updated: ONE }));
      await store.savePlaced(there('b', { extent: 'excerpt', words: 9 }));
      const otherReports = [{ title: 'Ferries', url: 'https://wire.example/1', publisher: 'Wire' }];
      await store.savePlaced(there('c', { otherReports }));
      await store.savePlaced(there('c', { otherReports }));
      expect(await told()).toBe('a 4, b 5, c 6');
    });

    test('what is gone is told once, and as retracted where it was taken back, also later', async () => {
      const tombstone = { topicId: 'world', entryId: 'urn:a', at: ONE, reason: 'x' };
      await store.savePlaced(there('ab'));
      await store.savePlaced(placed({ gone: gone('abe') }));
      expect(await told()).toBe('a left 3, b left 4');
      await store.savePlaced(placed({ gone: gone('ab'), tombstones: [tombstone] }));
      await store.savePlaced(placed({ gone: gone('ab') }));
      expect(await told()).toBe('b left 4, a retracted 5');
      expect((await store.entriesSince('world', { ...ALL_TURNS, after: 4 }, 1))[0]!.at).toBe(ONE);
      await store.savePlaced({ ...open('a'), there: [present('a')] });
      expect(await told()).toBe('b left 4, a 6');
    });

    test('who begins is not told of what was gone by then', async () => {
      await store.savePlaced(there('abc'));
      await store.savePlaced(placed({ gone: gone('a') }));
      await store.savePlaced(placed({ gone: gone('b') }));
      expect(await told({ began: 4 })).toBe('c 3, b left 5');
    });

    test('goes on under another name of the topic', async () => {
      await store.savePlaced(there('ab'));
      await store.renameTopic('world', 'globe');
      expect([await told(), await told({}, 9, 'globe')]).toEqual(['', 'a 1, b 2']);
    });

    test('of many at once has a turn each, whoever saves them at the same time', async () => {
      const many = (from: number): PlacedEntries =>
        placed({ there: Array.from({ length: 60 }, (_, at) => present('a', { entryId: `urn:${from + at}` })) });
      await Promise.all([store.savePlaced(many(0)), store.savePlaced(many(100)), store.savePlaced(many(200))]);
      const turns = (await store.entriesSince('world', ALL_TURNS, 1000)).map(({ turn }) => turn);
      expect(turns).toEqual(Array.from({ length: 180 }, (_, at) => at + 1));
    });

    test('stories can be looked at again though nothing has changed', async () => {
      await store.lookAgain(['urn:a', 'urn:b', 'urn:a']);
      await store.lookAgain([]);
      expect(await changes()).toBe('ab');
    });
  });
}
