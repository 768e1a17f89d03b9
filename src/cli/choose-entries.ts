import type { Verdict } from '../model/rule.ts';
import type { EntryStanding, Store } from '../store/store.ts';
import { nearestName } from '../support/nearest-name.ts';
import { foldedWords } from '../support/words.ts';
import { questionOf } from './entry-signs.ts';
import { findEntries } from './find-entries.ts';
import { oneLine } from './terminal.ts';

/** The entries that a verdict is to fall on, each once, or all that is wrong with how they were named. */
export type ChosenEntries = { readonly entries: readonly EntryStanding[]; readonly faults: readonly string[] };

/** So many entries are looked at that one name stands for. */
const MOST_LOOKED_AT = 500;
/** So many of them are told. */
const MOST_TOLD = 20;

/**
 * Finds entries by their ids or addresses, however they are written, and says of each whether the verdict fits. Words of
 * a title are no name: an entry that has them is only proposed.
 */
export async function chooseEntries(
  store: Store,
  names: readonly string[],
  { verdict, sites }: { readonly verdict: Verdict['verdict']; readonly sites: readonly string[] },
): Promise<ChosenEntries> {
  const entries = new Map<string, EntryStanding>();
  const faults: string[] = [];
  for (const name of new Set(names)) {
    const { address, tries } = questionOf([name], sites);
    const named = tries.filter((signs) => signs.every(({ by }) => by !== 'title'));
    const matches = await findEntries(store, { tries: named }, MOST_LOOKED_AT);
    const said = await store.verdicts(matches.map(({ articleId }) => articleId));
    const refusals = new Map(
      matches.map((entry) => [entry, refusal(entry, verdict, said.get(entry.articleId)?.verdict ?? null)]),
    );
    const fitting = matches.filter((entry) => refusals.get(entry) === null);
    if (fitting.length === 1) entries.set(fitting[0]!.articleId, fitting[0]!);
    else if (fitting.length > 1) faults.push(...ambiguous(name, address === null ? 'id' : 'address', fitting));
    else if (matches.length > 0) faults.push(...told([...refusals.values()].map((one) => one!)));
    else faults.push(await unknown(store, name));
  }
  return { entries: [...entries.values()], faults };
}

/** Why a verdict does not fit where an entry stands; null: it does. What was said before may be taken back until it is sorted. */
function refusal(entry: EntryStanding, verdict: Verdict['verdict'], said: Verdict['verdict'] | null): string | null {
  const { state, reason } = entry;
  if (state === 'held' || (state === 'awaiting' && said !== null && said !== verdict)) return null;
  if (state === 'dropped' && verdict === 'approved') return null;
  const stands = state === 'awaiting' ? 'it awaits sorting' : `it is ${state}`;
  return `${nameOf(entry)} is not held: ${stands} (${oneLine(reason, 200)})${whatElse(entry, verdict)}`;
}

/** What there is to do instead, or why there is nothing. */
function whatElse({ articleId, state }: EntryStanding, verdict: Verdict['verdict']): string {
  if (state === 'retracted' || state === 'expired') return '; its text is kept no more, and nothing brings it back';
  const isOut = state === 'published' || state === 'merged';
  return isOut && verdict === 'rejected' ? `; to take it back for good: tributary retract ${articleId}` : '';
}

function ambiguous(name: string, kind: 'id' | 'address', entries: readonly EntryStanding[]): string[] {
  return [
    `"${oneLine(name, 200)}" is the ${kind} of ${entries.length} entries; name the one that you mean by its id:`,
    ...told(entries.map((entry) => `  ${nameOf(entry)}, from ${entry.sourceId}`)),
  ];
}

function told(lines: readonly string[]): readonly string[] {
  return lines.length <= MOST_TOLD ? lines : [...lines.slice(0, MOST_TOLD), `  … and ${lines.length - MOST_TOLD} more`];
}

async function unknown(store: Store, name: string): Promise<string> {
  const meant = nearest(name, await store.heldEntries(null));
  const hint = meant === null ? '' : `; did you mean ${nameOf(meant)}?`;
  return `no entry has the id or address "${oneLine(name, 200)}"${hint}`;
}

/** The held entry whose id or address is near to what was written, or the only one whose title has these words. */
function nearest(name: string, entries: readonly EntryStanding[]): EntryStanding | null {
  const near = (keyOf: (entry: EntryStanding) => string | null): EntryStanding | null => {
    const byKey = new Map(entries.flatMap((entry) => (keyOf(entry) === null ? [] : [[bare(keyOf(entry)!), entry]])));
    const key = nearestName(bare(name), [...byKey.keys()]);
    return key === null ? null : byKey.get(key)!;
  };
  const words = foldedWords(name);
  const titled = entries.filter(({ title }) => {
    const own = new Set(foldedWords(title ?? ''));
    return words.length > 0 && words.every((word) => own.has(word));
  });
  return (titled.length === 1 ? titled[0]! : null) ?? near(({ link }) => link) ?? near(({ articleId }) => articleId);
}

/** Without what two spellings of one thing often differ in. */
function bare(name: string): string {
  return name.replace(/^(?:https?:\/\/(?:www\.)?|urn:uuid:)/i, '').replace(/\/$/, '');
}

export function nameOf({ articleId, title }: EntryStanding): string {
  return title === null ? articleId : `${articleId} ("${oneLine(title, 80)}")`;
}
