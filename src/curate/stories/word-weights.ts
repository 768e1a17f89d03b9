import { openBackground } from './background.ts';
import { countText, type CountedText, type StoryText } from './story-text.ts';

export type ComparedText = Pick<StoryText, 'title' | 'text' | 'language'>;

/** A text as weights of unit length, the heaviest words first. `length` is how many words were read. */
export type WeighedText = { readonly words: readonly WeighedWord[]; readonly length: number };
export type WeighedWord = { readonly stem: string; readonly weight: number };

/**
 * How much each word says: rare ones more, names more. Learnt from the documents as they come, on top of what the table
 * of common words knows beforehand; old documents are forgotten by halves, so the counts follow the news and stay small.
 */
export type WordWeights = {
  /** Takes note of a document, and weighs its words by what is known by then. */
  learn(document: ComparedText): WeighedText;
  /** Takes note of a document for the weights of others. */
  note(document: ComparedText): void;
  /** Weighs the words of a document that was noted. */
  weigh(document: ComparedText): WeighedText;
  /** How many different words are known. */
  size(): number;
};

/** The table of common words speaks like so many documents. */
const TABLE_DOCUMENTS = 3000;
/** After so many documents all counts are halved, and what stood in one alone is forgotten. */
const DOCUMENTS_REMEMBERED = 50_000;
/** A text is known by its heaviest words; the rest is noise and memory. */
export const MOST_WEIGHED = 80;

/** In how many documents a word stands, and in how many always with a capital or ever without. */
type Seen = { documents: number; capital: number; small: number };
const NEVER: Readonly<Seen> = { documents: 0, capital: 0, small: 0 };

/**
 * @param namesWeigh a word that is always written with a capital weighs so much more than one that never is. Names tell
 * events apart, but say less of what a text is about
 */
export function openWordWeights({ namesWeigh }: { readonly namesWeigh: number }): WordWeights {
  const background = openBackground();
  const seen = new Map<string, Seen>();
  let documents = 0;

  const forgetHalf = (): void => {
    documents >>= 1;
    for (const [stem, known] of seen) {
      known.documents >>= 1;
      known.capital >>= 1;
      known.small >>= 1;
      if (known.documents === 0) seen.delete(stem);
    }
  };

  const note = ({ words }: CountedText): void => {
    if (documents >= DOCUMENTS_REMEMBERED) forgetHalf();
    documents++;
    for (const [stem, { small }] of words) {
      let known = seen.get(stem);
      if (known === undefined) seen.set(stem, (known = { documents: 0, capital: 0, small: 0 }));
      known.documents++;
      if (small) known.small++;
      else known.capital++;
    }
  };

  const weigh = (text: CountedText, language: string | null): WeighedText => {
    const shares = background.sharesIn(language);
    let squares = 0;
    const weighed: { stem: string; weight: number }[] = [];
    for (const [stem, { count, small }] of text.words) {
      const known = seen.get(stem) ?? NEVER;
      const inDocuments = known.documents + (shares.get(stem) ?? 0) * TABLE_DOCUMENTS;
      const rarity = Math.log((documents + TABLE_DOCUMENTS + 1) / (inDocuments + 0.5));
      // Smoothed by one document of each kind; this one's own spelling counts twice.
      const nameLike = (known.capital + (small ? 0 : 1)) / (known.capital + known.small + 2);
      const weight = (1 + Math.log(count)) * Math.max(0, rarity) * (1 + namesWeigh * nameLike);
      squares += weight * weight;
      weighed.push({ stem, weight });
    }
    const length = Math.sqrt(squares) || 1;
    weighed.sort((a, b) => b.weight - a.weight || (a.stem < b.stem ? -1 : 1));
    const kept = weighed.slice(0, MOST_WEIGHED);
    for (const word of kept) word.weight /= length;
    return { words: kept, length: text.length };
  };

  const languageOf = (document: ComparedText, text: CountedText): string | null =>
    document.language ?? background.guessLanguage(text.all);

  return {
    learn(document) {
      const text = countText(document);
      note(text);
      return weigh(text, languageOf(document, text));
    },
    note: (document) => note(countText(document)),
    weigh(document) {
      const text = countText(document);
      return weigh(text, languageOf(document, text));
    },
    size: () => seen.size,
  };
}
