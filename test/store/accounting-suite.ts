import { beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ENTRY_STATES, type EntryState } from '../../src/model/trail.ts';
import type { Store } from '../../src/store/store.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { imbalances } from '../support/balance.ts';
import type { TestDatabase } from './databases.ts';
import { aCuration, aLedgerEntry, arrival, aState, aStep, aStory, NOON, ONE, TWO } from './records.ts';

// Whatever is done to a store in whatever order: each entry is in the one state that its last step says, and the counters
// add up to the entries that ever came. The model beside it is a map from entries to states.

const LISTED = [aSource({ id: 'harbour' }), aSource({ id: 'wire' })];
/** `left` is not in sources.json any more. */
const SOURCES = ['harbour', 'wire', 'left'];
const KINDS = [
  'arrive',
  'change',
  'learn an alias',
  'bring nothing',
  'page had at last',
  'curate',
  'curate what was changed meanwhile',
  'move',
  'judge',
  'fail in the middle',
] as const;

type Kind = (typeof KINDS)[number];
type Step = { readonly kind: Kind; readonly pick: number; readonly count: number; readonly state: EntryState };
type Tally = Map<Kind, number>;

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  pick: fc.nat({ max: 1000 }),
  count: fc.integer({ min: 1, max: 5 }),
  state: fc.constantFrom(...ENTRY_STATES),
});

/** A store in which something is forgotten, made of one in which nothing is. */
type Fault = (store: Store) => Store;

/** What is forgotten, by what it is found out, and how it comes about. */
const FAULTS: readonly (readonly [string, RegExp, Fault])[] = [
  [
    'a curation forgets a step',
    /is (?!lost)\w+, and should be/,
    (store) => ({ ...store, saveCuration: (one) => store.saveCuration({ ...one, trail: one.trail.slice(1) }) }),
  ],
  [
    'a curation takes a step for an entry that was changed meanwhile',
    /and should be awaiting/,
    (store) => ({
      ...store,
      saveCuration: (one) =>
        store.saveCuration({ ...one, readAt: new Map([...one.readAt.keys()].map((id) => [id, Infinity])) }),
    }),
  ],
  [
    'a refresh forgets an entry that it brought',
    /is lost, and should be|the ledger has no entry/,
    (store) => ({
      ...store,
      saveRefresh: (one) =>
        one.ledger.length < 2
          ? store.saveRefresh(one)
          : store.saveRefresh({
              ...one,
              ledger: one.ledger.slice(1),
              articles: one.articles.filter(({ id }) => id !== one.ledger[0]!.articleId),
              trail: one.trail.filter(({ articleId }) => articleId !== one.ledger[0]!.articleId),
            }),
    }),
  ],
  [
    'a trail ends one step too early',
    /has no trail|and its trail ends with/,
    (store) => ({ ...store, trailOf: async (id) => (await store.trailOf(id)).slice(0, -1) }),
  ],
  [
    'a counter leaves out what is merged',
    /entries are merged, and otherwise counted/,
    (store) => ({
      ...store,
      entryCounts: async () => (await store.entryCounts()).filter(({ state }) => state !== 'merged'),
    }),
  ],
];

export function accountingSuite(database: TestDatabase): void {
  const tally: Tally = new Map();
  const runs = database.name === 'SQLite in memory' ? 40 : 12;

  const balances = (fault: Fault): fc.IAsyncProperty<[Step[]]> =>
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
      await using plain = await database.emptyStore();
      expect(await faultsAfter(steps, { store: fault(plain), tally })).toEqual([]);
    });

  beforeAll(() => tally.clear());

  test('the counters balance after any sequence of refreshes, curations and verdicts', async () => {
    await fc.assert(
      balances((store) => store),
      { numRuns: runs, seed: 20_261_124 },
    );
    for (const kind of KINDS) expect([kind, (tally.get(kind) ?? 0) >= 10]).toEqual([kind, true]);
  }, 120_000);

  test.each(FAULTS)(
    'that is found not to be so where %s',
    async (_, sign, fault) => {
      const result = await fc.check(balances(fault), { numRuns: runs, seed: 20_261_124, endOnFailure: true });
      expect(result.failed).toBe(true);
      expect(String(result.errorInstance)).toMatch(sign);
    },
    120_000,
  );
}

