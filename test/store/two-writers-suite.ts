import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { saveComparedTexts } from '../../src/store/compared-texts.ts';
import { openStore } from '../../src/store/open-store.ts';
import { entryNumbers } from '../../src/store/save-trail.ts';
import type { Database } from '../../src/store/session.ts';
import type { CurationRecord, Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/support/clock.ts';
import { anArticle } from '../support/an-entry.ts';
import { tellPostgres } from '../support/postgres.ts';
import type { LastingDatabase } from './databases.ts';
import { aCuration, arrival, aStory } from './records.ts';

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
}
