import { openDuplicateIndex, WINDOW_MS, type PrintedDocument } from '../../src/curate/duplicates/duplicate-index.ts';
import { weighCandidates } from '../../src/curate/duplicates/find-duplicate.ts';
import type { PairFeatures } from '../../src/curate/duplicates/pair-features.ts';
import { printOf } from '../../src/curate/duplicates/text-print.ts';

/** A document with what it is a copy of: documents of one `cluster` say the same. */
export type LabelledDocument = {
  readonly id: string;
  readonly sourceId: string;
  readonly atMs: number;
  readonly title: string;
  readonly text: string;
  readonly cluster: string;
};
/** A document beside a candidate for it. */
export type LabelledPair = { readonly id: string; readonly features: PairFeatures; readonly isOne: boolean };

/** Sends documents through the index in order, as the service does, with each put where it belongs; gives all pairs on the way. */
export function* collectPairs(documents: readonly LabelledDocument[]): Iterable<LabelledPair> {
  const index = openDuplicateIndex();
  const clusterOf = new Map<string, string>();
  const firstOf = new Map<string, string>();
  for (const [number, { id, sourceId, atMs, title, text, cluster }] of documents.entries()) {
    const document: PrintedDocument = { id, sourceId, atMs, print: printOf({ title, text }) };
    if (number % 100 === 0) index.forgetBefore(atMs - WINDOW_MS);
    for (const { candidate, features } of weighCandidates(index, document))
      yield { id, features, isOne: clusterOf.get(candidate.document.id) === cluster };
    index.add(document, firstOf.get(cluster) ?? null);
    clusterOf.set(id, cluster);
    firstOf.set(cluster, index.has(firstOf.get(cluster) ?? '') ? firstOf.get(cluster)! : id);
  }
}
