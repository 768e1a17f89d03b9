import type { Article } from '../model/article.ts';
import { inOneGo, type Steps } from '../support/give-way.ts';
import { textOfSanitised } from '../support/html.ts';
import { foldWord, wordSpans } from '../support/words.ts';

/**
 * How alike texts are by their words: TF-IDF vectors of unit length in an inverted index (Salton and Buckley, 1988).
 * All pairs are compared once, when the index is made.
 */
export type SimilarityIndex = {
  /** The other documents of at least `LEAST_LIKENESS`, the likest first, then by id. Likeness is a cosine, 0 to 1. */
  alike(id: string): readonly Alike[];
};

export type Alike = { readonly id: string; readonly likeness: number };

/** A text to be compared, plain. */
export type Document = { readonly id: string; readonly title: string; readonly text: string };

/** Less is chance: most pairs share a few words. */
export const LEAST_LIKENESS = 0.05;
/** A short word of a script beyond Latin may be a whole one. */
const LAST_LATIN = 0x24f;
/** Words are compared by their beginnings: the rest is inflection, in many languages (Frakes, 1992: conflation by truncation). */
const STEM_LETTERS = 5;
/** Words beyond these say little and cost much. */
const MOST_WORDS = 400;
const TITLE_COUNTS = 3;
/** A word that stands in more than this share of the documents, or in so many, does not tell them apart. */
const COMMON = 0.1;
const COMMON_AT_LEAST = 10;
const COMMON_AT_MOST = 400;

/** A document as numbers: its different words, and how often (later: how heavy) each is. */
type Counted = { readonly words: Int32Array; readonly weights: Float64Array };
/** Where a word stands: documents by their places, and its weight in each. */
type Postings = { readonly places: number[]; readonly weights: number[] };

export function documentOf(id: string, article: Article): Document {
  return { id, title: article.title, text: textOfSanitised(article.contentHtml) };
}

export function indexBySimilarity(documents: readonly Document[]): SimilarityIndex {
  return inOneGo(indexInSteps(documents));
}

/** As `indexBySimilarity`, with a pause after each document. */
export function* indexInSteps(documents: readonly Document[]): Steps<SimilarityIndex> {
  const vocabulary = openVocabulary();
  const counted: Counted[] = [];
  for (const document of documents) {
    counted.push(countWords(document, vocabulary));
    yield;
  }
  const frequency = frequencies(counted, vocabulary.size());
  const alike = documents.map((): Alike[] => []);
  const postings: (Postings | undefined)[] = [];
  const sums = new Float64Array(documents.length);
  for (const [place, document] of counted.entries()) {
    weigh(document, frequency, documents.length);
    compareWithEarlier(document, frequency, { postings, sums });
    for (let other = 0; other < place; other++) {
      const likeness = sums[other]!;
      if (likeness < LEAST_LIKENESS) continue;
      alike[place]!.push({ id: documents[other]!.id, likeness });
      alike[other]!.push({ id: documents[place]!.id, likeness });
    }
    sums.fill(0, 0, place);
    addPostings(document, place, { postings, frequency });
    yield;
  }
  for (const list of alike) list.sort((a, b) => b.likeness - a.likeness || (a.id < b.id ? -1 : 1));
  const byId = new Map(documents.map(({ id }, place) => [id, alike[place]!]));
  return { alike: (id) => byId.get(id) ?? [] };
}

/** Gives numbers to words as they are compared: folded, without endings. Each written form is folded once. */
type Vocabulary = { numbersOf(written: string): readonly number[]; size(): number };

function openVocabulary(): Vocabulary {
  const byWritten = new Map<string, readonly number[]>();
  const byStem = new Map<string, number>();
  const numberOf = (stem: string): number => {
    const known = byStem.get(stem) ?? byStem.size;
    byStem.set(stem, known);
    return known;
  };
  const numbersOf = (written: string): readonly number[] => {
    const known = byWritten.get(written);
    if (known !== undefined) return known;
    const parts = foldWord(written).split(/['.-]/);
    const numbers = parts
      .filter((part) => part.length > 2 || part.charCodeAt(0) > LAST_LATIN)
      .map((part) => numberOf(part.slice(0, STEM_LETTERS)));
    byWritten.set(written, numbers);
    return numbers;
  };
  return { numbersOf, size: () => byStem.size };
}

function countWords({ title, text }: Document, vocabulary: Vocabulary): Counted {
  const counts = new Map<number, number>();
  const count = (from: string, most: number, times: number): void => {
    let left = most;
    for (const { start, end } of wordSpans(from)) {
      if (left-- === 0) return;
      for (const word of vocabulary.numbersOf(from.slice(start, end)))
        counts.set(word, (counts.get(word) ?? 0) + times);
    }
  };
  // A title made of the text's own beginning says nothing more.
  if (!text.startsWith(title.replace(/…$/, ''))) count(title, MOST_WORDS, TITLE_COUNTS);
  count(text, MOST_WORDS, 1);
  return { words: Int32Array.from(counts.keys()), weights: Float64Array.from(counts.values()) };
}

/** In how many documents each word stands; 0 for those that stand in too many. */
function frequencies(counted: readonly Counted[], words: number): Int32Array {
  const frequency = new Int32Array(words);
  for (const document of counted) for (const word of document.words) frequency[word]!++;
  const most = Math.min(COMMON_AT_MOST, Math.max(COMMON_AT_LEAST, counted.length * COMMON));
  return frequency.map((documents) => (documents > most ? 0 : documents));
}

/** Turns counts into weights of unit length. A word of this document alone is part of its length: it sets it apart. */
function weigh({ words, weights }: Counted, frequency: Int32Array, documents: number): void {
  let squares = 0;
  for (let at = 0; at < words.length; at++) {
    const inDocuments = frequency[words[at]!]!;
    const weight = inDocuments === 0 ? 0 : (1 + Math.log(weights[at]!)) * Math.log(documents / inDocuments);
    weights[at] = weight;
    squares += weight * weight;
  }
  const length = Math.sqrt(squares) || 1;
  for (let at = 0; at < weights.length; at++) weights[at]! /= length;
}

/** Adds up the likeness to each document that has its postings already. */
function compareWithEarlier(
  { words, weights }: Counted,
  frequency: Int32Array,
  { postings, sums }: { readonly postings: readonly (Postings | undefined)[]; readonly sums: Float64Array },
): void {
  for (let at = 0; at < words.length; at++) {
    if (frequency[words[at]!]! < 2) continue;
    const list = postings[words[at]!];
    if (list === undefined) continue;
    const weight = weights[at]!;
    for (let of = 0; of < list.places.length; of++) sums[list.places[of]!]! += weight * list.weights[of]!;
  }
}

function addPostings(
  { words, weights }: Counted,
  place: number,
  { postings, frequency }: { readonly postings: (Postings | undefined)[]; readonly frequency: Int32Array },
): void {
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (frequency[word]! < 2) continue;
    const list = (postings[word] ??= { places: [], weights: [] });
    list.places.push(place);
    list.weights.push(weights[at]!);
  }
}
