import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { saveComparedTexts } from '../../src/store/compared-texts.ts';
import { saveCuration } from '../../src/store/curate.ts';
import type { KeptAnswer } from '../../src/store/history-store.ts';
import { historyStore } from '../../src/store/history.ts';
import { openStore } from '../../src/store/open-store.ts';
import { entryNumbers } from '../../src/store/save-trail.ts';
import type { Database, Session } from '../../src/store/session.ts';
import type { CurationRecord, Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/support/clock.ts';
import { anArticle } from '../support/an-entry.ts';
import { tellPostgres } from '../support/postgres.ts';
import type { LastingDatabase } from './databases.ts';
import { aCuration, arrival, aStep, aStory, NOON } from './records.ts';

const curationOf = (articleId: string): CurationRecord =>
  aCuration({
    stories: [aStory({ id: articleId, eventId: articleId })],
    compared: [{ articleId, atMs: 1000, print: Uint32Array.of(5), founding: null }],
  });

/** Where several programs write at one time, as PostgreSQL lets them: nobody misses what another saves. */
export function twoWritersSuite(database: LastingDatabase): void {
  let url: string;
  let store: Store;
  let slow: Database;
  beforeEach(async () => {
    const where = await database.newPlace();
    url = where.databaseUrl!;
    store = await openStore(where, { clock: systemClock() });
    slow = await database.openBare(where);
    await store.saveRefresh(arrival(['a', 'b'].map((id) => anArticle({ id: `urn:${id}`, entryId: id }))));
    await store.saveCuration({ ...curationOf('urn:a'), compared: [] });
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
    await slow.db.destroy();
  });

  const textsAfter = (after: number): ReturnType<Store['comparedTexts']> =>
    store.comparedTexts({ after, fromMs: 0, limit: 10 });
  /** Until one of the database's transactions waits for another, or the work is done. */
  const waitingOrDone = async (work: Promise<void>): Promise<void> => {
    const done = new AbortController();
    void work.finally(() => done.abort()).catch(() => {});
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while (!done.signal.aborted && (await tellPostgres(url, waiting)).length === 0);
  };

  /** Saves one text in a transaction that stays open while another is at work; gives whose texts a third hears of. */
  const heardOf = async (other: () => Promise<void>): Promise<string[][]> => {
    let work = Promise.resolve();
    let before: Awaited<ReturnType<Store['comparedTexts']>> | null = null;
    await slow.db.transaction().execute(async (transaction) => {
      const session = { db: transaction, flavour: slow.flavour };
      await saveComparedTexts(session, curationOf('urn:a').compared, await entryNumbers(session, ['urn:a']));
      work = other();
      await waitingOrDone(work);
      before = await textsAfter(0);
    });
    await work;
    const { texts, last } = before!;
    return [texts, (await textsAfter(last)).texts].map((some) => some.map(({ articleId }) => articleId));
  };

  test('a text whose transaction took longer than a later one is heard of', async () => {
    expect(await heardOf(() => store.saveCuration(curationOf('urn:b')))).toEqual([[], ['urn:a', 'urn:b']]);
  });

  test('so is one beside a story that moves meanwhile', async () => {
    await store.saveCuration(curationOf('urn:b'));
    const moved = [{ storyId: 'urn:b', eventId: 'urn:other' }];
    expect(await heardOf(() => store.moveStories(moved, {}))).toEqual([['urn:b'], ['urn:a', 'urn:b']]);
  });

  const page: KeptAnswer = {
    kind: 'page',
    url: 'https://harbour.example/a',
    askedAs: '',
    at: NOON,
    outcome: {
      kind: 'answered',
      response: {
        url: 'https://harbour.example/a',
        status: 200,
        headers: {},
        body: Buffer.from('text'),
        redirects: [],
      },
    },
  };
  const retraction = aCuration({ trail: [aStep({ state: 'retracted', reason: 'the operator has retracted it' })] });
  const meanwhile = async (first: (session: Session) => Promise<void>, then: () => Promise<void>): Promise<void> => {
    let work = Promise.resolve();
    await slow.db.transaction().execute(async (transaction) => {
      await first({ db: transaction, flavour: slow.flavour });
      work = then();
      await waitingOrDone(work);
    });
    await work;
  };

  test('a page whose entry is retracted while it is kept is dropped', async () => {
    const keeping = ({ db, flavour }: Session): Promise<void> => {
      const inside = <Result>(work: (session: Session) => Promise<Result>): Promise<Result> => work({ db, flavour });
      return historyStore({ ask: inside, askAtOnce: inside, change: inside }).keep([page]);
    };
    await meanwhile(keeping, () => store.saveCuration(retraction));
    expect(await store.history.latest(page)).toBeNull();
  });

  test('a page that is to be kept while its entry is retracted is not', async () => {
    await meanwhile(
      (session) => saveCuration(session, retraction),
      () => store.history.keep([page]),
    );
    expect(await store.history.latest(page)).toBeNull();
  });
}
