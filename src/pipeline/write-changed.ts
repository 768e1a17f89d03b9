import type { Output } from '../publish/write-output.ts';
import type { OutputRecord } from '../store/store.ts';
import { sha256 } from '../support/hash.ts';
import type { Log } from '../support/log.ts';
import { gateReason, type PlannedFile } from './planned-files.ts';

/** What the gate refused, and of what it was made: the same is not tried, nor told, again. */
export type Refusal = {
  readonly path: string;
  readonly inputKey: string;
  /** `file`: there is no new file. `entries`: there is one, without these. */
  readonly of: 'file' | 'entries';
  readonly reasons: readonly string[];
};

export type WriteTools = { readonly output: Output; readonly log: Log; readonly rendererDigest: string };

/** Writes planned files, those that are made of something else than last time. */
export type ChangedFiles = {
  /** Whether a file lies at the path now: this one or, where the gate refused it, the last good one. */
  put(file: PlannedFile): Promise<boolean>;
  /** What was refused the last time as a whole; some of it may have a last good file. */
  readonly lastRefused: readonly string[];
  /** The paths that were put. */
  readonly wanted: ReadonlySet<string>;
  readonly written: ReadonlySet<string>;
  readonly records: ReadonlyMap<string, OutputRecord>;
  readonly refusals: ReadonlyMap<string, Refusal>;
};

type Made = { readonly content: string | Uint8Array; readonly leftOut: readonly string[] };

/** @param before what the last publication left: records and refusals by path */
export function changedFiles(
  { output, log, rendererDigest }: WriteTools,
  before: { readonly records: ReadonlyMap<string, OutputRecord>; readonly refusals: ReadonlyMap<string, Refusal> },
): ChangedFiles {
  const wanted = new Set<string>();
  const written = new Set<string>();
  const records = new Map<string, OutputRecord>();
  const refusals = new Map<string, Refusal>();

  const refuse = (refusal: Refusal): void => {
    refusals.set(refusal.path, refusal);
    const told = before.refusals.get(refusal.path)?.reasons ?? [];
    for (const reason of refusal.reasons) {
      if (!told.includes(reason)) log.error('document refused by the gate', { path: refusal.path, reason });
    }
  };

  const put = async (file: PlannedFile): Promise<boolean> => {
    const { path } = file;
    wanted.add(path);
    const inputKey = sha256(JSON.stringify([rendererDigest, file.madeFrom]));
    const there = await output.exists(path);
    const known = refusals.get(path) ?? before.refusals.get(path);
    refusals.delete(path);
    if (known?.inputKey === inputKey && (known.of === 'file' || there)) {
      refuse(known);
      return there;
    }
    if (there && (records.get(path) ?? before.records.get(path))?.inputKey === inputKey) return true;
    const made = makeOrReason(file);
    if (typeof made === 'string') {
      refuse({ path, inputKey, of: 'file', reasons: [made] });
      return there;
    }
    if ((await output.write(path, made.content)) === 'written') {
      written.add(path);
      log.debug('file written', { path });
    }
    records.set(path, { path, inputKey, sha256: sha256(made.content) });
    if (made.leftOut.length > 0) refuse({ path, inputKey, of: 'entries', reasons: made.leftOut });
    return true;
  };
  const lastRefused = [...before.refusals.values()].flatMap((refusal) => (refusal.of === 'file' ? [refusal.path] : []));
  return { put, lastRefused, wanted, written, records, refusals };
}

/** The document, if need be without its faulty entries; or why the gate refuses it. */
function makeOrReason({ make, makeWithoutFaulty }: PlannedFile): Made | string {
  try {
    return { content: make(), leftOut: [] };
  } catch (error) {
    const reason = gateReason(error);
    if (makeWithoutFaulty === null) return reason;
    try {
      return makeWithoutFaulty();
    } catch (second) {
      gateReason(second);
      return reason;
    }
  }
}
