import type { Edition } from '../model/edition.ts';
import type { EditionFiles } from './edition-files.ts';
import { gateReason } from './planned-files.ts';

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
  try {
    return { files: makeAll(edition), leftOut: new Set(), reasons: [] };
  } catch (error) {
    gateReason(error);
    const faulty = new Map<string, string>();
    for (const entry of edition.entries) {
      const fault = refusalOf(() => makeAll({ ...edition, entries: [entry] }));
      if (fault !== null) faulty.set(entry.id, fault);
    }
    const entries = edition.entries.filter(({ id }) => !faulty.has(id));
    const reasons = [...faulty].map(([id, fault]) => `the entry ${id} is left out: ${fault}`);
    return { files: makeAll({ ...edition, entries }), leftOut: new Set(faulty.keys()), reasons };
  }
}

function refusalOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return gateReason(error);
  }
}
