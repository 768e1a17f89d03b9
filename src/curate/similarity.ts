import type { Article } from '../model/article.ts';
import { textOfSanitised } from '../support/html.ts';
import { foldedWords } from '../support/words.ts';

/** How alike texts are by their words: TF-IDF vectors of unit length in an inverted index (Salton and Buckley, 1988). */
export type SimilarityIndex = {
  /** The other documents with any likeness, the likest first, then by id. Likeness is a cosine, 0 to 1. */
  alike(id: string): readonly { readonly id: string; readonly likeness: number }[];
};

export type Document = { readonly id: string; readonly words: readonly string[] };

/** A short word of a script beyond Latin may be a whole one. */
const LAST_LATIN = 0x24f;
/** Words beyond these say little and cost much. */
const MOST_WORDS = 400;
const TITLE_COUNTS = 3;
/** A word that stands in more than this share of the documents does not tell them apart. */
const COMMON = 0.2;

export function documentOf(id: string, article: Article): Document {
  const title = foldedWords(article.title);
  const words = foldedWords(textOfSanitised(article.contentHtml)).slice(0, MOST_WORDS);
  return { id, words: [...Array.from({ length: TITLE_COUNTS }, () => title).flat(), ...words] };
}

export function indexBySimilarity(documents: readonly Document[]): SimilarityIndex {
  const counts = documents.map(({ words }) => countsOf(words));
  const frequency = new Map<string, number>();
  for (const words of counts) for (const word of words.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const tooCommon = Math.max(3, documents.length * COMMON);
  const vectors = counts.map((words) =>
    unitVector(words, (word) => {
      const inDocuments = frequency.get(word)!;
      return inDocuments < 2 || inDocuments > tooCommon ? 0 : Math.log(documents.length / inDocuments);
    }),
  );
  const postings = new Map<string, { readonly at: number; readonly weight: number }[]>();
  vectors.forEach((vector, at) => {
    for (const [word, weight] of vector) {
      const list = postings.get(word);
      if (list === undefined) postings.set(word, [{ at, weight }]);
      else list.push({ at, weight });
    }
  });
  const positions = new Map(documents.map(({ id }, at) => [id, at]));
  return {
    alike(id) {
      const self = positions.get(id);
      if (self === undefined) return [];
      const sums = new Map<number, number>();
      for (const [word, weight] of vectors[self]!) {
        for (const other of postings.get(word)!) sums.set(other.at, (sums.get(other.at) ?? 0) + weight * other.weight);
      }
      sums.delete(self);
      return [...sums]
        .map(([at, likeness]) => ({ id: documents[at]!.id, likeness }))
        .sort((a, b) => b.likeness - a.likeness || (a.id < b.id ? -1 : 1));
    },
  };
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words)
    if (word.length > 2 || word.charCodeAt(0) > LAST_LATIN) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function unitVector(counts: ReadonlyMap<string, number>, rarity: (word: string) => number): Map<string, number> {
  const vector = new Map<string, number>();
  let squares = 0;
  for (const [word, count] of counts) {
    const weight = (1 + Math.log(count)) * rarity(word);
    if (weight === 0) continue;
    vector.set(word, weight);
    squares += weight * weight;
  }
  const length = Math.sqrt(squares) || 1;
  for (const [word, weight] of vector) vector.set(word, weight / length);
  return vector;
}
