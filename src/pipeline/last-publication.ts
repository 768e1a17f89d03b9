import type { Order } from '../config/sources-file.ts';
import type { ComposeContext } from '../curate/compose-edition.ts';
import type { Weather } from '../model/site.ts';
import type { Output } from '../publish/write-output.ts';
import type { Store } from '../store/store.ts';
import { sha256 } from '../support/hash.ts';
import type { Instant } from '../support/instant.ts';
import type { Refusal } from './write-changed.ts';

// What the last publication was made of and came to, so that the next one need not find out again that nothing changed.

const FACT = 'published-with';
/** When the publication was founded: see publish-topics.ts. */
export const FOUNDED_FACT = 'founded';
/** The last of the turns of entries (EntryTurn) whose files are written: list-entries.ts tells of no others. */
export const TOLD_FACT = 'told-turns';
/** How often something was found taken back, or narrowed, so far. */
export const TAKEN_BACK_FACT = 'taken-back';
/** Files are looked for so many at a time. */
const AT_ONCE = 64;

export type LastPublication = {
  readonly key: string;
  /** How many files there were, without those that the gate refused. */
  readonly files: number;
  readonly refusals: readonly Refusal[];
  /** The fact TAKEN_BACK_FACT as of then: all files are from thereafter, or show nothing that was taken back before. */
  readonly takenBack?: string | null;
  /** When it was. */
  readonly at?: Instant;
};

/** The digest of all that a publication depends on; of the stored stories it takes the store's mark of change. */
export function publicationKey(given: {
  readonly rendererDigest: string;
  readonly order: Order;
  /** Of private topics. */
  readonly tokens: ReadonlyMap<string, string>;
  readonly changeMark: string;
  readonly states: ComposeContext['states'];
  readonly weather: Weather | null;
}): string {
  const states = [...given.states].map(([id, { feedTitle, feedLink, feedRights }]) => [
    id,
    feedTitle,
    feedLink,
    feedRights,
  ]);
  const { rendererDigest, order, changeMark, weather, tokens } = given;
  return sha256(JSON.stringify([rendererDigest, order, changeMark, states, weather, [...tokens]]));
}

export async function lastPublication(store: Store): Promise<LastPublication | null> {
  const fact = await store.fact(FACT);
  return fact === null ? null : (JSON.parse(fact) as LastPublication);
}

export async function savePublication(store: Store, publication: LastPublication): Promise<void> {
  await store.saveFact(FACT, JSON.stringify(publication));
}

/** Whether every one of the files is still there. */
export async function allThere(output: Output, paths: Iterable<string>): Promise<boolean> {
  const all = [...paths];
  for (let at = 0; at < all.length; at += AT_ONCE) {
    const found = await Promise.all(all.slice(at, at + AT_ONCE).map((path) => output.exists(path)));
    if (found.includes(false)) return false;
  }
  return true;
}
