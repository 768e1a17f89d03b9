import type { Output } from '../publish/write-output.ts';
import type { Store } from '../store/store.ts';
import { lastPublication } from './last-publication.ts';

/** Whether the service can do its work, and what of it is not as it should be though it goes on. */
export type Readiness = {
  readonly ready: boolean;
  /** Why it cannot; empty while it can. */
  readonly reasons: readonly string[];
  /** What the operator should look at all the same. */
  readonly doubts: readonly string[];
};

/** @param listFaults how many faults the edited sources.json has, while the list before it goes on */
export async function readReadiness(
  { store, output }: { readonly store: Store; readonly output: Pick<Output, 'exists'> },
  listFaults: number,
): Promise<Readiness> {
  const doubts = listFaults === 0 ? [] : [`sources.json has faults (${listFaults}); the list before it goes on`];
  try {
    await store.schemaVersion();
    const refused = (await lastPublication(store))?.refusals ?? [];
    if (refused.length > 0)
      doubts.push(`${refused.length} documents are kept back by the gate; tributary status tells why`);
  } catch {
    return { ready: false, reasons: ['the database does not answer'], doubts };
  }
  const isPublished = await output.exists('index.html');
  const reasons = isPublished ? [] : ['nothing is published yet'];
  return { ready: isPublished, reasons, doubts };
}
