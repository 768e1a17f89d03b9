import type { Output } from '../publish/write-output.ts';
import { StageError } from '../model/errors.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import { inTime } from '../support/in-time.ts';
import { lastPublication } from './last-publication.ts';

/** Whether the service can do its work, and what of it is not as it should be though it goes on. */
export type Readiness = {
  readonly ready: boolean;
  /** Why it cannot; empty while it can. */
  readonly reasons: readonly string[];
  /** What the operator should look at all the same. */
  readonly doubts: readonly string[];
};

/** Whoever asks whether the service is ready does not wait for ever; what hangs for so long is not ready. */
const PATIENCE_MS = 5000;

type Asked = { readonly store: Store; readonly output: Pick<Output, 'exists'> };

/** @param listFaults how many faults the edited sources.json has, while the list before it goes on */
export async function readReadiness(
  { clock, ...asked }: Asked & { readonly clock: Pick<Clock, 'sleep'> },
  listFaults: number,
): Promise<Readiness> {
  const doubts = listFaults === 0 ? [] : [`sources.json has faults (${listFaults}); the list before it goes on`];
  const { refused = 0, reasons } = await inTime(standing(asked), { clock, ms: PATIENCE_MS, otherwise: LATE });
  if (refused > 0) doubts.push(`${refused} documents are kept back by the gate; tributary status tells why`);
  return { ready: reasons.length === 0, reasons, doubts };
}

type Standing = Pick<Readiness, 'reasons'> & { readonly refused?: number };

const LATE: Standing = { reasons: [`the database or the disk does not answer within ${PATIENCE_MS / 1000} s`] };

async function standing({ store, output }: Asked): Promise<Standing> {
  try {
    await store.schemaVersion();
    const refused = (await lastPublication(store))?.refusals.length ?? 0;
    const isPublished = await output.exists('index.html');
    return { refused, reasons: isPublished ? [] : ['nothing is published yet'] };
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    const isOutput = error.code.startsWith('output-');
    return { reasons: [isOutput ? 'the output folder cannot be read' : 'the database does not answer'] };
  }
}
