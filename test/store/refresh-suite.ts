import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Article } from '../../src/model/article.ts';
import type { Alias } from '../../src/model/ledger.ts';
import type { MissedPage } from '../../src/model/missed-page.ts';
import type { PageShape, SourceWatch } from '../../src/model/source-watch.ts';
import type { Store } from '../../src/store/store.ts';
import { anArticle } from '../support/an-entry.ts';
import type { TestDatabase } from './databases.ts';
import { aLedgerEntry, aMissedPage, arrival, aState, aStep, NOON, ONE, someArticles, TWO } from './records.ts';

/** An article in which everything that may be there is there. */
const FULL: Article = {
  id: 'urn:uuid:00000000-0000-8000-8000-00000000000f',
  sourceId: 'harbour',
  entryId: 'tag:harbour.example,2026:7',
  link: 'https://harbour.example/7?a=1&b=2',
  sourceLink: { url: 'https://wire.example/7', name: 'The Wire', foundBy: 'visible-link' },
  publisher: { name: 'Harbour News', url: 'https://harbour.example/' },
  title: 'Ferry <stuck> & “freed” — 3 hours',
  authors: [{ name: 'Asha Rao', email: 'asha@harbour.example', url: null }],
  categories: ['World', 'Sea & ships'],
  section: 'Front page',
  published: '2026-11-20T08:00:00Z',
  updated: '2026-11-21T08:00:00Z',
  firstSeenAt: '2026-11-20T08:15:00Z',
  language: 'en-IN',
  image: {
    url: 'https://harbour.example/7.jpg',
    width: 1200,
    height: 800,
    type: 'image/jpeg',
    alt: 'A ferry',
    caption: 'The ferry on Monday',
    credit: 'Lena Ode',
    licence: 'https://creativecommons.org/licenses/by/4.0/',
  },
  enclosures: [
    {
      url: 'https://harbour.example/7.mp3',
      type: 'audio/mpeg',
      lengthBytes: 12_345_678_901,
      title: null,
      durationSeconds: 61.5,
    },
  ],
  episode: {
    season: 2,
    number: 7,
    kind: 'bonus',
    explicit: true,
    imageUrl: 'https://harbour.example/7-square.jpg',
  },
  rights: { text: '© Harbour News', licence: 'https://creativecommons.org/licenses/by/4.0/', declared: [] },
  summary: 'The ferry was stuck.',
  contentHtml: '<p>The ferry was <em>stuck</em>.</p>',
  contentFrom: 'page',
  contentReason: 'the page has more of it than the feed',
  wordCount: 4,
  corrections: [{ at: '2026-11-21T08:00:00Z', kind: 'correction', note: 'It was three hours, not two.' }],
};

const guid = (value: string): Alias => ({ kind: 'guid', value });
const link = (value: string): Alias => ({ kind: 'link', value });

