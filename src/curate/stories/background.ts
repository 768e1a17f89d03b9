import { foldWord } from '../../support/words.ts';
import { COMMON_WORDS, GRAMMAR_TIERS, TIER_SHARES } from './common-words.ts';
import { stemOf, type TextWord } from './text-words.ts';

/** What is known of words before the first document. */
export type Background = {
  /** The common stems of a language, each with the share of texts in which it stands. */
  sharesIn(language: string | null): ReadonlyMap<string, number>;
  /** The language of a text by the words that hold its sentences together; null where there are none. */
  guessLanguage(words: readonly TextWord[]): string | null;
};

/** The language is plain after so many words. */
const ENOUGH_WORDS = 60;
/** Headlines without a word of grammar: most feeds that name no language are English, and in others this does no harm. */
const ASSUMED = 'en';
/** Several forms share a stem; still no stem stands everywhere. */
const MOST_SHARE = 0.9;
const NOTHING: ReadonlyMap<string, number> = new Map();

export function openBackground(): Background {
  const tables = new Map<string, ReadonlyMap<string, number>>();
  const grammar = new Map<string, string[]>();
  for (const [language, tiers] of Object.entries(COMMON_WORDS)) {
    const table = new Map<string, number>();
    for (const [tier, words] of tiers.entries()) {
      for (const word of words.split(' ').map(foldWord)) {
        const stem = stemOf(word);
        table.set(stem, Math.min(MOST_SHARE, (table.get(stem) ?? 0) + TIER_SHARES[tier]!));
        if (tier >= GRAMMAR_TIERS) continue;
        const languages = grammar.get(stem) ?? [];
        if (!languages.includes(language)) grammar.set(stem, [...languages, language]);
      }
    }
    tables.set(language, table);
  }
  return {
    sharesIn: (language) => tables.get(primaryTag(language) ?? ASSUMED) ?? NOTHING,
    guessLanguage(words) {
      const hits = new Map<string, number>();
      for (const { stem } of words.slice(0, ENOUGH_WORDS))
        for (const language of grammar.get(stem) ?? []) hits.set(language, (hits.get(language) ?? 0) + 1);
      let best: string | null = null;
      for (const [language, count] of hits) if (best === null || count > hits.get(best)!) best = language;
      return best;
    },
  };
}

/** `en` of `en-GB`. */
function primaryTag(language: string | null): string | null {
  return language === null ? null : language.toLowerCase().split('-', 1)[0]!;
}