async function faultsAfter(
  steps: readonly Step[],
  { store, tally }: { readonly store: Store; readonly tally: Tally },
): Promise<string[]> {
  const model = new Map<string, EntryState>();
  for (const one of steps) if (await take(one, store, model)) tally.set(one.kind, (tally.get(one.kind) ?? 0) + 1);
  const standings = await store.standings(null);
  const states = new Map(standings.map(({ articleId, state }) => [articleId, state]));
  const lost = [...model].flatMap(([id, state]) =>
    states.get(id) === state ? [] : [`${id} is ${states.get(id) ?? 'lost'}, and should be ${state}`],
  );
  return [
    ...lost,
    ...(standings.length === model.size ? [] : [`${model.size} entries came, and the ledger has ${standings.length}`]),
    ...(await imbalances(store, LISTED)),
  ];
}

/** Does one step to the store and to the model; false where there is nothing yet to do it to. */
async function take(
  { kind, pick, count, state }: Step,
  store: Store,
  model: Map<string, EntryState>,
): Promise<boolean> {
  const ids = [...model.keys()];
  const some = ids.slice(pick % Math.max(1, ids.length)).slice(0, count);
  if (kind !== 'arrive' && kind !== 'bring nothing' && some.length === 0) return false;
  const sourceOf = (id: string): string => id.split(':')[1]!;
  const article = (id: string, title = id) => anArticle({ id, sourceId: sourceOf(id), entryId: id, title });
  const entry = (id: string, digest: string) =>
    aLedgerEntry({ articleId: id, sourceId: sourceOf(id), entryId: id, digest });
  const moved = (to: EntryState, at: string, reason: string) =>
    some.map((articleId) => aStep({ articleId, state: to, at, reason }));
  const nowAll = (to: EntryState, of: readonly string[] = some): void => of.forEach((id) => model.set(id, to));
  const firstSource = some.filter((id) => sourceOf(id) === sourceOf(some[0]!));
  const changes = firstSource.map((articleId) => aStep({ articleId, at: ONE, reason: 'its publisher changed it' }));

  switch (kind) {
    case 'arrive': {
      const sourceId = SOURCES[pick % SOURCES.length]!;
      const fresh = Array.from({ length: count }, (_, at) => `urn:${sourceId}:${model.size + at}`);
      await store.saveRefresh(arrival(fresh.map((id) => article(id))));
      nowAll('awaiting', fresh);
      return true;
    }
    case 'change':
      await store.saveRefresh(
        arrival(
          firstSource.map((id) => article(id, 'changed')),
          {
            ledger: firstSource.map((id) => entry(id, `digest-${pick}`)),
            trail: changes,
          },
        ),
      );
      nowAll('awaiting', firstSource);
      return true;
    case 'learn an alias':
      await store.saveRefresh(arrival([], { ledger: firstSource.map((id) => entry(id, 'digest-1')) }));
      return true;
    case 'bring nothing':
      await store.saveSourceState(aState({ sourceId: SOURCES[pick % SOURCES.length]!, failures: count }));
      return true;
    case 'page had at last':
      await store.saveRefresh(
        arrival(
          firstSource.map((id) => article(id)),
          { ledger: [], trail: changes },
        ),
      );
      nowAll('awaiting', firstSource);
      return true;
    case 'curate':
    case 'curate what was changed meanwhile': {
      const readAt = await store.awaitingSteps();
      const meanwhile = kind === 'curate' ? [] : firstSource;
      const changed = arrival(
        meanwhile.map((id) => article(id, 'changed')),
        { ledger: [], trail: meanwhile.length === 0 ? [] : changes },
      );
      if (meanwhile.length > 0) await store.saveRefresh(changed);
      nowAll('awaiting', meanwhile);
      const trail = moved(state, TWO, 'sorted');
      const story = aStory({ id: some[0]!, leadArticleId: some[0]!, articleIds: some });
      await store.saveCuration(aCuration({ stories: [story], trail, readAt }));
      nowAll(
        state,
        some.filter((id) => !meanwhile.includes(id)),
      );
      return true;
    }
    case 'move':
      await store.saveSteps([...moved('retracted', NOON, 'first one thing'), ...moved(state, ONE, 'then another')]);
      nowAll(state);
      return true;
    case 'judge':
      await store.saveVerdicts(some.map((articleId) => ({ articleId, verdict: 'approved', at: TWO, note: null })));
      nowAll('awaiting');
      return true;
    default: {
      const trail = [...moved(state, TWO, 'never saved'), aStep({ articleId: 'urn:nobody:0' })];
      await expect(store.saveSteps(trail)).rejects.toThrow('urn:nobody:0');
      await expect(store.saveRefresh(arrival([], { ledger: [], trail }))).rejects.toThrow('urn:nobody:0');
      return true;
    }
  }
}
