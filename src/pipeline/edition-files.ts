import type { Edition, EditionEntry } from '../model/edition.ts';
import { StageError } from '../model/errors.ts';
import { openGate } from '../publish/gate.ts';
import { openFeeds } from '../render/feeds.ts';
import { sha256 } from '../support/hash.ts';
import { openSameObjects } from '../support/same-objects.ts';
import { faultyEntries, leftOutOf, withoutEntries, type FaultyEntries } from './faulty-entries.ts';
import type { PlannedFile } from './planned-files.ts';

/** The documents of an edition in all formats, to be made. */
export type EditionFiles = (edition: Edition) => Iterable<PlannedFile>;

/** Of so many entries the texts are kept: twenty topics of a hundred. */
const MOST_ENTRIES = 2000;

const FORMATS = ['atom', 'rss', 'json'] as const;

/**
 * Opens what makes the documents of editions. What was made of an entry is kept, and so is what the gate has found right of
 * it: one new entry costs one entry's work, however many there are. A document is compared with what was meant all the same.
 */
export function openEditionFiles(): EditionFiles {
  const sameEntry = openSameObjects<EditionEntry>({ most: MOST_ENTRIES });
  const digestOf = openDigests();
  const gate = openGate();
  const render = openFeeds();
  return function* (given) {
    const edition = { ...given, entries: given.entries.map(sameEntry) };
    // An edition is big, and what it is made from is asked of each of its files.
    const madeFrom = sha256(JSON.stringify({ ...edition, entries: edition.entries.map(digestOf) }));
    const files = FORMATS.map((format) => {
      const path = `${edition.path}.${format}`;
      return { path, make: (of: Edition): string => gate({ path, parts: render[format](of), format }, of) };
    });
    // To know whether an entry is faulty all are made: of a faultless edition they are then there, until they are asked for.
    const made = new Map<string, string>();
    const makeAll = (of: Edition): void => {
      const texts = files.map(({ path, make }) => [path, make(of)] as const);
      if (of === edition) for (const [path, text] of texts) made.set(path, text);
    };
    let faulty: FaultyEntries | null = null;
    const known = (): FaultyEntries => (faulty ??= faultyEntries(edition, makeAll));
    for (const { path, make } of files) {
      yield {
        path,
        madeFrom,
        make: () => {
          const [detail] = leftOutOf(known());
          if (detail !== undefined) throw new StageError('gate-refused', { url: path, detail });
          const text = made.get(path) ?? make(edition);
          made.delete(path);
          return text;
        },
        makeWithoutFaulty: () => ({ content: make(withoutEntries(edition, known())), leftOut: leftOutOf(known()) }),
      };
    }
  };
}

/** Opens what tells entries apart by all they say, looked at once as long as the entry is there. */
function openDigests(): (entry: EditionEntry) => string {
  const digests = new WeakMap<EditionEntry, string>();
  return (entry) => {
    const known = digests.get(entry);
    if (known !== undefined) return known;
    const digest = sha256(JSON.stringify(entry));
    digests.set(entry, digest);
    return digest;
  };
}
