import type { Article } from '../model/article.ts';
import type { Source } from '../model/source.ts';
import type { TopicReason } from '../model/story.ts';
import type { Topic, TopicMatch } from '../model/topic.ts';
import { textOfSanitised } from '../support/html.ts';
import { foldedWords, foldWord } from '../support/words.ts';

/** Topics with their rules prepared for matching: words folded once, not once an article. */
export type TopicRules = { readonly topic: Topic; readonly rules: PreparedRules | null };

type Words = { readonly written: string; readonly folded: readonly string[] };
type PreparedRules = {
  readonly match: TopicMatch;
  readonly any: readonly Words[];
  readonly all: readonly Words[];
  readonly none: readonly Words[];
  readonly phrases: readonly Words[];
  readonly categories: readonly Words[];
};

export function prepareTopics(topics: readonly Topic[]): TopicRules[] {
  return topics.map((topic) => ({ topic, rules: topic.match === null ? null : prepare(topic.match) }));
}

function prepare(match: TopicMatch): PreparedRules {
  const fold = (list: readonly string[]): Words[] => list.map((written) => ({ written, folded: foldedWords(written) }));
  const { any, all, none, phrases, categories } = match;
  return {
    match,
    any: fold(any),
    all: fold(all),
    none: fold(none),
    phrases: fold(phrases),
    categories: fold(categories),
  };
}

/** The topics that an article belongs to, in the operator's order, each with its reason in words. */
export function matchTopics(article: Article, source: Source | null, topics: readonly TopicRules[]): TopicReason[] {
  const text = searchable(article);
  return topics.flatMap(({ topic, rules }) => {
    if (source?.topicIds.includes(topic.id) === true) {
      return [{ topicId: topic.id, reason: `everything from ${source.title} belongs here` }];
    }
    const reason = rules === null ? null : reasonFor(article, text, rules);
    return reason === null ? [] : [{ topicId: topic.id, reason }];
  });
}

/** Words of an article as an index: where each folded word stands, so that phrases are found by their first word. */
type Searchable = { readonly words: readonly string[]; readonly places: ReadonlyMap<string, readonly number[]> };

function searchable(article: Article): Searchable {
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

/** Null when the rules do not hold; else the first rule that hits. */
function reasonFor(article: Article, text: Searchable, rules: PreparedRules): string | null {
  const { match } = rules;
  if (!conditionsHold(article, text, rules)) return null;
  const word = rules.any.find((words) => holds(text, words));
  if (word !== undefined) return `it has the word "${word.written}"`;
  const phrase = rules.phrases.find((words) => holds(text, words));
  if (phrase !== undefined) return `it has the phrase "${phrase.written}"`;
  const category = rules.categories.find(({ folded }) => hasCategory(article, folded.join(' ')));
  if (category !== undefined) return `its publisher files it under "${category.written}"`;
  if (match.sources.includes(article.sourceId)) return `it comes from the source "${article.sourceId}"`;
  const choosers = [match.any, match.phrases, match.categories, match.sources];
  return choosers.every((list) => list.length === 0) ? 'it fulfils the topic’s conditions' : null;
}

function conditionsHold(article: Article, text: Searchable, { match, all, none }: PreparedRules): boolean {
  if (!all.every((words) => holds(text, words)) || none.some((words) => holds(text, words))) return false;
  if (match.minWords !== null && article.wordCount < match.minWords) return false;
  if (match.language !== null && !sameLanguage(article.language, match.language)) return false;
  if (match.address !== null && article.link?.startsWith(match.address) !== true) return false;
  if (match.author === null) return true;
  const wanted = foldedWords(match.author).join(' ');
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
