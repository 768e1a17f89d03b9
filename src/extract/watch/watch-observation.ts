import { isTag, isText, type ChildNode, type Document, type Element } from 'domhandler';
import type { Entry } from '../../model/feed.ts';
import type { MadeFrom, PageShape } from '../../model/source-watch.ts';
import { canonicalAddress } from '../../support/canonical-address.ts';
import { sha256 } from '../../support/hash.ts';
import { foldedWords, foldWord } from '../../support/words.ts';
import { joinPages } from '../join-pages.ts';
import { linesOf } from '../needs-page.ts';
import { walk } from '../page/page-model.ts';
import { wallOf } from '../page-walls.ts';
import type { PageAnswer } from '../page-wishes.ts';
import { isCommonWord, textLanguage } from './text-language.ts';

/** An article as the watch sees it. What it shares with others is known only beside them. */
export type Observation = {
  readonly shape: Omit<PageShape, 'shared'>;
  /** All its longer lines, of which the shape keeps some. */
  readonly lines: readonly { readonly digest: string; readonly length: number }[];
  /** What it is made from where its page turns out not to be believed; absent where it needs no page of the source's. */
  readonly madeFrom?: MadeFrom;
};

/** Shorter lines may well come twice, in articles that have nothing to do with each other. */
const LEAST_LINE = 30;
/** A shape keeps so many lines: those with the lowest digests, so that a line that many have is kept by many. */
const MOST_LINES = 10;
/** With fewer distinctive words nobody can tell whether a text is about the same thing. */
const FEWEST_DISTINCTIVE = 4;
/** The beginning of what the feed says is enough to compare. */
const MOST_COMPARED = 80;

/**
 * What the pages that were read for an entry look like; null where its own page was not had.
 * @param articleId the ledger's id of it
 */
export function observe(entry: Entry, articleId: string, answers: readonly PageAnswer[]): Observation | null {
  const { reading } = joinPages(answers);
  if (reading === null) return null;
  const { text, tree, image, selected } = reading;
  const lines = text === '' ? [] : text.split('\n');
  const words = foldedWords(text);
  const long = lines
    .filter((line) => line.length >= LEAST_LINE)
    .map((line) => ({ digest: digestOf(withoutNumbers(line)), length: line.length }));
  return {
    shape: {
      article: digestOf(articleId),
      address: digestOf(canonicalAddress(entry.link ?? '')),
      text: text === '' ? null : digestOf(text),
      lines: [...new Set(long.map(({ digest }) => digest))].toSorted().slice(0, MOST_LINES),
      missed: selected === false,
      wall: wallOf(reading),
      words: words.length,
      paragraphs: lines.length,
      hasImage: image !== null,
      agreement: agreementOf(entry, words),
      repeated: repeatedIn(lines),
      refrain: refrainOf(lines),
      steps: hasSteps(tree),
      language: textLanguage(text, words),
    },
    lines: long,
  };
}

/** A short digest: two texts in sixteen million have the same. */
function digestOf(text: string): string {
  return Number.parseInt(sha256(text).slice(0, 6), 16).toString(36);
}

function withoutNumbers(text: string): string {
  return text.replaceAll(/\d+/g, '0');
}

/** Of 100 distinctive words of title and summary, so many stand in the text. */
function agreementOf({ title, summary, content }: Entry, text: readonly string[]): number | null {
  const told = [title ?? '', ...[summary, content].flatMap((one) => (one === null ? [] : linesOf(one)))].join('\n');
  const distinctive = new Set(
    foldedWords(told)
      .slice(0, MOST_COMPARED)
      .filter((word) => isDistinctive(word)),
  );
  if (distinctive.size < FEWEST_DISTINCTIVE) return null;
  return Math.round((100 * distinctive.intersection(new Set(text)).size) / distinctive.size);
}

/** Letters that say something by themselves: two of a script that writes ideas, four of one that writes sounds. */
function isDistinctive(word: string): boolean {
  return word.length >= (/\p{sc=Han}/u.test(word) ? 2 : 4) && !isCommonWord(word);
}

/** Of 100 characters so many stand in sentences that come again. */
function repeatedIn(lines: readonly string[]): number {
  const lengths = new Map<string, { length: number; count: number }>();
  let all = 0;
  for (const line of lines)
    for (const sentence of line.split(/(?<=[.!?。！？…])\s*/u)) {
      if (sentence.length < LEAST_LINE) continue;
      const known = lengths.get(sentence) ?? { length: sentence.length, count: 0 };
      known.count++;
      lengths.set(sentence, known);
      all += sentence.length;
    }
  let again = 0;
  for (const { length, count } of lengths.values()) if (count > 1) again += length * count;
  return all === 0 ? 0 : Math.round((100 * again) / all);
}

/** How many lines end in the same two words, numbers aside: "3 hours ago", "Read more". */
function refrainOf(lines: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const ending = /(\S+)\s+(\S+)\s*$/u.exec(line.slice(-60));
    if (ending === null || !/\p{L}/u.test(`${ending[1]}${ending[2]}`)) continue;
    const key = foldWord(withoutNumbers(`${ending[1]} ${ending[2]}`));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

/** Whether the page has a row of steps 1, 2, 3 that a script takes: none of them leads to an address. */
function hasSteps(tree: Document): boolean {
  let found = false;
  walk(tree, {
    enter: (element) => {
      if (found || element.name === 'script' || element.name === 'style') return false;
      if (stepOf(element) !== '1') return true;
      const next = nextElement(element);
      found = next !== null && stepOf(next) === '2' && stepOf(nextElement(next)) === '3';
      return true;
    },
    leave: () => {},
    text: () => {},
  });
  return found;
}

/** The text of an element that holds nothing else, below any wrappers, and leads nowhere. */
function stepOf(element: Element | null): string | null {
  let inner: ChildNode | null = element;
  while (inner !== null && isTag(inner)) {
    if (inner.attribs['href'] !== undefined || /^(?:td|th|option|sup)$/.test(inner.name)) return null;
    inner = inner.children.length === 1 ? inner.children[0]! : null;
  }
  return inner !== null && isText(inner) ? inner.data.trim() : null;
}

function nextElement(element: Element): Element | null {
  let next = element.next;
  while (next !== null && !isTag(next)) next = next.next;
  return next;
}
