import type { Edition } from '../model/edition.ts';
import { gateReason } from './planned-files.ts';

/** What the gate refuses of an edition by itself: the ids of its entries, and why. */
export type FaultyEntries = ReadonlyMap<string, string>;

/**
 * One faulty entry must not freeze a whole feed, and what one format cannot say is in none of them. Empty when all documents
 * are right, and when the fault is in no entry.
 * @param makeAll makes the documents of all formats; throws `gate-refused`
 */
export function faultyEntries(edition: Edition, makeAll: (of: Edition) => unknown): FaultyEntries {
  if (refusalOf(() => makeAll(edition)) === null) return new Map();
  const alone = edition.entries.map((entry) => {
    const fault = refusalOf(() => makeAll({ ...edition, entries: [entry] }));
    return [entry.id, fault] as const;
  });
  return new Map(alone.flatMap(([id, fault]) => (fault === null ? [] : [[id, fault]])));
}

export function withoutEntries(edition: Edition, faulty: FaultyEntries): Edition {
  return { ...edition, entries: edition.entries.filter(({ id }) => !faulty.has(id)) };
}

/** Sentences for the operator. */
export function leftOutOf(faulty: FaultyEntries): string[] {
  return [...faulty].map(([id, fault]) => `the entry ${id} is left out: ${fault}`);
}

function refusalOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return gateReason(error);
  }
}
