import type { Edition, EditionEntry } from '../model/edition.ts';
import { StageError } from '../model/errors.ts';
import { openGate } from '../publish/gate.ts';
import { openAtom } from '../render/atom.ts';
import { openJsonFeed } from '../render/json-feed.ts';
import { openRss } from '../render/rss.ts';
import { sha256 } from '../support/hash.ts';
import { openSameObjects } from '../support/same-objects.ts';
import { faultyEntries, leftOutOf, withoutEntries, type FaultyEntries } from './faulty-entries.ts';
import type { PlannedFile } from './planned-files.ts';

/** The documents of an edition in all formats, to be made. */
export type EditionFiles = (edition: Edition) => Iterable<PlannedFile>;

/** Of so many entries the texts are kept: twenty topics of a hundred. */
const MOST_ENTRIES = 2000;

/**
 * Opens what makes the documents of editions. What was made of an entry is kept, and so is what the gate has found right of
 * it: one new entry costs one entry's work, however many there are. A document is compared with what was meant all the same.
 */
export function openEditionFiles(): EditionFiles {
  const sameEntry = openSameObjects<EditionEntry>({ most: MOST_ENTRIES });
  const gate = openGate();
  const formats = [
    { format: 'atom', render: openAtom() },
    { format: 'rss', render: openRss() },
    { format: 'json', render: openJsonFeed() },
  ] as const;
  return function* (given) {
    // An edition is big, and what it is made from is asked of each of its files.
    const madeFrom = sha256(JSON.stringify(given));
    const edition = { ...given, entries: given.entries.map(sameEntry) };
    const files = formats.map(({ format, render }) => {
      const path = `${edition.path}.${format}`;
      return { path, make: (of: Edition): string => gate({ path, parts: render(of), format }, of) };
    });
    let faulty: FaultyEntries | null = null;
    const known = (): FaultyEntries => (faulty ??= faultyEntries(edition, (of) => files.map(({ make }) => make(of))));
    for (const { path, make } of files) {
      yield {
        path,
        madeFrom,
        make: () => {
          const [detail] = leftOutOf(known());
          if (detail !== undefined) throw new StageError('gate-refused', { url: path, detail });
          return make(edition);
        },
        makeWithoutFaulty: () => ({ content: make(withoutEntries(edition, known())), leftOut: leftOutOf(known()) }),
      };
    }
  };
}
