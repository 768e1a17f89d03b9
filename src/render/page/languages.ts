import { languageTag } from '../../support/language-tag.ts';

const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg', 'Mand', 'Samr']);

/** The direction in which a language is written; `auto`, which leaves it to the text, when the language is not known. */
export function directionOf(language: string | null): 'ltr' | 'rtl' | 'auto' {
  const script = localeOf(language)?.maximize().script;
  if (script === undefined) return 'auto';
  return RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr';
}

/** Whether two tags name one language, whatever the region: `en-GB` is no other language than `en`. */
export function sameLanguage(one: string, other: string): boolean {
  return localeOf(one)?.language === localeOf(other)?.language;
}

/** What a language is called in another, "Arabic"; null when it has no name there. */
export function languageName(tag: string, inLanguage: string): string | null {
  const names = new Intl.DisplayNames(inLanguage, { type: 'language', fallback: 'none' });
  return names.of(tag) ?? null;
}

function localeOf(told: string | null): Intl.Locale | null {
  const tag = languageTag(told);
  return tag === null ? null : new Intl.Locale(tag);
}