export function refreshSuite(database: TestDatabase): void {
  let store: Store;
  beforeEach(async () => {
    store = await database.emptyStore();
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  describe('sources', () => {
    test('a new store knows no source', async () => {
      expect(await store.sourceStates()).toEqual(new Map());
    });

    test('what was learnt of a source comes back as it was', async () => {
      const state = aState({
        etag: '"a;b"',
        lastModified: 'Tue, 24 Nov 2026 12:00:00 GMT',
        bodyDigest: 'f'.repeat(64),
        checkedAt: NOON,
        nextCheckAt: ONE,
        nextCheckWhy: 'it has brought nothing for 4 days',
        schedule: '0 6 * * 1',
        rhythm: { pauseSeconds: 7200, newestAt: NOON, ttlMinutes: 60 },
        retryAfterUntil: TWO,
        failures: 3,
        lastFailure: { code: 'fetch-timed-out', message: 'the server did not answer in time', at: NOON },
        feedTitle: 'Harbour News',
        feedId: 'tag:harbour.example,2026:feed',
        feedLink: 'https://harbour.example/',
        feedUpdated: NOON,
        feedRights: '© Harbour News',
        feedLanguage: 'en',
        skipHours: [0, 23],
        skipDays: [6, 0],
        repairs: ['a bare & was read as &amp;', 'two'],
        unreadable: ['entry 3: it holds nothing'],
      });
      await store.saveSourceState(state);
      await store.saveSourceState(aState({ sourceId: 'wire' }));
      expect(await store.sourceStates()).toEqual(
        new Map([
          ['harbour', state],
          ['wire', aState({ sourceId: 'wire' })],
        ]),
      );
    });

    test('a later state takes the place of the earlier one, also where something is absent now', async () => {
      await store.saveSourceState(aState({ etag: '"1"', failures: 2, checkedAt: NOON }));
      await store.saveSourceState(aState({ checkedAt: ONE }));
      expect(await store.sourceStates()).toEqual(new Map([['harbour', aState({ checkedAt: ONE })]]));
    });
  });

  describe('articles', () => {
    test('an article comes back as it was, and so does one in which all is absent that may be', async () => {
      const bare = anArticle({ id: 'urn:b', entryId: 'b', link: null, language: null, title: 'B' });
      await store.saveRefresh(arrival([FULL, bare]));
      const saved = await store.articles([FULL.id, 'urn:unknown', bare.id]);
      expect(saved.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([bare, FULL]);
      expect(JSON.stringify(saved.find(({ id }) => id === FULL.id))).toBe(JSON.stringify(FULL));
      expect(await store.articles([])).toEqual([]);
    });

    test('a changed article takes the place of the old one, whole', async () => {
      await store.saveRefresh(arrival([FULL]));
      const changed = anArticle({ id: FULL.id, entryId: FULL.entryId, title: 'Ferry freed', updated: TWO });
      await store.saveRefresh({
        ...arrival([changed]),
        trail: [aStep({ articleId: FULL.id, at: ONE, reason: 'its publisher changed it' })],
      });
      expect(await store.articles([FULL.id])).toEqual([changed]);
    });

    test('an article twice in one refresh is the later one', async () => {
      const twice = [anArticle({ id: 'urn:a', title: 'first' }), anArticle({ id: 'urn:a', title: 'second' })];
      await store.saveRefresh(arrival(twice));
      expect((await store.articles(['urn:a'])).map(({ title }) => title)).toEqual(['second']);
    });

    test('two thousand articles are saved, known and asked for at once', async () => {
      const many = someArticles(2000);
      await store.saveRefresh(arrival(many));
      const ids = many.map(({ id }) => id);
      expect((await store.articles(ids)).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
      const known = await store.knownEntries(
        'harbour',
        many.map(({ entryId }) => guid(entryId)),
      );
      expect(known).toHaveLength(2000);
      expect(await store.awaitingArticles()).toHaveLength(2000);
    });
  });

  describe('pages that were not had', () => {
    const page = (name: string, given: Partial<MissedPage> = {}): MissedPage =>
      aMissedPage({ articleId: `urn:${name}`, ...given });
    const missing = async (...pages: readonly MissedPage[]): Promise<void> => {
      const articles = pages.map(({ articleId, sourceId }) =>
        anArticle({ id: articleId, sourceId, entryId: articleId.slice('urn:'.length) }),
      );
      await store.saveRefresh({ ...arrival(articles), missed: pages });
    };

    test('come back as they were when their time has come, those that wait longest first', async () => {
      await missing(page('a', { nextAt: ONE }), page('b'), page('c', { nextAt: TWO }), page('d', { sourceId: 'wire' }));
      expect(await store.pagesToAskAgain('harbour', NOON, 9)).toEqual([page('b')]);
      expect(await store.pagesToAskAgain('harbour', ONE, 9)).toEqual([page('b'), page('a', { nextAt: ONE })]);
      expect(await store.pagesToAskAgain('harbour', ONE, 1)).toEqual([page('b')]);
    });

    test('are counted by source and reason, also those that are not asked for again', async () => {
      const never = { nextAt: null, given: null };
      await missing(page('a'), page('b', never), page('c', { ...never, code: 'fetch-robots' }));
      expect(await store.missedPageCounts()).toEqual([
        { sourceId: 'harbour', code: 'fetch-robots', count: 1, again: 0 },
        { sourceId: 'harbour', code: 'fetch-timed-out', count: 2, again: 1 },
      ]);
      expect(await store.pagesToAskAgain('harbour', TWO, 9)).toEqual([page('a')]);
    });

    test('are forgotten when they are had, and remembered anew when they fail again', async () => {
      await missing(page('a'), page('b'));
      const later = page('b', { code: 'fetch-server-error', retries: 1, nextAt: TWO });
      await store.saveRefresh({ ...arrival([]), missed: [later], missedNoLonger: ['urn:a'] });
      expect(await store.pagesToAskAgain('harbour', TWO, 9)).toEqual([later]);
      expect(await store.missedPageCounts()).toEqual([
        { sourceId: 'harbour', code: 'fetch-server-error', count: 1, again: 1 },
      ]);
    });
  });

  describe('how the articles of a source look', () => {
    const shape = (given: Partial<PageShape> = {}): PageShape => ({
      article: 'b7',
      address: 'a1',
      text: 'b2',
      lines: ['c3', 'd4'],
      missed: false,
      wall: null,
      words: 500,
      paragraphs: 12,
      hasImage: true,
      agreement: 80,
      shared: 3,
      repeated: 0,
      refrain: 2,
      steps: false,
      language: 'en',
      ...given,
    });
    const nothing = shape({
      text: null,
      lines: [],
      missed: true,
      wall: 'the page asks for a login',
      words: 0,
      paragraphs: 0,
      hasImage: false,
      agreement: null,
      steps: true,
      language: null,
    });
    const watch: SourceWatch = {
      selectors: 'article\n.ad',
      shapes: [shape(), shape({ address: 'e5' })],
      latest: [
        {
          shape: nothing,
          signs: [{ kind: 'nothing', strong: true, says: 'the page holds no text' }],
          madeFrom: { articleId: 'urn:a', given: aMissedPage().given!, previous: anArticle({ id: 'urn:a' }) },
        },
        { shape: shape({ address: 'f6' }), signs: [] },
      ],
      drift: { since: NOON, reason: 'the page holds no text' },
    };

    test('comes back as it was, and a later one takes its place', async () => {
      expect(await store.sourceWatch('harbour')).toBeNull();
      await store.saveRefresh(arrival([], { watch }));
      expect(await store.sourceWatch('harbour')).toEqual(watch);
      expect(await store.drifts()).toEqual(new Map([['harbour', watch.drift]]));
      await store.saveRefresh(arrival([]));
      expect(await store.sourceWatch('harbour')).toEqual(watch);
      const later = { ...watch, latest: [], drift: null };
      await store.saveRefresh(arrival([], { watch: later }));
      expect(await store.sourceWatch('harbour')).toEqual(later);
      expect(await store.drifts()).toEqual(new Map());
    });

    test('a source’s pages that wait for the end of its drift are due from then on, and no others', async () => {
      const articles = ['a', 'b', 'c'].map((name) => anArticle({ id: `urn:${name}`, entryId: name }));
      const waits = aMissedPage({ articleId: 'urn:a', code: 'page-unlike', nextAt: null });
      const others = [
        aMissedPage({ articleId: 'urn:b', code: 'page-unlike', nextAt: null, given: null }),
        aMissedPage({ articleId: 'urn:c', nextAt: TWO }),
      ];
      await store.saveRefresh(arrival(articles, { missed: [waits, ...others] }));
      expect(await store.pagesToAskAgain('harbour', ONE, 9)).toEqual([]);
      await store.saveRefresh(arrival([], { askAgain: { code: 'page-unlike', from: ONE } }));
      expect(await store.pagesToAskAgain('harbour', ONE, 9)).toEqual([{ ...waits, nextAt: ONE }]);
    });
  });

  describe('the ledger', () => {
    test('a known entry is found by any of its marks, in its own source alone', async () => {
      const entry = aLedgerEntry({
        aliases: [guid('7'), link('harbour.example/7'), { kind: 'title', value: 'ferry' }],
      });
      await store.saveRefresh(arrival([anArticle({ id: 'urn:a' })], { ledger: [entry] }));
      const expected = { ...entry, aliases: expect.arrayContaining([...entry.aliases]), state: 'awaiting' };
      for (const alias of entry.aliases) {
        const known = await store.knownEntries('harbour', [alias, guid('other')]);
        expect(known).toEqual([expected]);
        expect(known[0]!.aliases).toHaveLength(3);
      }
      expect(await store.knownEntries('wire', entry.aliases)).toEqual([]);
      expect(await store.knownEntries('harbour', [link('7'), guid('ferry')])).toEqual([]);
      expect(await store.knownEntries('harbour', [])).toEqual([]);
    });

    test('marks are compared character by character', async () => {
      await store.saveRefresh(
        arrival([anArticle({ id: 'urn:a' })], { ledger: [aLedgerEntry({ aliases: [guid('Straße')] })] }),
      );
      for (const near of ['straße', 'Strasse', 'STRASSE', 'Straße ', ' Straße', 'Stra\u00dfe\u0301'])
        expect(await store.knownEntries('harbour', [guid(near)])).toEqual([]);
      expect(await store.knownEntries('harbour', [guid('Straße')])).toHaveLength(1);
    });

    test('marks of any length keep their whole value', async () => {
      const long = `https://harbour.example/?q=${'é'.repeat(5000)}`;
      const almost = `${long.slice(0, -1)}e`;
      await store.saveRefresh(
        arrival([anArticle({ id: 'urn:a' })], { ledger: [aLedgerEntry({ aliases: [link(long)] })] }),
      );
      expect((await store.knownEntries('harbour', [link(long)]))[0]?.aliases).toEqual([link(long)]);
      expect(await store.knownEntries('harbour', [link(almost)])).toEqual([]);
      expect(await store.knownEntries('harbour', [guid(long)])).toEqual([]);
    });

    test('marks are added and never taken away, and belong to the entry that had them first', async () => {
      await store.saveRefresh(arrival([anArticle({ id: 'urn:a' }), anArticle({ id: 'urn:b', entryId: 'b' })]));
      await store.saveRefresh(
        arrival([], {
          ledger: [
            aLedgerEntry({ digest: 'digest-2', aliases: [link('harbour.example/a')] }),
            aLedgerEntry({ articleId: 'urn:b', entryId: 'b', aliases: [guid('a'), link('harbour.example/b')] }),
          ],
        }),
      );
      const [a] = await store.knownEntries('harbour', [guid('a')]);
      expect(a).toMatchObject({ articleId: 'urn:a', digest: 'digest-2', state: 'awaiting' });
      expect(a!.aliases).toEqual(expect.arrayContaining([guid('a'), link('harbour.example/a')]));
      const [b] = await store.knownEntries('harbour', [link('harbour.example/b')]);
      expect(b!.aliases.toSorted((x, y) => (x.kind < y.kind ? -1 : 1))).toEqual([guid('b'), link('harbour.example/b')]);
    });

    test('what was minted once never changes', async () => {
      await store.saveRefresh(arrival([anArticle({ id: 'urn:a', firstSeenAt: NOON })]));
      const again = aLedgerEntry({ entryId: 'other', firstSeenAt: TWO, digest: 'digest-2' });
      await store.saveRefresh(arrival([], { ledger: [again], trail: [aStep({ at: TWO })] }));
      const [known] = await store.knownEntries('harbour', [guid('a')]);
      expect(known).toMatchObject({ entryId: 'a', firstSeenAt: NOON, digest: 'digest-2' });
    });

    test('an entry stands where the last of its steps says', async () => {
      await store.saveRefresh(
        arrival([anArticle({ id: 'urn:a' })], {
          trail: [aStep(), aStep({ at: ONE, state: 'failed', reason: 'its page answered 404' })],
        }),
      );
      expect((await store.knownEntries('harbour', [guid('a')]))[0]?.state).toBe('failed');
      await store.saveRefresh(arrival([], { trail: [aStep({ at: TWO, reason: 'its publisher changed it' })] }));
      expect((await store.knownEntries('harbour', [guid('a')]))[0]?.state).toBe('awaiting');
      expect((await store.trailOf('urn:a')).map(({ state }) => state)).toEqual(['awaiting', 'failed', 'awaiting']);
    });

    test('an entry keeps the name by which people knew it', async () => {
      await store.saveRefresh(arrival([anArticle({ id: 'urn:a', title: 'Old name' })]));
      await store.saveRefresh(arrival([], { ledger: [aLedgerEntry()], trail: [aStep({ at: ONE, state: 'failed' })] }));
      expect((await store.standings(null))[0]).toMatchObject({ title: 'Old name', state: 'failed' });
      await store.saveRefresh(arrival([], { articles: [anArticle({ id: 'urn:a', title: 'New name', link: null })] }));
      expect((await store.standings(null))[0]).toMatchObject({ title: 'New name', link: null, state: 'failed' });
    });

    test('where a redirector leads is remembered, the last answer of it', async () => {
      const url = 'https://short.example/7';
      expect(await store.redirectTarget(url)).toBeNull();
      await store.saveRedirectTarget({ url, target: 'https://wire.example/7', at: NOON });
      await store.saveRedirectTarget({ url, target: 'https://wire.example/8', at: ONE });
      expect(await store.redirectTarget(url)).toBe('https://wire.example/8');
      const endless = `https://short.example/${'x'.repeat(20_000)}`;
      await store.saveRedirectTarget({ url: endless, target: 'https://wire.example/7', at: NOON });
      expect(await store.redirectTarget(endless)).toBeNull();
    });

    test('and is forgotten after half a year', async () => {
      const url = 'https://short.example/a';
      await store.saveRedirectTarget({ url, target: 'https://wire.example/7', at: '2026-01-01T00:00:00Z' });
      const later = { url: 'https://short.example/b', target: 'https://wire.example/8' };
      await store.saveRedirectTarget({ ...later, at: '2026-06-01T00:00:00Z' });
      expect(await store.redirectTarget(url)).toBe('https://wire.example/7');
      await store.saveRedirectTarget({ ...later, at: '2026-07-02T00:00:00Z' });
      expect(await store.redirectTarget(url)).toBeNull();
      expect(await store.redirectTarget(later.url)).toBe('https://wire.example/8');
    });
  });
}
