import type { Document, Element } from 'domhandler';
import { escapeHtml } from '../../support/html.ts';
import { walk } from '../page/page-model.ts';
import { parseHtml } from '../page/parse-html.ts';
import { ALLOWED_ATTRIBUTES, VOID } from './allowed-markup.ts';

/** Attributes as they may be written, by element; null: the element is refused, and what it holds stays. */
export type Judged = ReadonlyMap<Element, Readonly<Record<string, string>> | null>;

/** Players and their sources speak for each other: they are judged together or not at all. */
const TOGETHER: ReadonlySet<string> = new Set(['audio', 'video', 'source', 'picture']);
/** Said to be safe or not by their attributes, even if they have none. */
const BY_ATTRIBUTES: ReadonlySet<string> = new Set(['a', 'img']);
/** A name that all parsers read alike. None with another has a meaning in an article. */
const PLAIN_NAME = /^[a-z][a-z0-9-]*$/;
/** No text holds it: XML forbids it, and what XML forbids was taken out. */
const BETWEEN = '\uffff';

/**
 * Shows a sanitiser the start tags of a tree that carry attributes, all in one call, and reads its answers. Bare tags of
 * allowed elements and text, of which it would change nothing, are not shown: the tree is written anew by us. Null where
 * an element is not allowed as it stands, a link stands within a link, or where the answers are not as many as the tags: then all is to be judged.
 */
export function judgeAttributes(tree: Document, judge: (html: string) => string): Judged | null {
  const asked: Element[] = [];
  let isPlain = true;
  let links = 0;
  walk(tree, {
    enter: (node) => {
      const { name, attribs } = node;
      isPlain &&= Object.hasOwn(ALLOWED_ATTRIBUTES, name) && !TOGETHER.has(name);
      if (name === 'a' && ++links > 1) isPlain = false;
      if (isPlain && (BY_ATTRIBUTES.has(name) || hasAny(attribs))) asked.push(node);
      return isPlain;
    },
    leave: ({ name }) => {
      if (name === 'a') links--;
    },
    text: () => {},
  });
  if (!isPlain) return null;
  if (asked.length === 0) return new Map();
  const answers = judge(asked.map(tagOf).join(BETWEEN)).split(BETWEEN);
  if (answers.length !== asked.length) return null;
  return answersOf(asked, answers);
}

function answersOf(asked: readonly Element[], answers: readonly string[]): Judged | null {
  const judged = new Map<Element, Readonly<Record<string, string>> | null>();
  const told = parseHtml(answers.join('')).children as Element[];
  let next = 0;
  for (const [index, node] of asked.entries()) {
    const answer = answers[index] === '' ? null : told[next++];
    if (answer === undefined || (answer !== null && answer.name !== node.name)) return null;
    judged.set(node, answer?.attribs ?? null);
  }
  return next === told.length ? judged : null;
}

function tagOf({ name, attribs }: Element): string {
  let tag = `<${name}`;
  for (const key in attribs) if (PLAIN_NAME.test(key)) tag += ` ${key}="${escapeHtml(attribs[key]!)}"`;
  return VOID.has(name) ? `${tag}>` : `${tag}></${name}>`;
}

function hasAny(attribs: Readonly<Record<string, string>>): boolean {
  for (const _name in attribs) return true;
  return false;
}
