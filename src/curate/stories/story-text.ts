import type { TextWord } from './text-words.ts';
import { textWords } from './text-words.ts';

/** What is compared of an article: plain texts, when it was published, and its language if that is known (BCP 47). */
export type StoryText = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly atMs: number;
  readonly language: string | null;
};

/** A word of one text: how often it stands there, and whether ever with a small or a capital letter. */
export type CountedWord = { count: number; small: boolean; capital: boolean };

/** A text as counted words. `length` is how many words were read. */
export type CountedText = {
  readonly words: ReadonlyMap<string, CountedWord>;
  readonly all: readonly TextWord[];
  readonly length: number;
};

/** Words beyond these say little of the event and cost much. */
const MOST_WORDS = 300;
/** A title is written to say what the text is about. */
const TITLE_COUNTS = 3;

export function countText({ title, text }: Pick<StoryText, 'title' | 'text'>): CountedText {
  const body = textWords(text, MOST_WORDS);
  // A title made of the text's own beginning says nothing more.
  const headline = body.length > 0 && text.startsWith(title.replace(/…$/, '')) ? [] : textWords(title, MOST_WORDS);
  const words = new Map<string, CountedWord>();
  const count = ({ stem, capital }: TextWord, times: number): void => {
    let word = words.get(stem);
    if (word === undefined) words.set(stem, (word = { count: 0, small: false, capital: false }));
    word.count += times;
    if (capital) word.capital = true;
    else word.small = true;
  };
  for (const word of headline) count(word, body.length === 0 ? 1 : TITLE_COUNTS);
  for (const word of body) count(word, 1);
  return { words, all: [...body, ...headline], length: body.length + headline.length };
}
