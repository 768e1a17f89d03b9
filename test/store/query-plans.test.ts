import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CompiledQuery, SqliteQueryCompiler, type KyselyPlugin, type RootOperationNode } from 'kysely';
import { apartArticles, letThroughCount, publishedInTopic, publishedOfSources } from '../../src/store/judge.ts';
import {
  archivedEntries,
  openEntries,
  publishedAs,
  publishedOf,
  storiesShowing,
} from '../../src/store/published-entries.ts';
import { tombstones } from '../../src/store/archive-chains.ts';
import { entriesSince, lastTurnOf } from '../../src/store/entry-turns.ts';
import { eventEntries } from '../../src/store/event-entries.ts';
import { entriesAbout } from '../../src/store/find-entries.ts';
import { historyStore } from '../../src/store/history.ts';
import { imageStore } from '../../src/store/images.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Database, Session } from '../../src/store/session.ts';
import { kyselyStore } from '../../src/store/kysely-store.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { systemClock } from '../../src/support/clock.ts';
import { anArticle } from '../support/an-entry.ts';
import { arrival, aStep, NOON } from './records.ts';

// Questions that are asked of a large database again and again do not look through the whole of it. That they are slow
// would be seen by nobody's tests: so SQLite is asked how it would find what they ask for.

let database: Database;
beforeAll(async () => {
  database = await openSqlite(':memory:', { clock: systemClock() });
  await migrate(database);
  const store = kyselyStore(database);
  await store.saveRefresh(arrival([anArticle({ id: 'urn:a' })], { trail: [aStep({ state: 'dropped' })] }));
  await store.startChain({ topicId: 'world', madeAs: 'stories', anew: false });
});
afterAll(async () => database.db.destroy());

type QueryId = Parameters<KyselyPlugin['transformQuery']>[0]['queryId'];

/** How SQLite finds what each statement of some work asks for, a line for each step. */
async function plansOf(work: (session: Session) => Promise<unknown>): Promise<string[][]> {
  // Parts of statements are listened to as well: what is asked has a result.
  const heard = new Map<QueryId, RootOperationNode>();
  const asked: QueryId[] = [];
  const listening: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      heard.set(queryId, node);
      return node;
    },
    async transformResult({ result, queryId }) {
      asked.push(queryId);
      return result;
    },
  };
  await work({ db: database.db.withPlugin(listening), flavour: database.flavour });
  const plans: string[][] = [];
  for (const queryId of asked) {
    const { sql, parameters } = new SqliteQueryCompiler().compileQuery(heard.get(queryId)!, queryId);
    const explained = CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]);
    const { rows } = await database.db.executeQuery<{ readonly detail: string }>(explained);
    plans.push(rows.map(({ detail }) => detail));
  }
  return plans;
}

/** Steps that read the whole of a table, or put all that was found in order. */
const heavy = (plans: readonly string[][]): string[] =>
  plans.flat().filter((step) => /^SCAN (?!json_each|some\b)|TEMP B-TREE/.test(step));

test('what stands apart is found along the numbers of the ledger, and only those articles are read', async () => {
  const plans = await plansOf((session) => apartArticles(session, 0, 10));
  expect(heavy(plans)).toEqual([]);
  expect(plans[0]![0]).toBe('SEARCH ledger USING INTEGER PRIMARY KEY (rowid>?)');
  expect(plans[0]!.filter((step) => / articles /.test(step))).toEqual([]);
  expect(plans[1]).toContain('SEARCH articles USING INTEGER PRIMARY KEY (rowid=?)');
});

test('what was let through of a source is counted by an index, first what stands there now', async () => {
  const plans = await plansOf((session) => letThroughCount(session, 'harbour', 5));
  expect(heavy(plans)).toEqual([]);
  const byIndex = 'SEARCH ledger USING COVERING INDEX ledger_by_state (state=? AND source_id=?)';
  expect(plans[0]!.filter((step) => step.startsWith('SEARCH'))).toEqual([
    byIndex,
    byIndex,
    expect.stringContaining('trail_by_entry (entry=?)'),
  ]);
});

test('what was published is found by its date', async () => {
  const asked = new Map([
    ['harbour', NOON],
    ['wire', null],
  ]);
  const ofSources = await plansOf((session) => publishedOfSources(session, asked));
  expect(heavy(ofSources)).toEqual([]);
  expect(ofSources[0]![0]).toBe('SEARCH stories USING INDEX stories_newest_in_topics (published>?)');
  const [ofTopic] = await plansOf((session) => publishedInTopic(session, 'world', NOON));
  expect(ofTopic).toEqual([
    'SEARCH story_topics USING COVERING INDEX story_topics_newest (topic_id=? AND published>?)',
  ]);
});

