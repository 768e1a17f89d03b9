import { openBackground } from './background.ts';
import { COUNT, FIGURE, languageOf, SMALL, wordsOf, type StoryPrint } from './story-print.ts';
import { longer, openWordNumbers } from './word-numbers.ts';

/**
 * A text as weights: one for each word of its print, in whole steps of 1 / `FULL_WEIGHT`; 0 for a word that is not among
 * the heaviest. All words of the text together have unit length.
 */
export type WeighedText = { readonly digests: Int32Array; readonly weights: Uint16Array };

export const FULL_WEIGHT = 1023;

/**
 * How much each word says: rare ones more, names and figures more. Learnt from the documents as they come, on top of
 * what the table of common words knows beforehand; old documents are forgotten by halves, so the counts follow the news
 * and stay small.
 */
export type WordWeights = {
  /** Takes note of a document, for its own weights and those of others. */
  note(print: StoryPrint): void;
  /** Weighs the words of a document that was noted. */
  weigh(print: StoryPrint): WeighedText;
  /** How many different words are known. */
  size(): number;
};

/** The table of common words speaks like so many documents. */
const TABLE_DOCUMENTS = 3000;
/** After so many documents all counts are halved, and what stood in one alone is forgotten. */
const DOCUMENTS_REMEMBERED = 50_000;
/** A text is known by its heaviest words; the rest is noise and memory. */
const MOST_WEIGHED = 80;
const COUNT_WEIGHS = Float64Array.from({ length: COUNT + 1 }, (_, count) => (count === 0 ? 0 : 1 + Math.log(count)));

/**
 * @param namesWeigh a word that is always written with a capital weighs so much more than one that never is, and a figure
 * in a text as much as a name. Both tell events apart, but say less of what a text is about
 * @param rarity 'full' is TF-IDF as it is known: the logarithm of the inverse share of documents. 'root' is its square
 * root: a word that no other text has counts for less
 */
export function openWordWeights({
  namesWeigh,
  rarity: kind,
}: {
  readonly namesWeigh: number;
  readonly rarity: 'full' | 'root';
}): WordWeights {
  const background = openBackground();
  const words = openWordNumbers();
  /** Two numbers a word: in how many documents it stands, and in how many of these with a small letter. */
  let counts = new Uint16Array(8192);
  let documents = 0;

  const forgetHalf = (): void => {
    documents >>= 1;
    words.keep(
      (word) => counts[2 * word]! > 1,
      (from, to) => {
        counts[2 * to] = counts[2 * from]! >> 1;
        counts[2 * to + 1] = counts[2 * from + 1]! >> 1;
      },
    );
    counts.fill(0, 2 * words.size());
  };

  const note = (print: StoryPrint): void => {
    if (documents >= DOCUMENTS_REMEMBERED) forgetHalf();
    documents++;
    const { digests, marks } = wordsOf(print);
    for (let at = 0; at < digests.length; at++) {
      const place = 2 * words.numberOf(digests[at]!);
      if (place >= counts.length) counts = longer(counts, place + 2);
      counts[place]!++;
      if ((marks[at]! & SMALL) !== 0) counts[place + 1]!++;
    }
  };

  const weigh = (print: StoryPrint): WeighedText => {
    const { digests, marks } = wordsOf(print);
    const shares = background.sharesIn(languageOf(print) ?? background.guessLanguage(digests));
    const all = new Float64Array(digests.length);
    let squares = 0;
    for (let at = 0; at < digests.length; at++) {
      const word = words.find(digests[at]!);
      const known = word === -1 ? 0 : counts[2 * word]!;
      const small = word === -1 ? 0 : counts[2 * word + 1]!;
      const inTable = (shares.get(digests[at]!) ?? 0) * TABLE_DOCUMENTS;
      const logarithm = Math.log((documents + TABLE_DOCUMENTS + 1) / (known + inTable + 0.5));
      const rarity = kind === 'full' ? Math.max(0, logarithm) : Math.sqrt(Math.max(0, logarithm));
      const mark = marks[at]!;
      // Smoothed by one document of each kind; this one's own spelling counts twice.
      const capital = known - small + ((mark & SMALL) === 0 ? 1 : 0);
      const nameLike = (mark & FIGURE) === 0 ? capital / (known + 2) : 1;
      const weight = COUNT_WEIGHS[mark & COUNT]! * rarity * (1 + namesWeigh * nameLike);
      squares += weight * weight;
      all[at] = weight;
    }
    return { digests, weights: heaviest(all, Math.sqrt(squares) || 1) };
  };

  return { note, weigh, size: () => words.size() };
}

/** The weights in steps. Only so many are kept: of those in the last step, the first in the text. */
function heaviest(weights: Float64Array, length: number): Uint16Array {
  const steps = new Uint16Array(weights.length);
  for (let at = 0; at < steps.length; at++) steps[at] = Math.max(1, Math.round((weights[at]! / length) * FULL_WEIGHT));
  if (steps.length <= MOST_WEIGHED) return steps;
  const last = stepOfHeaviest(steps, MOST_WEIGHED);
  let left = MOST_WEIGHED;
  for (let at = 0; at < steps.length; at++) if (steps[at]! > last) left--;
  for (let at = 0; at < steps.length; at++) if (steps[at]! < last || (steps[at] === last && left-- <= 0)) steps[at] = 0;
  return steps;
}

/** What the last of the so many heaviest of a text's words weighs; 0 if there are not so many. */
export function stepOfHeaviest(steps: Uint16Array, most: number): number {
  if (steps.length <= most) return 0;
  // Counted, not sorted: steps are few.
  const counts = new Uint16Array(FULL_WEIGHT + 1);
  for (let at = 0; at < steps.length; at++) counts[steps[at]!]!++;
  let step = FULL_WEIGHT;
  for (let more = most; step > 0; step--) if ((more -= counts[step]!) <= 0) break;
  return step;
}
