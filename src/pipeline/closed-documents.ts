import type { Edition } from '../model/edition.ts';
import type { EditionFiles } from './edition-files.ts';
import { faultyEntries, leftOutOf, withoutEntries } from './faulty-entries.ts';

/** The documents of an archive, and which entries the gate refuses, so that they are without them. */
export type ClosedDocuments = {
  readonly files: readonly { readonly path: string; readonly content: string | Uint8Array }[];
  readonly leftOut: ReadonlySet<string>;
  readonly reasons: readonly string[];
};

const ENDINGS = ['atom', 'rss', 'json'] as const;

/** The paths of the documents of an edition. */
export function documentPaths(path: string): string[] {
  return ENDINGS.map((ending) => `${path}.${ending}`);
}

/** Makes all documents of an archive, with the same entries in each. Throws `gate-refused` where the fault is in no entry. */
export function closedDocuments(editionFiles: EditionFiles, edition: Edition): ClosedDocuments {
  const makeAll = (of: Edition): ClosedDocuments['files'] =>
    [...editionFiles(of)].map(({ path, make }) => ({ path, content: make() }));
  const faulty = faultyEntries(edition, makeAll);
  return {
    files: makeAll(withoutEntries(edition, faulty)),
    leftOut: new Set(faulty.keys()),
    reasons: leftOutOf(faulty),
  };
}
