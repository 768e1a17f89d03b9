import type { Article } from '../model/article.ts';
import type { EntryRule } from '../model/rule.ts';
import { textOfSanitised } from '../support/html.ts';
import { foldedWords, foldWord } from '../support/words.ts';

type Words = { readonly written: string; readonly folded: readonly string[] };

/** A rule made ready for many articles: its words are folded once, not once an article. */
export type PreparedRule<Rule extends EntryRule = EntryRule> = {
  readonly rule: Rule;
  readonly any: readonly Words[];
  readonly all: readonly Words[];
  readonly none: readonly Words[];
  readonly phrases: readonly Words[];
  readonly categories: readonly Words[];
};

export function prepareRule<Rule extends EntryRule>(rule: Rule): PreparedRule<Rule> {
  const fold = (list: readonly string[]): Words[] => list.map((written) => ({ written, folded: foldedWords(written) }));
  const { any, all, none, phrases, categories } = rule;
  return {
    rule,
    any: fold(any),
    all: fold(all),
    none: fold(none),
    phrases: fold(phrases),
    categories: fold(categories),
  };
}

/** Words of an article as an index: where each folded word stands, so that phrases are found by their first word. */
export type Searchable = { readonly words: readonly string[]; readonly places: ReadonlyMap<string, readonly number[]> };

export function searchable(article: Article): Searchable {
  const words = foldedWords(`${article.title}\n${article.summary}\n${textOfSanitised(article.contentHtml)}`);
  const places = new Map<string, number[]>();
  words.forEach((word, at) => {
    const known = places.get(word);
    if (known === undefined) places.set(word, [at]);
    else known.push(at);
  });
  return { words, places };
}

function holds({ words, places }: Searchable, { folded }: Words): boolean {
  const [first, ...rest] = folded;
  if (first === undefined) return false;
  return places.get(first)?.some((at) => rest.every((word, offset) => words[at + 1 + offset] === word)) ?? false;
}

/** Which of the words, phrases and categories, one of which is enough, an article has, in words; null: none. */
export function hitOf(article: Article, text: Searchable, rules: PreparedRule): string | null {
  const word = rules.any.find((words) => holds(text, words));
  if (word !== undefined) return `it has the word "${word.written}"`;
  const phrase = rules.phrases.find((words) => holds(text, words));
  if (phrase !== undefined) return `it has the phrase "${phrase.written}"`;
  const category = rules.categories.find(({ folded }) => hasCategory(article, folded.join(' ')));
  return category === undefined ? null : `its publisher files it under "${category.written}"`;
}

/** Whether a rule names words, phrases or categories, one of which an article must have. */
export function asksForHit({ any, phrases, categories }: EntryRule): boolean {
  return any.length + phrases.length + categories.length > 0;
}

/** Whether all that a rule demands besides holds. */
export function conditionsHold(article: Article, text: Searchable, { rule, all, none }: PreparedRule): boolean {
  if (!all.every((words) => holds(text, words)) || none.some((words) => holds(text, words))) return false;
  if (rule.minWords !== null && article.wordCount < rule.minWords) return false;
  if (rule.language !== null && !sameLanguage(article.language, rule.language)) return false;
  if (rule.address !== null && article.link?.startsWith(rule.address) !== true) return false;
  if (rule.author === null) return true;
  const wanted = foldedWords(rule.author).join(' ');
  return article.authors.some(
    ({ name }) => name !== null && ` ${foldedWords(name).join(' ')} `.includes(` ${wanted} `),
  );
}

function hasCategory(article: Article, wanted: string): boolean {
  const categories = article.section === null ? article.categories : [...article.categories, article.section];
  return categories.some((category) => foldedWords(category).join(' ') === wanted);
}

/** `en` covers `en-GB`; `en-GB` is itself alone. */
function sameLanguage(spoken: string | null, wanted: string): boolean {
  if (spoken === null) return false;
  const [a, b] = [foldWord(spoken), foldWord(wanted)];
  return a === b || a.startsWith(`${b}-`);
}
