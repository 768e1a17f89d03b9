import type { Verdict } from '../model/rule.ts';
import type { EntryStanding, Store } from '../store/store.ts';
import { canonicalAddress } from '../support/canonical-address.ts';
import { nearestName } from '../support/nearest-name.ts';
import { foldedWords } from '../support/words.ts';
import { oneLine } from './terminal.ts';

/** The entries that a verdict is to fall on, each once, or all that is wrong with how they were named. */
export type ChosenEntries = { readonly entries: readonly EntryStanding[]; readonly faults: readonly string[] };

/** Finds entries by their ids (with or without `urn:uuid:`) or addresses, and says of each whether the verdict fits. */
export async function chooseEntries(
  store: Store,
  names: readonly string[],
  verdict: Verdict['verdict'],
): Promise<ChosenEntries> {
  const spellings = new Map(names.map((name) => [name, spellingsOf(name)]));
  const found = await store.entriesNamed([...new Set([...spellings.values()].flat())]);
  const said = await store.verdicts(found.map(({ articleId }) => articleId));
  const refusalOf = (entry: EntryStanding): string | null =>
    refusal(entry, verdict, said.get(entry.articleId)?.verdict ?? null);

  const entries = new Map<string, EntryStanding>();
  const faults: string[] = [];
  for (const [name, own] of spellings) {
    const matches = found.filter(
      ({ articleId, link }) => own.includes(articleId) || (link !== null && own.includes(link)),
    );
    const fitting = matches.filter((entry) => refusalOf(entry) === null);
    if (fitting.length === 1) entries.set(fitting[0]!.articleId, fitting[0]!);
    else if (fitting.length > 1) faults.push(...ambiguous(name, fitting));
    else if (matches.length > 0) faults.push(...matches.map((entry) => refusalOf(entry)!));
    else faults.push(await unknown(store, name));
  }
  return { entries: [...entries.values()], faults };
}

/** As it was written, and as the store may have it. */
function spellingsOf(name: string): string[] {
  const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name) ? [`urn:uuid:${name.toLowerCase()}`] : [];
  return [...new Set([name, ...uuid, ...(/^https?:/i.test(name) ? [canonicalAddress(name)] : [])])];
}

/** Why a verdict does not fit where an entry stands; null: it does. What was said before may be taken back until it is sorted. */
function refusal(entry: EntryStanding, verdict: Verdict['verdict'], said: Verdict['verdict'] | null): string | null {
  const { state, reason } = entry;
  if (state === 'held' || (state === 'awaiting' && said !== null && said !== verdict)) return null;
  if (state === 'dropped' && verdict === 'approved') return null;
  const stands = state === 'awaiting' ? 'it awaits sorting' : `it is ${state}`;
  return `${nameOf(entry)} is not held: ${stands} (${oneLine(reason, 200)})`;
}

function ambiguous(name: string, entries: readonly EntryStanding[]): string[] {
  return [
    `"${oneLine(name, 200)}" is the address of ${entries.length} entries; name the one that you mean by its id:`,
    ...entries.map((entry) => `  ${nameOf(entry)}, from ${entry.sourceId}`),
  ];
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
