import { gatherStatus } from '../../src/cli/gather-status.ts';
import { ENTRY_STATES, type EntryState } from '../../src/model/trail.ts';
import type { Source } from '../../src/model/source.ts';
import type { Store } from '../../src/store/store.ts';

/**
 * What does not balance in a store, in words; none where everything does: each entry is in one state, which is that of
 * its last step, and whatever is counted is counted from that.
 */
export async function imbalances(store: Store, sources: readonly Source[]): Promise<string[]> {
  const faults: string[] = [];
  const ledger = await store.standings(null);
  const known: ReadonlySet<string> = new Set(ENTRY_STATES);
  if (new Set(ledger.map(({ articleId }) => articleId)).size !== ledger.length) faults.push('an entry is there twice');
  for (const { articleId, state, reason, at } of ledger) {
    if (!known.has(state)) faults.push(`${articleId} is "${state}", which is no state`);
    const trail = await store.trailOf(articleId);
    const last = trail.at(-1);
    if (last === undefined) faults.push(`${articleId} has no trail`);
    else if (last.state !== state || last.reason !== reason || last.at !== at)
      faults.push(`${articleId} is ${state} (${reason}), and its trail ends with ${last.state} (${last.reason})`);
    for (const step of trail) if (!known.has(step.state)) faults.push(`${articleId} was "${step.state}"`);
  }

  const counts = await store.entryCounts();
  const told = await gatherStatus(store, { sources });
  const toldOf = new Map([...told.sources, ...told.notListed].map(({ id, entries }) => [id, entries]));
  const ids = new Set([...ledger, ...counts].map(({ sourceId }) => sourceId));
  for (const id of ids) {
    const own = ledger.filter(({ sourceId }) => sourceId === id);
    for (const state of ENTRY_STATES) {
      const inLedger = own.filter((entry) => entry.state === state).length;
      const counted = counts.filter((one) => one.sourceId === id && one.state === state);
      const shown = toldOf.get(id)?.[state] ?? 0;
      if (sum(counted.map(({ count }) => count)) !== inLedger || counted.length > 1)
        faults.push(`of ${id} ${inLedger} entries are ${state}, and otherwise counted`);
      if (shown !== inLedger) faults.push(`of ${id} ${inLedger} entries are ${state}, and status shows ${shown}`);
    }
  }
  const total = sum(counts.map(({ count }) => count));
  if (total !== ledger.length) faults.push(`the ledger has ${ledger.length} entries, and ${total} are counted`);
  if (sum(Object.values(told.entries)) !== ledger.length)
    faults.push(`the ledger has ${ledger.length} entries, and status shows ${sum(Object.values(told.entries))}`);
  return faults;
}

/**
 * What does not agree between stories and states: a published entry leads a story that is in a topic, and the other
 * reports of a story are merged.
 */
export async function untoldEntries(store: Store): Promise<string[]> {
  const standings = await store.standings(null);
  const expected = new Map<string, EntryState>();
  for (const { story } of await store.allStories(null, 100_000))
    for (const id of story.articleIds) {
      const leads = id === story.leadArticleId;
      if (!leads) expected.set(id, 'merged');
      else if (story.topics.length > 0) expected.set(id, 'published');
    }
  // A changed article awaits sorting again, and its story is told as before.
  return standings.flatMap(({ articleId, state }) => {
    const told = expected.get(articleId);
    if (state === 'awaiting' || state === told) return [];
    if (told !== undefined) return [`${articleId} is ${state}, and its story tells it as ${told}`];
    return state === 'published' || state === 'merged' ? [`${articleId} is ${state}, and in no story as such`] : [];
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
