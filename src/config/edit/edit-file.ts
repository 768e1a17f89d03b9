import { readFile, realpath } from 'node:fs/promises';
import type { Clock } from '../../support/clock.ts';
import type { Fault } from '../faults.ts';
import type { Judges } from '../schema/source.ts';
import { readSourcesFile, type Order } from '../sources-file.ts';
import { editedText } from './edited-text.ts';
import { forEdit, underLock } from './edit-attempts.ts';
import { versionPath } from './kept-versions.ts';
import { replaced } from './replace-file.ts';

/** sources.json as data: what JSON.parse makes of a file that is right. */
export type SourcesDocument = {
  readonly topics?: readonly DocumentPart[];
  readonly sources?: readonly DocumentPart[];
} & Readonly<Record<string, unknown>>;
export type DocumentPart = { readonly id: string } & Readonly<Record<string, unknown>>;

/** What the document is to be from now on; the same: nothing is to be changed. Or why it cannot be. */
export type Change = (document: SourcesDocument, order: Order) => SourcesDocument | { readonly refusal: string };

export type EditOutcome =
  | { readonly kind: 'written'; readonly previous: string; readonly before: string; readonly after: string }
  | { readonly kind: 'unchanged' }
  /** The operator asked for something that cannot be. */
  | { readonly kind: 'refused'; readonly why: string }
  /** The file was faulty before (`already`), or would be after: nothing was changed. */
  | { readonly kind: 'faulty'; readonly already: boolean; readonly faults: readonly Fault[] }
  /** The file could not be read or written, or others kept changing it. */
  | { readonly kind: 'failed'; readonly why: string };

export type EditTools = { readonly judges: Judges; readonly clock: Clock; readonly pid: number };

/**
 * Changes sources.json as its owner would have: everything that stays the same keeps its place and its characters, and the
 * versions before are kept beside it (kept-versions.ts). Written whole or not at all; a link is followed, and stays.
 * Other commands wait for their turn, and a file that an editor has saved meanwhile is read and changed once more; only
 * one that is saved in the very instant between the last look and the renaming is lost.
 * @param isRehearsal nothing is written; `written` tells what would have been
 */
export async function editSourcesFile(
  tools: EditTools,
  {
    file,
    change,
    isRehearsal = false,
  }: { readonly file: string; readonly change: Change; readonly isRehearsal?: boolean },
  signal: AbortSignal,
): Promise<EditOutcome> {
  return forEdit(file, async () => {
    const target = await realpath(file);
    if (isRehearsal) return (await changed(tools.judges, target, change)).outcome;
    return underLock(target, tools, signal, async () => {
      const { bytes, outcome } = await changed(tools.judges, target, change);
      if (outcome.kind !== 'written') return outcome;
      return (await replaced(target, { was: bytes, by: outcome.after, pid: tools.pid })) ? outcome : null;
    });
  });
}

async function changed(
  judges: Judges,
  target: string,
  change: Change,
): Promise<{ readonly bytes: Buffer; readonly outcome: EditOutcome }> {
  const bytes = await readFile(target);
  const reading = readSourcesFile(bytes, judges);
  if ('faults' in reading) return { bytes, outcome: { kind: 'faulty', already: true, faults: reading.faults } };
  const before = bytes.toString('utf8');
  const document = JSON.parse(before.replace(/^\ufeff/, '')) as SourcesDocument;
  const wanted = change(document, reading.order);
  if ('refusal' in wanted && typeof wanted.refusal === 'string')
    return { bytes, outcome: { kind: 'refused', why: wanted.refusal } };
  const after = editedText(before, wanted);
  if (after === before) return { bytes, outcome: { kind: 'unchanged' } };
  const again = readSourcesFile(Buffer.from(after), judges);
  if ('faults' in again) return { bytes, outcome: { kind: 'faulty', already: false, faults: again.faults } };
  return { bytes, outcome: { kind: 'written', previous: versionPath(target, 1), before, after } };
}
