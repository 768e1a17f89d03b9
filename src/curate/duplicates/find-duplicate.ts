import type { Candidate, DuplicateIndex, LookUp, PrintedDocument } from './duplicate-index.ts';
import { decidePair, type PairModel } from './decide-pair.ts';
import { pairFeatures, type PairFeatures } from './pair-features.ts';
import { wordsOf } from './text-print.ts';
import weights from './weights.json' with { type: 'json' };

/** Trained on invented documents: see docs/notes/duplicates.md. */
export const TRAINED: PairModel = weights;

/** Another document that says the same, how sure that is, and why in words. */
export type FoundDuplicate = {
  readonly id: string;
  readonly probability: number;
  readonly reasons: readonly string[];
};

/** A candidate with what speaks for and against it. */
export type WeighedCandidate = { readonly candidate: Candidate; readonly features: PairFeatures };

/** The document of the index that this one is most likely a copy, a part or a rewriting of; null: of none. */
export function findDuplicate(
  index: DuplicateIndex,
  document: PrintedDocument,
  model: PairModel = TRAINED,
): FoundDuplicate | null {
  let best: FoundDuplicate | null = null;
  for (const { candidate, features } of weighCandidates(index, document)) {
    if (isAnotherNotice(document, candidate.document, features)) continue;
    const { probability, reasons } = decidePair(features, model);
    if (probability >= model.threshold && probability > (best?.probability ?? 0))
      best = { id: candidate.document.id, probability, reasons };
  }
  return best;
}

/** A text of fewer words is a notice. */
const NOTICE_WORDS = 50;
const SAME_NOTICE = 0.95;
const NEARLY_SAME_TITLE = 0.5;

/**
 * Two notices of one form that differ in a word of text and title are two: "Fire in Harrow Street" and "Fire in
 * Linden Street". To take the one for the other would lose it, and to show a copy costs a line.
 */
function isAnotherNotice(a: PrintedDocument, b: PrintedDocument, features: PairFeatures): boolean {
  const words = [wordsOf(a.print), wordsOf(b.print)];
  if (words.some((count) => count === 0 || count >= NOTICE_WORDS)) return false;
  const { contained, sameTitle, title } = features;
  return contained < SAME_NOTICE && sameTitle === 0 && title >= NEARLY_SAME_TITLE;
}

/** The candidates for a document, each compared with it. */
export function weighCandidates(index: DuplicateIndex, document: PrintedDocument): WeighedCandidate[] {
  const found = index.lookUp(document);
  return found.candidates.map((candidate) => ({
    candidate,
    features: featuresOf(index, document, { candidate, found }),
  }));
}

function featuresOf(
  index: DuplicateIndex,
  document: PrintedDocument,
  { candidate, found }: { readonly candidate: Candidate; readonly found: LookUp },
): PairFeatures {
  const theirs = index.tellingOf(candidate.document.print);
  return pairFeatures(
    { ...document, telling: found.telling },
    { ...candidate.document, telling: theirs },
    candidate.otherGroups,
  );
}
