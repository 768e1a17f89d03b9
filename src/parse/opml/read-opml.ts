import { plainTitle } from '../../support/plain-title.ts';
import { decodeFeed } from '../decode.ts';
import { beginning } from '../limits.ts';
import * as markup from '../markup.ts';
import { textOfLine } from '../plain-text.ts';
import { decodeReferences } from '../references.ts';
import { collectRepairs } from '../repairs.ts';
import { categoryPaths } from './category-paths.ts';
import type { OpmlFeed, OpmlList, OpmlPath, OpmlUnusable } from './opml-list.ts';
import { otherThanOpml } from './other-than-opml.ts';

export const OPML_LIMITS = { maxBytes: 50 * 1024 * 1024, maxFeeds: 100_000 };
/** So many outlines that cannot be used are told one by one. */
const MOST_UNUSABLE = 1000;
/** Folders that lie deeper count to the one above. */
const DEEPEST = 16;
const LONGEST_VALUE = 100_000;
const LONGEST_TITLE = 300;

type Frame = { readonly path: OpmlPath };

type Reader = {
  readonly text: string;
  readonly feeds: OpmlFeed[];
  readonly unusable: OpmlUnusable[];
  unusableCount: number;
  readonly open: Frame[];
  readonly lines: { line: number; end: number };
};

/**
 * Reads a list of feeds in OPML 1 or 2, in any dialect, from its start tags alone: without a root, with bare ampersands and
 * names in any case. Entities that a document declares are not taken. Never throws.
 */
export function readOpml(bytes: Uint8Array, limits = OPML_LIMITS): OpmlList | { readonly fault: string } {
  if (bytes.length > limits.maxBytes) return { fault: `is larger than ${limits.maxBytes / 1024 / 1024} MB; split it` };
  const text = decodeFeed(bytes, null, collectRepairs());
  const reader: Reader = {
    text,
    feeds: [],
    unusable: [],
    unusableCount: 0,
    open: [],
    lines: { line: 1, end: endOfLine(text, 0) },
  };
  for (let open = text.indexOf('<'); open >= 0; open = text.indexOf('<', open)) {
    open = readMark(reader, open);
    if (reader.feeds.length > limits.maxFeeds)
      return { fault: `lists more than ${limits.maxFeeds.toLocaleString('en')} feeds; split it` };
  }
  const { feeds, unusable, unusableCount } = reader;
  if (feeds.length + unusableCount === 0) return { fault: otherThanOpml(text) };
  return { feeds, unusable, unusableCount };
}

/** Reads what begins at a `<`, and tells where to go on. */
function readMark(reader: Reader, open: number): number {
  const { text } = reader;
  const unit = text.charCodeAt(open + 1);
  if (text.startsWith('<!--', open)) return orEnd(markup.endOfComment(text, open), text);
  if (text.startsWith('<![CDATA[', open)) return orEnd(text.indexOf(']]>', open), text);
  if (unit === markup.BANG || unit === markup.QUESTION) return markup.endOfDeclaration(text, open);
  if (unit === markup.SLASH) {
    if (isOutline(text, open + 2)) reader.open.pop();
    return open + 2;
  }
  if (!isOutline(text, open + 1)) return open + 1;
  const tag = markup.readStartTag(text, open);
  readOutline(reader, tag, open);
  return Math.max(tag.end, open + 1);
}

function orEnd(at: number, text: string): number {
  return at < 0 ? text.length : at;
}

/** With a namespace's prefix or without. */
const OUTLINE = /(?:[\w.-]{1,30}:)?outline(?=[\s/>]|$)/iy;

function isOutline(text: string, at: number): boolean {
  OUTLINE.lastIndex = at;
  return OUTLINE.test(text);
}

function readOutline(reader: Reader, tag: markup.StartTag, open: number): void {
  const value = (name: string): string | null => valueOf(tag.attributes, name);
  const above = reader.open.at(-1)?.path ?? [];
  const isLeaf = tag.selfClosed || isFollowedByEnd(reader.text, tag.end);
  const id = value('tributary:id');
  // What we wrote ourselves is a title as it stands; others write HTML there, as OPML 2.0 lets them.
  const title = id === null ? (titleOf(value('text')) ?? titleOf(value('title'))) : value('text');
  // Of the last one of a list that is cut, the address may be half of one.
  const isCut = tag.faults.broken && tag.end >= reader.text.length;
  const url = isCut ? null : feedAddress(value);
  if (url !== null) {
    const paths = [...categoryPaths(value('category') ?? ''), ...(above.length === 0 ? [] : [above])];
    const line = lineOf(reader, open);
    reader.feeds.push({ url, title, paths, line, id, settings: value('tributary:settings') });
  } else if (isLeaf || isCut) {
    reader.unusableCount++;
    const why = isCut ? 'the list ends in the middle of it' : whyUnusable(value);
    if (reader.unusable.length < MOST_UNUSABLE) reader.unusable.push({ line: lineOf(reader, open), name: title, why });
  }
  if (tag.selfClosed) return;
  const isFolder = url === null && title !== null && above.length < DEEPEST;
  reader.open.push({ path: isFolder ? [...above, { title, id }] : above });
}

function isFollowedByEnd(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && at - end < 1000 && markup.isSpace(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === 60 && text.charCodeAt(at + 1) === markup.SLASH && isOutline(text, at + 2);
}

/** An attribute's value; null where there is none, or nothing in it. A name's case is no matter. */
function valueOf(attributes: markup.RawAttributes, name: string): string | null {
  const raw = markup.rawAttribute(attributes, name);
  const value = raw === null ? '' : decodeReferences(beginning(raw, LONGEST_VALUE)).trim();
  return value === '' ? null : value;
}

function titleOf(written: string | null): string | null {
  const title = written === null ? '' : beginning(plainTitle(textOfLine(written)), LONGEST_TITLE).trim();
  return title === '' ? null : title;
}

/** Types of outlines whose `url` is that of a feed: some readers forget what `xmlUrl` is called. */
const FEED_TYPES = /^(?:rss|atom|rdf|feed|jsonfeed)/i;

function feedAddress(value: (name: string) => string | null): string | null {
  const url = value('xmlurl') ?? value('feedurl') ?? (FEED_TYPES.test(value('type') ?? '') ? value('url') : null);
  const plain = url?.replace(/[\p{Cc}\u200b-\u200f\u2060\ufeff]/gu, '').trim();
  return plain === undefined || plain === '' ? null : plain;
}

function whyUnusable(value: (name: string) => string | null): string {
  const [page, link] = [value('htmlurl'), value('url')];
  if (/^include$/i.test(value('type') ?? '')) return 'it includes another list, which is not read; import that one too';
  if (page !== null || link !== null)
    return 'it names a page and no feed (xmlUrl); tributary sources discover finds those of a page';
  return 'it names no feed (xmlUrl)';
}

/** Lines are counted on from the last that was asked for; where the next ends is looked for once. */
function lineOf({ text, lines }: Reader, place: number): number {
  while (lines.end < place) {
    lines.line++;
    lines.end = endOfLine(text, lines.end + 1);
  }
  return lines.line;
}

function endOfLine(text: string, at: number): number {
  return orEnd(text.indexOf('\n', at), text);
}
