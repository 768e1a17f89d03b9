import type { EntryStanding, Store } from '../store/store.ts';
import { nameOf, type ChosenEntries } from './choose-entries.ts';
import { questionOf, type Question } from './entry-signs.ts';
import { oneLine } from './terminal.ts';

/** So many entries are looked at that one name stands for: a story has fewer reports. */
const MOST_LOOKED_AT = 500;
/** So many of them are told. */
const MOST_TOLD = 20;

/** What a retraction is to fall on; or what words of a title may have meant, which name nothing for sure. */
export type ChosenToRetract = ChosenEntries & { readonly proposed: readonly Proposed[] };

/** An entry, and how many reports its id stands for, as it is the id of their story too. */
export type Proposed = { readonly entry: EntryStanding; readonly reportsOfId: number };

/**
 * Finds what is to be retracted, each entry once, or tells all that is wrong with how it was named. The id of an event's
 * entry stands for all reports of it; a story's id, or the address of its page, for all of its own; any other id or
 * address for one entry. What is neither stands, all of it together, for the one entry that has these words in its title,
 * where that is confirmed: a retraction is for good, and other titles have the same words.
 */
export async function chooseRetracted(
  store: Store,
  names: readonly string[],
  { sites, isSure }: { readonly sites: readonly string[]; readonly isSure: boolean },
): Promise<ChosenToRetract> {
  const chosen = new Map<string, EntryStanding>();
  const faults: string[] = [];
  const unknown: string[] = [];
  for (const name of new Set(names)) {
    const { entries, isOfMany } = await named(store, questionOf([name], sites));
    const left = entries.filter(({ state }) => state !== 'retracted');
    if (entries.length === 0) unknown.push(name);
    else if (left.length === 0) faults.push(...told(entries.map((entry) => `${nameOf(entry)} is retracted already`)));
    else if (left.length > 1 && !isOfMany) faults.push(...ambiguous(name, left));
    else for (const entry of left) chosen.set(entry.articleId, entry);
  }
  if (unknown.length > 0) {
    const found = chosen.size + faults.length === 0 ? await titled(store, names, sites) : [];
    if (found.length === 1 && isSure) chosen.set(found[0]!.articleId, found[0]!);
    else if (found.length > 0) return { entries: [], faults: [], proposed: await proposed(store, found) };
    else faults.push(...unknown.map((name) => `no entry has the id, the address or the words "${oneLine(name, 200)}"`));
  }
  const unkept = [...chosen.values()].filter(({ text }) => text === null);
  faults.push(...told(unkept.map((entry) => `${nameOf(entry)} is kept no more: there is nothing to retract`)));
  return { entries: [...chosen.values()], faults, proposed: [] };
}

type Named = { readonly entries: readonly EntryStanding[]; readonly isOfMany: boolean };

async function named(store: Store, { tries }: Question): Promise<Named> {
  const signs = tries.flat();
  for (const sign of signs) {
    // A story has the id of the article that founded it.
    const id = sign.by === 'article' || sign.by === 'story' ? sign.id : null;
    const reports: Named['entries'] =
      id !== null
        ? await ofStory(store, id)
        : sign.by === 'page' || sign.by === 'event-entry'
          ? await store.entriesAbout([sign], MOST_LOOKED_AT)
          : [];
    if (reports.length > 0) return { entries: reports, isOfMany: true };
  }
  for (const some of tries) {
    const plain = some.filter(({ by }) => by !== 'title');
    const entries = plain.length === 0 ? [] : await store.entriesAbout(plain, MOST_LOOKED_AT);
    if (entries.length > 0) return { entries, isOfMany: false };
  }
  return { entries: [], isOfMany: false };
}

function ofStory(store: Store, id: string): Promise<Named['entries']> {
  return store.entriesAbout([{ by: 'story', id }], MOST_LOOKED_AT);
}

async function titled(store: Store, names: readonly string[], sites: readonly string[]): Promise<Named['entries']> {
  const words = questionOf(names, sites)
    .tries.flat()
    .filter(({ by }) => by === 'title');
  const found = words.length === 0 ? [] : await store.entriesAbout(words, MOST_LOOKED_AT);
  return found.filter(({ state }) => state !== 'retracted');
}

function proposed(store: Store, found: readonly EntryStanding[]): Promise<Proposed[]> {
  return Promise.all(
    found.map(async (entry) => {
      const reports = await ofStory(store, entry.articleId);
      const left = reports.filter(({ state }) => state !== 'retracted');
      return { entry, reportsOfId: Math.max(1, left.length) };
    }),
  );
}

/** What words of a title would take, and how to say what is meant. */
export function proposalLines(words: string, proposals: readonly Proposed[]): string[] {
  const count = proposals.length === 1 ? 'title of one' : `titles of ${proposals.length}`;
  const [first] = proposals;
  const one = first!.reportsOfId > 1 && first!.entry.link !== null ? first!.entry.link : first!.entry.articleId;
  return [
    `words of a title name no entry for sure; "${oneLine(words, 200)}" is in the ${count}:`,
    ...told(proposals.map(proposalLine)),
    ...(proposals.length === 1
      ? [`if that is meant: tributary retract ${oneLine(one, 300)}`, 'or the same words with --yes']
      : ['name the one that is meant by its address or id']),
  ];
}

function proposalLine({ entry, reportsOfId }: Proposed): string {
  const { sourceId, state, link } = entry;
  const address = link === null ? '' : `, ${oneLine(link, 300)}`;
  const reports = reportsOfId === 1 ? '' : `; its id stands for all ${reportsOfId} reports of its story`;
  return `  ${nameOf(entry)}, from ${sourceId}, ${state}${address}${reports}`;
}

function ambiguous(name: string, entries: readonly EntryStanding[]): string[] {
  return [
    `"${oneLine(name, 200)}" stands for ${entries.length} entries; name the one that you mean by its id, or all by their story’s:`,
    ...told(entries.map((entry) => `  ${nameOf(entry)}, from ${entry.sourceId}, ${entry.state}`)),
  ];
}

function told(lines: readonly string[]): readonly string[] {
  return lines.length <= MOST_TOLD ? lines : [...lines.slice(0, MOST_TOLD), `  … and ${lines.length - MOST_TOLD} more`];
}
