import type { EntryStanding, Store } from '../store/store.ts';
import { nameOf, type ChosenEntries } from './choose-entries.ts';
import { questionOf, type Question } from './entry-signs.ts';
import { oneLine } from './terminal.ts';

/** So many entries are looked at that one name stands for: a story has fewer reports. */
const MOST_LOOKED_AT = 500;
/** So many of them are told. */
const MOST_TOLD = 20;

/**
 * Finds what is to be retracted, each entry once, or tells all that is wrong with how it was named. A story's id, or the
 * address of its page, stands for all its reports; any other id or address for one entry. What is neither stands, all of
 * it together, for the one entry that has these words in its title.
 */
export async function chooseRetracted(
  store: Store,
  names: readonly string[],
  sites: readonly string[],
): Promise<ChosenEntries> {
  const chosen = new Map<string, EntryStanding>();
  const faults: string[] = [];
  const unknown: string[] = [];
  for (const name of new Set(names)) {
    const { entries, isStory } = await named(store, questionOf([name], sites));
    const left = entries.filter(({ state }) => state !== 'retracted');
    if (entries.length === 0) unknown.push(name);
    else if (left.length === 0) faults.push(...told(entries.map((entry) => `${nameOf(entry)} is retracted already`)));
    else if (left.length > 1 && !isStory) faults.push(...ambiguous(name, left));
    else for (const entry of left) chosen.set(entry.articleId, entry);
  }
  if (unknown.length > 0) {
    const found = chosen.size + faults.length === 0 ? await titled(store, names, sites) : [];
    if (found.length === 1) chosen.set(found[0]!.articleId, found[0]!);
    else if (found.length > 1) faults.push(...ambiguous(names.join(' '), found));
    else faults.push(...unknown.map((name) => `no entry has the id, the address or the words "${oneLine(name, 200)}"`));
  }
  const unkept = [...chosen.values()].filter(({ text }) => text === null);
  faults.push(...told(unkept.map((entry) => `${nameOf(entry)} is kept no more: there is nothing to retract`)));
  return { entries: [...chosen.values()], faults };
}

type Named = { readonly entries: readonly EntryStanding[]; readonly isStory: boolean };

async function named(store: Store, { tries }: Question): Promise<Named> {
  const signs = tries.flat();
  for (const sign of signs) {
    // A story has the id of the article that founded it.
    const id = sign.by === 'article' || sign.by === 'story' ? sign.id : null;
    const stories: Named['entries'] =
      id !== null
        ? await store.entriesAbout([{ by: 'story', id }], MOST_LOOKED_AT)
        : sign.by === 'page'
          ? await store.entriesAbout([sign], MOST_LOOKED_AT)
          : [];
    if (stories.length > 0) return { entries: stories, isStory: true };
  }
  for (const some of tries) {
    const plain = some.filter(({ by }) => by !== 'title');
    const entries = plain.length === 0 ? [] : await store.entriesAbout(plain, MOST_LOOKED_AT);
    if (entries.length > 0) return { entries, isStory: false };
  }
  return { entries: [], isStory: false };
}

async function titled(store: Store, names: readonly string[], sites: readonly string[]): Promise<Named['entries']> {
  const words = questionOf(names, sites)
    .tries.flat()
    .filter(({ by }) => by === 'title');
  const found = words.length === 0 ? [] : await store.entriesAbout(words, MOST_LOOKED_AT);
  return found.filter(({ state }) => state !== 'retracted');
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
