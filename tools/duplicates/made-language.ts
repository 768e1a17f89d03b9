// A language that nobody speaks, with the habits of news: few words that come often, many that come seldom, names with
// capitals, numbers, set phrases. What copies share does not depend on what the words mean.
import { openChance, type Chance } from './chance.ts';

/** Words of one sentence in order. Names begin with a capital, numbers with a digit; all else is small. */
export type Sentence = readonly string[];
/** What the texts on one matter have in common. */
export type Matter = {
  readonly words: readonly string[];
  readonly names: readonly string[];
  readonly numbers: readonly string[];
  /** What everybody who writes of it says in the same words. */
  readonly phrases: readonly Sentence[];
  /** How much of it is numbers: a market report has many. */
  readonly numberShare: number;
};

const SYLLABLES = 'ba ke lo mi ru ta ve so na di pe gor lin mar tes ful ran der cho vi sta pre mon hal que'.split(' ');
const vocabularyChance = openChance(20260101);

const madeWord = (least: number, most: number): string =>
  Array.from({ length: vocabularyChance.whole(least, most) }, () => vocabularyChance.pick(SYLLABLES)).join('');
const madeWords = (count: number, least: number, most: number): string[] => {
  const words = new Set<string>();
  while (words.size < count) words.add(madeWord(least, most));
  return [...words];
};
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const FUNCTION_WORDS = madeWords(120, 1, 2);
const COMMON_WORDS = madeWords(4000, 2, 4);
const NAMES = madeWords(2500, 2, 3).map((word) => `${capital(word)}n`);
const PHRASES = Array.from({ length: 150 }, () =>
  Array.from({ length: vocabularyChance.whole(3, 5) }, (_, at) =>
    at % 2 === 0
      ? vocabularyChance.pick(COMMON_WORDS.slice(0, 300))
      : vocabularyChance.pick(FUNCTION_WORDS.slice(0, 40)),
  ),
);
export const PLACES: readonly string[] = madeWords(40, 2, 3).map((word) => capital(`${word}ton`));

/** The first of a list come far more often than the last, as words do (Zipf). */
function often(chance: Chance, words: readonly string[]): string {
  return words[Math.min(words.length - 1, Math.floor(words.length ** chance.next()) - 1)]!;
}

export function madeMatter(chance: Chance, numberShare: number = chance.pick([0.015, 0.03, 0.05, 0.1])): Matter {
  const words = Array.from({ length: 70 }, () => chance.pick(COMMON_WORDS));
  const names = Array.from({ length: chance.whole(3, 12) }, () => chance.pick(NAMES));
  const phrase = (): Sentence =>
    Array.from({ length: chance.whole(3, 8) }, () =>
      chance.is(0.2) ? chance.pick(names) : chance.pick(chance.is(0.5) ? words : FUNCTION_WORDS),
    );
  return {
    words,
    names,
    phrases: Array.from({ length: chance.whole(6, 16) }, phrase),
    numbers: Array.from({ length: chance.whole(4, 14) }, () => madeNumber(chance)),
    numberShare,
  };
}

/** So often a phrase of the matter comes in the place of a word. */
const PHRASE_SHARE = 0.08;

export function madeNumber(chance: Chance): string {
  const size = chance.next();
  if (size < 0.4) return String(chance.whole(2, 99));
  if (size < 0.6) return `${chance.whole(0, 99)}.${chance.whole(0, 99)}`;
  if (size < 0.7) return String(chance.pick([2024, 2025, 2025, 2026, 2026, 2026, 2027]));
  if (size < 0.85) return `${chance.whole(1, 999)},${String(chance.whole(0, 999)).padStart(3, '0')}`;
  return String(chance.whole(100, 999));
}

export function madeSentence(chance: Chance, matter: Matter): Sentence {
  const words: string[] = [];
  const length = chance.whole(9, 30);
  while (words.length < length) {
    const kind = chance.next();
    if (kind < matter.numberShare) words.push(chance.is(0.7) ? chance.pick(matter.numbers) : madeNumber(chance));
    else if (kind < matter.numberShare + 0.09) words.push(...nameIn(chance, matter));
    else if (kind < matter.numberShare + 0.13) words.push(...chance.pick(PHRASES));
    else if (kind < matter.numberShare + 0.13 + PHRASE_SHARE) words.push(...chance.pick(matter.phrases));
    else if (kind < 0.5) words.push(often(chance, FUNCTION_WORDS));
    else words.push(chance.is(0.45) ? chance.pick(matter.words) : often(chance, COMMON_WORDS));
  }
  return words;
}

function nameIn(chance: Chance, matter: Matter): string[] {
  if (chance.is(0.12)) return [chance.pick(NAMES)];
  const name = chance.pick(matter.names);
  return chance.is(0.25) ? [name, chance.pick(matter.names)] : [name];
}

/** A headline: names and words of the matter, mostly. */
export function madeTitle(chance: Chance, matter: Matter): Sentence {
  const title = Array.from({ length: chance.whole(3, 8) }, () =>
    chance.is(0.6) ? chance.pick(matter.words) : chance.pick(FUNCTION_WORDS),
  );
  title.splice(chance.whole(0, 2), 0, chance.pick(matter.names));
  if (chance.is(0.15 + matter.numberShare * 2)) title.push(chance.pick(matter.numbers));
  return title;
}

export function otherName(chance: Chance): string {
  return chance.pick(NAMES);
}

/** What an editor writes in the place of a word. */
export function synonymOf(word: string): string {
  return word.length > 4 ? `${word.slice(0, 2)}${word.slice(2).split('').toReversed().join('')}` : word;
}

export function isName(word: string): boolean {
  return /^[A-Z]/.test(word);
}

export function isNumber(word: string): boolean {
  return /^\d/.test(word);
}

/** The sentence as it is printed. */
export function printed(sentence: Sentence): string {
  return sentence.length === 0 ? '' : `${capital(sentence.join(' '))}.`;
}