test('entries are found by their ids and former links without looking through the ledger', async () => {
  const ofId = await plansOf((session) => entriesAbout(session, [{ by: 'upstream-id', id: 'x' }], 5));
  expect(ofId.map(([first]) => first)).toEqual([
    'SEARCH ledger USING COVERING INDEX ledger_by_entry_id (entry_id=?)',
    'SEARCH aliases USING INDEX aliases_by_mark (mark=?)',
  ]);
  const ofLink = await plansOf((session) => entriesAbout(session, [{ by: 'former-link', mark: 'x' }], 5));
  expect(ofLink.map(([first]) => first)).toEqual(['SEARCH aliases USING INDEX aliases_by_mark (mark=?)']);
});

test('the entry of an event is found without looking through what was published', async () => {
  for (const work of [
    (session: Session) => eventEntries(session, { entryId: 'urn:a' }),
    (session: Session) => eventEntries(session, { eventId: 'urn:a' }),
  ]) {
    const steps = (await plansOf(work)).flat().filter((step) => /published_entries|tombstones/.test(step));
    expect(steps).toEqual([
      expect.stringMatching(/^SEARCH published_entries/),
      expect.stringMatching(/^SEARCH tombstones/),
    ]);
  }
});

test('what is in no archive, and what is to be taken back, is found without looking through what was published', async () => {
  const firsts = async (work: (session: Session) => Promise<unknown>): Promise<string[]> =>
    (await plansOf(work)).flat().filter((step) => /published_entries|shown_articles|tombstones/.test(step));
  expect(await firsts((session) => openEntries(session, 'world', 10))).toEqual([
    'SEARCH published_entries USING INDEX published_entries_of_page (topic_id=? AND page=?)',
    expect.stringMatching(
      /^SEARCH shown_articles USING (?:PRIMARY KEY|INDEX).*\(topic_id=\? AND entry_id=\? AND page=\?\)/,
    ),
  ]);
  for (const work of [
    (session: Session) => publishedOf(session, ['urn:a']),
    (session: Session) => publishedAs(session, 'world', ['urn:a']),
    (session: Session) => storiesShowing(session, [1]),
    (session: Session) => tombstones(session, 'world', 5),
  ])
    expect((await firsts(work)).filter((step) => !step.startsWith('SEARCH'))).toEqual([]);
  const after = { topicId: 'world', entryId: 'urn:a', page: 1 };
  const [first] = await firsts((session) => archivedEntries(session, after, 5));
  expect(first).toMatch(/^SEARCH published_entries USING PRIMARY KEY/);
});

test('what became of entries since a turn is found by an index, in its order', async () => {
  const asked = { topicId: 'world', after: 5, upTo: 9, began: 2 };
  for (const work of [
    (session: Session) => entriesSince(session, asked, 10),
    (session: Session) => lastTurnOf(session, 'world', 9),
  ])
    expect(await plansOf(work)).toEqual([
      [
        expect.stringMatching(
          /^SEARCH entry_turns USING (?:COVERING )?INDEX entry_turns_in_order \(topic_id=\? AND turn/,
        ),
      ],
    ]);
});

test('of the history what is asked for is found by its mark, and what is too much by its age, without bodies', async () => {
  const question = { kind: 'feed' as const, url: 'https://harbour.example/feed.xml', askedAs: '' };
  const latest = await plansOf((session) => historyStore(runnerOf(session)).latest(question));
  expect(latest[0]![0]).toBe('SEARCH history USING INDEX history_by_mark (mark=?)');
  const versions = await plansOf((session) => historyStore(runnerOf(session)).versions(question));
  expect(versions[0]![0]).toBe('SEARCH history USING INDEX history_by_address (url_mark=?)');
  const pruned = await plansOf(async (session) => {
    await historyStore(runnerOf(session)).prune({ from: NOON, mostBytes: 1 });
  });
  expect(pruned.flat()).toEqual([
    'SEARCH history USING COVERING INDEX history_by_age (at<?)',
    'SCAN history USING COVERING INDEX history_by_age',
  ]);
});

test('the pictures of some articles are found without looking through all articles or pictures', async () => {
  const shown = [{ articleId: 'urn:a', sourceId: 'harbour', addresses: ['https://harbour.example/a.jpg'] }];
  for (const work of [
    (session: Session) => imageStore(runnerOf(session)).notNoted(shown),
    (session: Session) => imageStore(runnerOf(session)).ofArticle('urn:a'),
    (session: Session) => imageStore(runnerOf(session)).publishedCopies(['https://harbour.example/a.jpg']),
    (session: Session) => imageStore(runnerOf(session)).isCopyAt('images/ab/cd.jpg'),
  ]) {
    const steps = (await plansOf(work)).flat().filter((step) => /images|articles|ledger|outputs/.test(step));
    expect(steps).not.toEqual([]);
    expect(steps.filter((step) => !step.startsWith('SEARCH'))).toEqual([]);
  }
});

function runnerOf(session: Session): Parameters<typeof historyStore>[0] {
  const run = <Result>(work: (given: Session) => Promise<Result>): Promise<Result> => work(session);
  return { ask: run, askAtOnce: run, change: run };
}
