import { openBackground } from './background.ts';
import { proofOf } from './shared-words.ts';
import { COUNT, FIGURE, languageOf, SMALL, wordsOf, type StoryPrint } from './story-print.ts';
import { longer, openWordNumbers } from './word-numbers.ts';

/**
 * A text as weights: one for each word of its print, in whole steps of 1 / `FULL_WEIGHT`; 0 for a word that is not among
 * the heaviest. All words of the text together have unit length.
 */
export type WeighedText = { readonly digests: Int32Array; readonly weights: Uint16Array };

export const FULL_WEIGHT = 1023;

/** A text that is asked about: beside each word what it proves if another text has it too (`proofOf`), in steps of 1 / `FULL_PROOF`. */
export type AskedText = WeighedText & { readonly proofs: Uint16Array };

export const FULL_PROOF = 256;

/**
 * How much each word says: rare ones more, names and figures more. Learnt from the documents as they come, on top of
 * what the table of common words knows beforehand; old documents are forgotten by halves, so the counts follow the news
 * and stay small.
 */
export type WordWeights = {
  /** Takes note of a document, for its own weights and those of others. */
  note(print: StoryPrint, as?: Noted): void;
  /** Weighs the words of a document that was noted. */
  weigh(print: StoryPrint): AskedText;
  /** How many documents were news, the table's included. */
  news(): number;
  /** How many different words are known. */
  size(): number;
};

/**
 * What is noted of a document: that it has its words, and that it was news, that is, like nothing before it. Words of one
 * event are many texts' but few news'; what stands in the news day by day is in both.
 */
export type Noted = { readonly text: boolean; readonly news: boolean };

/** The table of common words speaks like so many documents. */
const TABLE_DOCUMENTS = 3000;
/** For what words prove, it gives way sooner: the names of its own region are common in a window that is small. */
const TABLE_NEWS = 50;
/** After so many documents all counts are halved, and what stood in one alone is forgotten. */
const DOCUMENTS_REMEMBERED = 50_000;
/** A text is known by its heaviest words; the rest is noise and memory. */
const MOST_WEIGHED = 80;
/** So many numbers are kept of a word. */
const NUMBERS = 3;
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
  /** Three numbers a word: in how many documents it stands, in how many of these with a small letter, and in how many that were news. */
  let counts = new Uint16Array(8192);
  let documents = 0;
  let news = 0;

  const forgetHalf = (): void => {
    documents >>= 1;
    news >>= 1;
    words.keep(
      (word) => counts[NUMBERS * word]! > 1,
      (from, to) => {
        for (let at = 0; at < NUMBERS; at++) counts[NUMBERS * to + at] = counts[NUMBERS * from + at]! >> 1;
      },
    );
    counts.fill(0, NUMBERS * words.size());
  };

  const note = (print: StoryPrint, as: Noted = { text: true, news: false }): void => {
    if (as.text && documents >= DOCUMENTS_REMEMBERED) forgetHalf();
    const [inText, inNews] = [as.text ? 1 : 0, as.news ? 1 : 0];
    documents += inText;
    news += inNews;
    const { digests, marks } = wordsOf(print);
    for (let at = 0; at < digests.length; at++) {
      const place = NUMBERS * words.numberOf(digests[at]!);
      if (place + NUMBERS > counts.length) counts = longer(counts, place + NUMBERS);
      counts[place]! += inText;
      if ((marks[at]! & SMALL) !== 0) counts[place + 1]! += inText;
      counts[place + 2]! += inNews;
    }
  };

  const weigh = (print: StoryPrint): AskedText => {
    const { digests, marks } = wordsOf(print);
    const shares = background.sharesIn(languageOf(print) ?? background.guessLanguage(digests));
    const all = new Float64Array(digests.length);
    const proofs = new Uint16Array(digests.length);
    let squares = 0;
    for (let at = 0; at < digests.length; at++) {
      const word = words.find(digests[at]!);
      const known = word === -1 ? 0 : counts[NUMBERS * word]!;
      const small = word === -1 ? 0 : counts[NUMBERS * word + 1]!;
      const inNews = word === -1 ? 0 : counts[NUMBERS * word + 2]!;
      const share = shares.get(digests[at]!) ?? 0;
      const inTable = share * TABLE_DOCUMENTS;
      const logarithm = Math.log((documents + TABLE_DOCUMENTS + 1) / (known + inTable + 0.5));
      const rarity = kind === 'full' ? Math.max(0, logarithm) : Math.sqrt(Math.max(0, logarithm));
      const mark = marks[at]!;
      // Smoothed by one document of each kind; this one's own spelling counts twice.
      const capital = known - small + ((mark & SMALL) === 0 ? 1 : 0);
      const nameLike = (mark & FIGURE) === 0 ? capital / (known + 2) : 1;
      const weight = COUNT_WEIGHS[mark & COUNT]! * rarity * (1 + namesWeigh * nameLike);
      squares += weight * weight;
      all[at] = weight;
      proofs[at] = Math.round(FULL_PROOF * proofOf((inNews + share * TABLE_NEWS + 1) / (news + TABLE_NEWS + 2)));
    }
    return { digests, weights: heaviest(all, Math.sqrt(squares) || 1), proofs };
  };

  return { note, weigh, news: () => news + TABLE_NEWS + 2, size: () => words.size() };
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
