import type { Output } from '../publish/write-output.ts';
import type { OutputRecord, Store } from '../store/store.ts';
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

export type WriteTools = {
  readonly output: Output;
  readonly log: Log;
  readonly rendererDigest: string;
  readonly store: Pick<Store, 'saveOutputs'>;
  /** Takes out of a reason for a refusal what may neither be logged nor shown. */
  readonly hide?: (text: string) => string;
};

/** Of what a file is made that is made once: no version of the program makes it again. */
const CLOSED = 'closed';
/** Of a file that may have been written, or not: one that is there is made again. */
export const ANNOUNCED = '';
/** Files are looked for so many at a time. */
const AT_ONCE = 64;

/** Writes planned files, those that are made of something else than last time. */
export type ChangedFiles = {
  /** Whether a file lies at the path now: this one or, where the gate refused it, the last good one, if that may stay. */
  put(file: PlannedFile): Promise<boolean>;
  /** Of files that are never made again: those that are not there; all others stay as they are. */
  keep(paths: readonly string[]): Promise<readonly string[]>;
  /** Writes files that are never made again. */
  close(files: readonly { readonly path: string; readonly content: string | Uint8Array }[]): Promise<void>;
  /** What the gate refused of a file that would never be made again. */
  refuseClosed(path: string, of: Refusal['of'], reasons: readonly string[]): void;
  /** Notes which files may be written: whatever happens then, nothing lies in the folder that nobody knows of. */
  announce(paths: readonly string[]): Promise<void>;
  /** What was refused the last time as a whole; some of it may have a last good file. */
  readonly lastRefused: readonly string[];
  /** The paths that were put. */
  readonly wanted: ReadonlySet<string>;
  readonly written: ReadonlySet<string>;
  /** The gate refused the new file, and the last good one was removed. */
  readonly withheld: ReadonlySet<string>;
  readonly records: ReadonlyMap<string, OutputRecord>;
  readonly refusals: ReadonlyMap<string, Refusal>;
};

type Made = { readonly content: string | Uint8Array; readonly leftOut: readonly string[] };

/**
 * @param before what the last publication left: records and refusals by path; and whether nothing was taken back since. Where
 * something was, no last good file stays in the place of one that the gate refuses: who knows what it shows.
 */
export function changedFiles(
  { output, log, rendererDigest, store, hide = (text) => text }: WriteTools,
  before: {
    readonly records: ReadonlyMap<string, OutputRecord>;
    readonly refusals: ReadonlyMap<string, Refusal>;
    readonly nothingTakenBack: boolean;
  },
): ChangedFiles {
  const wanted = new Set<string>();
  const written = new Set<string>();
  const withheld = new Set<string>();
  /** Those whose files are of this publication. */
  const current = new Set<string>();
  const records = new Map<string, OutputRecord>();
  const refusals = new Map<string, Refusal>();

  const recordOf = (path: string): OutputRecord | undefined => records.get(path) ?? before.records.get(path);

  const refuse = (given: Refusal): void => {
    const refusal = { ...given, reasons: given.reasons.map(hide) };
    refusals.set(refusal.path, refusal);
    const told = before.refusals.get(refusal.path)?.reasons ?? [];
    for (const reason of refusal.reasons) {
      if (!told.includes(reason)) log.error('document refused by the gate', { path: refusal.path, reason });
    }
  };

  /** Whether the last good file stays, now that there is no new one. */
  const stays = async (path: string, isThere: boolean): Promise<boolean> => {
    if (!isThere || before.nothingTakenBack || current.has(path)) return isThere;
    await output.remove(path);
    withheld.add(path);
    records.set(path, { path, inputKey: ANNOUNCED, sha256: '' });
    return false;
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
      return known.of === 'file' ? stays(path, there) : there;
    }
    if (there && recordOf(path)?.inputKey === inputKey) {
      current.add(path);
      return true;
    }
    const made = makeOrReason(file);
    if (typeof made === 'string') {
      refuse({ path, inputKey, of: 'file', reasons: [made] });
      return stays(path, there);
    }
    if ((await output.write(path, made.content)) === 'written') {
      written.add(path);
      log.debug('file written', { path });
    }
    current.add(path);
    withheld.delete(path);
    records.set(path, { path, inputKey, sha256: sha256(made.content) });
    if (made.leftOut.length > 0) refuse({ path, inputKey, of: 'entries', reasons: made.leftOut });
    return true;
  };
  const keep = async (paths: readonly string[]): Promise<readonly string[]> => {
    const missing: string[] = [];
    for (let at = 0; at < paths.length; at += AT_ONCE) {
      const some = paths.slice(at, at + AT_ONCE);
      const there = await Promise.all(some.map((path) => output.exists(path)));
      for (const [index, path] of some.entries()) {
        wanted.add(path);
        if (there[index] !== true || recordOf(path)?.inputKey !== CLOSED) missing.push(path);
      }
    }
    return missing;
  };

  const announce = async (paths: readonly string[]): Promise<void> => {
    const unknown = paths.filter((path) => recordOf(path) === undefined);
    const announced = unknown.map((path) => ({ path, inputKey: ANNOUNCED, sha256: '' }));
    for (const record of announced) records.set(record.path, record);
    if (announced.length > 0) await store.saveOutputs({ written: announced, removed: [] });
  };

  const close: ChangedFiles['close'] = async (closed) => {
    await announce(closed.map(({ path }) => path));
    const done: OutputRecord[] = [];
    for (const { path, content } of closed) {
      wanted.add(path);
      if ((await output.write(path, content)) === 'written') {
        written.add(path);
        log.debug('file written', { path });
      }
      done.push({ path, inputKey: CLOSED, sha256: sha256(content) });
    }
    for (const record of done) records.set(record.path, record);
    // At once: from now on they stay, whatever becomes of this publication.
    await store.saveOutputs({ written: done, removed: [] });
  };

  const refuseClosed: ChangedFiles['refuseClosed'] = (path, of, reasons) =>
    refuse({ path, inputKey: CLOSED, of, reasons });

  const lastRefused = [...before.refusals.values()].flatMap((refusal) => (refusal.of === 'file' ? [refusal.path] : []));
  return { put, keep, close, refuseClosed, announce, lastRefused, wanted, written, withheld, records, refusals };
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
