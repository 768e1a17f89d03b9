import { COMMON_WORDS, GRAMMAR_TIERS, TIER_SHARES } from './common-words.ts';
import { digestOfWord } from './text-words.ts';

/** What is known of words before the first document. */
export type Background = {
  /** The common words of a language by their digests, each with the share of texts in which it stands. */
  sharesIn(language: string | null): ReadonlyMap<number, number>;
  /** The language of a text by the words (digests) that hold its sentences together; null where there are none. */
  guessLanguage(words: Int32Array): string | null;
};

/** The language is plain after so many words. */
const ENOUGH_WORDS = 60;
/** Headlines without a word of grammar: most feeds that name no language are English, and in others this does no harm. */
const ASSUMED = 'en';
/** Several forms are compared as one word; still none stands everywhere. */
const MOST_SHARE = 0.9;
const NOTHING: ReadonlyMap<number, number> = new Map();

export function openBackground(): Background {
  const languages = Object.keys(COMMON_WORDS);
  const tables = new Map(languages.map((language) => [language, new Map<number, number>()]));
  /** For each word of grammar the languages (by their places) that have it. */
  const grammar = new Map<number, number[]>();
  for (const [place, language] of languages.entries()) {
    const table = tables.get(language)!;
    for (const [tier, words] of COMMON_WORDS[language]!.entries()) {
      for (const word of words.split(' ').map(digestOfWord)) {
        table.set(word, Math.min(MOST_SHARE, (table.get(word) ?? 0) + TIER_SHARES[tier]!));
        if (tier >= GRAMMAR_TIERS) continue;
        const having = grammar.get(word) ?? [];
        if (!having.includes(place)) grammar.set(word, [...having, place]);
      }
    }
  }
  return {
    sharesIn: (language) => tables.get(primaryTag(language) ?? ASSUMED) ?? NOTHING,
    guessLanguage(words) {
      const hits = new Uint8Array(languages.length);
      let best: number | null = null;
      const end = Math.min(ENOUGH_WORDS, words.length);
      for (let at = 0; at < end; at++) {
        const having = grammar.get(words[at]!);
        if (having === undefined) continue;
        for (let which = 0; which < having.length; which++) hits[having[which]!]!++;
      }
      for (let place = 0; place < hits.length; place++)
        if (hits[place]! > (best === null ? 0 : hits[best]!)) best = place;
      return best === null ? null : languages[best]!;
    },
  };
}

/** `en` of `en-GB`. */
function primaryTag(language: string | null): string | null {
  return language === null ? null : language.toLowerCase().split('-', 1)[0]!;
}
