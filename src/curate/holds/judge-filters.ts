import type { Article } from '../../model/article.ts';
import type { EntryFilter } from '../../model/rule.ts';
import { firstWords } from '../../support/words.ts';
import { asksForHit, conditionsHold, hitOf, prepareRule, type PreparedRule, type Searchable } from '../match-rules.ts';

/** The filters of one source or topic, made ready for many articles. */
export type PreparedFilters = {
  /** Whose they are, as reasons say it: `the source`, `the topic "World"`. */
  readonly of: string;
  readonly filters: readonly PreparedRule<EntryFilter>[];
};

/** What a filter does to an article, with its name and why it fits. */
export type Filtered = { readonly does: 'drop' | 'hold'; readonly reason: string };

/** Longer names are cut in reasons. */
const MOST_NAME_WORDS = 12;

export function prepareFilters(of: string, filters: readonly EntryFilter[]): PreparedFilters {
  return { of, filters: filters.map(prepareRule) };
}

/** The first filter that fits decides; null when none does. */
export function judgeFilters(article: Article, text: Searchable, { of, filters }: PreparedFilters): Filtered | null {
  for (const [at, filter] of filters.entries()) {
    const why = whyItFits(article, text, filter);
    if (why === null) continue;
    const { does, note } = filter.rule;
    return { does, reason: `${nameOf(note, at)} of ${of} ${does}s it: ${why}` };
  }
  return null;
}

function nameOf(note: string | null, at: number): string {
  const name = note?.replace(/\s+/g, ' ').trim() ?? '';
  return name === '' ? `filter ${at + 1}` : `the filter "${firstWords(name, MOST_NAME_WORDS)}"`;
}

/** Null when it does not fit; else the word that hits, or what it fulfils. */
function whyItFits(article: Article, text: Searchable, filter: PreparedRule<EntryFilter>): string | null {
  const { rule } = filter;
  if (!conditionsHold(article, text, filter)) return null;
  if (rule.maxWords !== null && article.wordCount > rule.maxWords) return null;
  const hit = hitOf(article, text, filter);
  if (hit !== null) return hit;
  return asksForHit(rule) ? null : conditionsInWords(article, rule);
}

function conditionsInWords({ wordCount }: Article, rule: EntryFilter): string {
  const { all, none, language, author, address, minWords, maxWords } = rule;
  const conditions = [
    all.length === 0 ? null : `it has ${quoted(all)}`,
    none.length === 0 ? null : `it has none of ${quoted(none)}`,
    language === null ? null : `it is written in "${language}"`,
    author === null ? null : `its author is "${author}"`,
    address === null ? null : `its address begins with ${address}`,
    minWords === null && maxWords === null ? null : `it is ${wordCount} words long`,
  ].filter((condition) => condition !== null);
  return conditions.length === 0 ? 'it fits every entry' : conditions.join(', ');
}

/** `"a", "b"`, and how many more there are. */
function quoted(words: readonly string[]): string {
  const shown = words.slice(0, 3).map((word) => `"${word}"`);
  return words.length > shown.length ? `${shown.join(', ')} and ${words.length - shown.length} more` : shown.join(', ');
}
