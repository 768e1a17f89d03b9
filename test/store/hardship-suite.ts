import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/store.ts';
import { anArticle, anEntry } from '../support/an-entry.ts';
import type { TestDatabase } from './databases.ts';
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
} from './records.ts';

/** Texts that have broken other stores. */
const NASTY: Readonly<Record<string, string>> = {
  quotes: `'"\`\\'' ; drop table articles; -- $1 ? :a @b`,
  'emoji and other planes': '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿 𝕿 𠜎 \u{10ffff}',
  'bidirectional marks': 'abc \u202e gnp.exe \u2066 عربى עברית',
  'combining marks': `Z${'\u0301'.repeat(300)}`,
  controls: '\u0001\u0002\t\n\r\u001f\u007f\u0085\u2028\u2029\ufeff\ufffd\uffff',
  'numbers and words of SQL': 'null',
  digits: '00123e7',
  blanks: '  \u00a0 ',
  empty: '',
};

export function hardshipSuite(database: TestDatabase): void {
  let store: Store;
  beforeEach(async () => {
    store = await database.emptyStore();
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  test.each(Object.entries(NASTY))('%s come back as they were, everywhere', async (_name, text) => {
    const article = anArticle({
      id: 'urn:a',
      entryId: text,
      title: text,
      contentHtml: text,
      categories: [text, text],
      publisher: { name: text, url: text },
    });
    const entry = aLedgerEntry({ entryId: text, digest: text, aliases: [{ kind: 'guid', value: text }] });
    const step = aStep({ reason: text });
    const missed = aMissedPage({ code: text, given: { ...aMissedPage().given!, entry: anEntry({ title: text }) } });
    await store.saveRefresh({
      state: aState({ etag: text, repairs: [text], unreadable: [text] }),
      ledger: [entry],
      articles: [article],
      trail: [step],
      missed: [missed],
      missedNoLonger: [],
      watch: null,
      askAgain: null,
    });
    await store.saveCuration(
      aCuration({
        stories: [aStory({ topics: [{ topicId: text, reason: text }] })],
        keys: [{ articleId: 'urn:a', keys: [text] }],
        facts: { [text]: text },
      }),
    );
    expect(await store.articles(['urn:a'])).toEqual([article]);
    expect((await store.sourceStates()).get('harbour')).toEqual(
      aState({ etag: text, repairs: [text], unreadable: [text] }),
    );
    expect(await store.pagesToAskAgain('harbour', NOON, 9)).toEqual([missed]);
    expect(await store.knownEntries('harbour', entry.aliases)).toEqual([{ ...entry, state: 'awaiting' }]);
    expect(await store.trailOf('urn:a')).toEqual([step]);
    expect(await store.newestStories(text, 1)).toHaveLength(1);
    expect([...(await store.reportsWithKeys([text])).keys()]).toEqual([text]);
    expect(await store.fact(text)).toBe(text);
  });

  test('U+0000 is taken out of what is saved and of what is asked for', async () => {
    const entry = aLedgerEntry({
      aliases: [
        { kind: 'guid', value: 'a\u0000b' },
        { kind: 'link', value: `${'x'.repeat(300)}\u0000` },
      ],
    });
    await store.saveRefresh(
      arrival([anArticle({ id: 'urn:a', title: '\u0000The\u0000 bridge' })], { ledger: [entry] }),
    );
    await store.saveCuration(aCuration({ stories: [aStory()], keys: [{ articleId: 'urn:a', keys: ['text:\u0000'] }] }));
    await store.saveFact('na\u0000me', 'val\u0000ue');
    expect((await store.articles(['urn:\u0000a'])).map(({ title }) => title)).toEqual(['The bridge']);
    for (const alias of entry.aliases) expect(await store.knownEntries('harbour', [alias])).toHaveLength(1);
    expect((await store.reportsWithKeys(['text:\u0000'])).get('text:\u0000')).toHaveLength(1);
    expect(await store.fact('name')).toBe('value');
    expect(await store.trailOf('urn:\u0000a')).toHaveLength(1);
    expect(await store.trailOf('\u0000')).toEqual([]);
  });

  test('half a character does no harm', async () => {
    await store.saveRefresh(arrival([anArticle({ id: 'urn:a', title: 'cut \ud83d', categories: ['\ude00 cut'] })]));
    const [article] = await store.articles(['urn:a']);
    expect(article!.title).toBe('cut \ufffd');
    expect(article!.categories).toEqual(['\ude00 cut']);
  });

  test('a body of a megabyte and a thousand categories come back as they were', async () => {
    const article = anArticle({
      id: 'urn:a',
      contentHtml: `<p>${'Ein langer Satz – mit ü und 😀. '.repeat(32_000)}</p>`,
      categories: Array.from({ length: 1000 }, (_, at) => `category ${at}`),
    });
    await store.saveRefresh(arrival([article]));
    expect(await store.articles(['urn:a'])).toEqual([article]);
  });

  test('a refresh that fails in the middle leaves nothing', async () => {
    await store.saveRefresh(arrival([anArticle({ id: 'urn:a', title: 'as it was' })]));
    const before = await everything(store);
    const articles = someArticles(40, { sourceId: 'harbour' });
    const broken = [...articles.slice(0, 39), { ...articles[39]!, contentHtml: null as never }];
    const late = [...articles.map(({ id }) => aStep({ articleId: id })), aStep({ articleId: 'urn:never-seen' })];
    const state = aState({ failures: 7 });
    await expect(store.saveRefresh(arrival(broken, { state }))).rejects.toThrow(/null/i);
    await expect(store.saveRefresh(arrival(articles, { state, trail: late }))).rejects.toThrow('urn:never-seen');
    await expect(store.saveRefresh(arrival(articles, { state, trail: [] }))).rejects.toThrow('no entry');
    expect(await everything(store)).toEqual(before);
    await store.saveRefresh(arrival(articles));
    expect(await store.awaitingArticles()).toHaveLength(41);
  });

  test('a curation that fails in the middle leaves nothing', async () => {
    const articles = someArticles(3);
    await store.saveRefresh(arrival(articles));
    const ids = articles.map(({ id }) => id);
    await store.saveCuration(aCuration({ stories: [aStory({ id: ids[0]!, articleIds: [ids[0]!, ids[1]!] })] }));
    const before = await everything(store);
    const broken = aCuration({
      stories: [aStory({ id: ids[2]! }), aStory({ id: ids[1]!, articleIds: ids, score: null as never })],
      dissolved: [ids[0]!],
      trail: ids.map((articleId) => aStep({ articleId, state: 'published', at: ONE })),
      facts: { 'curated-with': 'rules' },
    });
    await expect(store.saveCuration(broken)).rejects.toThrow(/null/i);
    expect(await everything(store)).toEqual(before);
  });

  test('many refreshes at once are saved as if one came after another', async () => {
    const sources = Array.from({ length: 20 }, (_, at) => `source-${at}`);
    await Promise.all(sources.map((sourceId) => store.saveRefresh(arrival(someArticles(5, { sourceId })))));
    expect((await store.sourceStates()).size).toBe(20);
    expect((await store.entryCounts()).map(({ count }) => count)).toEqual(sources.map(() => 5));
  });

  test('the same refresh twice at once is there once', async () => {
    const refresh = arrival(someArticles(5));
    await Promise.all([store.saveRefresh(refresh), store.saveRefresh(refresh)]);
    expect(await store.awaitingArticles()).toHaveLength(5);
    expect(
      await store.knownEntries(
        'harbour',
        refresh.ledger.flatMap(({ aliases }) => aliases),
      ),
    ).toHaveLength(5);
  });

  test('steps of the same entries taken at once leave the ledger where the trail ends', async () => {
    const articles = someArticles(12);
    await store.saveRefresh(arrival(articles));
    const ids = articles.map(({ id }) => id);
    const states = ['published', 'merged', 'held', 'dropped', 'expired', 'retracted'] as const;
    await Promise.all(
      states.map((state, turn) => {
        const order = turn % 2 === 0 ? ids : ids.toReversed();
        return store.saveCuration(aCuration({ trail: order.map((articleId) => aStep({ articleId, state })) }));
      }),
    );
    for (const { articleId, state } of await store.standings(null))
      expect((await store.trailOf(articleId)).at(-1)?.state).toBe(state);
  });

  test('a closed store may be closed again', async () => {
    const other = await database.emptyStore();
    await other[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
    await expect(other.sourceStates()).rejects.toThrow('destroyed');
  });
}

async function everything(store: Store): Promise<unknown> {
  return [
    await store.sourceStates(),
    await store.standings(null),
    await store.awaitingArticles(),
    await store.storiesSince('0000-01-01T00:00:00Z'),
    await store.fact('curated-with'),
  ];
}
