import { recogniseFormat } from '../format.ts';

/** What a document is in which no outline was found, as the end of a sentence that begins with its name. */
export function otherThanOpml(text: string): string {
  if (text.trim() === '') return 'is empty';
  if (/<(?:[\w.-]{1,30}:)?opml[\s>]/i.test(text.slice(0, 10_000))) return 'is an OPML list without a single feed';
  const recognised = recogniseFormat(text);
  if (recognised.kind === 'xml') return 'is a feed and no list of feeds; tributary sources add takes its address';
  if (recognised.kind === 'json') return 'is JSON and no OPML list';
  if (recognised.root === null) return `is no OPML list: it begins with “${text.trim().slice(0, 40)}”`;
  if (recognised.root === 'html') return 'is a web page and no OPML list; tributary sources discover finds its feeds';
  return `is no OPML list: its outermost element is <${recognised.root.slice(0, 40)}>`;
}
