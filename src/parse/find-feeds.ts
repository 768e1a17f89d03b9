import { pageAddress } from './addresses.ts';
import { decodeFeed } from './decode.ts';
import * as markup from './markup.ts';
import { textOfHtml, textOfLine } from './plain-text.ts';
import { decodeReferences } from './references.ts';
import { collectRepairs } from './repairs.ts';

/** A document that is said to be a feed, or looks like one. */
export type FeedLink = { readonly url: string; readonly title: string | null };

/** What a page says of feeds. */
export type PageLinks = {
  readonly title: string | null;
  /** Those of its `<link rel=alternate>` elements (HTML §4.6.7.1), in their order. */
  readonly named: readonly FeedLink[];
  /** Where links in its text lead that look like feeds. */
  readonly linked: readonly FeedLink[];
  /** The first WebSub hub that it names. */
  readonly hub: string | null;
};

/** More of a page is not looked through. */
const LOOKED_THROUGH = 2_000_000;
const MOST_LINKS = 40;
const LONGEST_TEXT = 200;
const LONGEST_VALUE = 4000;

const FEED_TYPE = /^(?:application|text)\/(?:(?:rss|atom|rdf|feed)\+(?:xml|json)|x?-?rss|feed\+json)\b/i;
/** Types that feeds share with all kinds of documents: they need another sign. */
const SHARED_TYPE = /^(?:application|text)\/(?:xml|json)\b/i;
const FEED_WORD = /(?:^|[^a-z])(?:rss\d?|atom|rdf|feeds?)(?![a-z])/i;
/** `?format=rss`, `?feed=atom`, `?rss`. */
const FEED_QUERY =
  /[?&](?:feed|[\w-]{0,20}(?:format|type|output|alt))=[^&]{0,20}(?:rss|atom|feed|rdf)|[?&](?:rss|atom|feed)(?:[=&]|$)/i;
const OTHER_FILE = /\.(?:png|jpe?g|gif|svg|webp|ico|css|js|pdf|mp3|mp4|zip)$/i;

type Page = {
  readonly text: string;
  readonly url: string;
  base: string;
  title: string | null;
  readonly named: Map<string, FeedLink>;
  readonly linked: Map<string, FeedLink>;
  hub: string | null;
  /** Names of texts that have no further end. */
  readonly endless: Set<string>;
};

/**
 * The feeds that a page names or links to, absolute, each once. Goes through the markup once, tag by tag: no tree is made,
 * so that nothing is deep. A page that is none gives nothing.
 */
export function findFeeds(
  bytes: Uint8Array,
  { url, contentType }: { readonly url: string; readonly contentType: string | null },
): PageLinks {
  const text = decodeFeed(bytes, contentType, collectRepairs()).slice(0, LOOKED_THROUGH);
  const page: Page = {
    text,
    url,
    base: url,
    title: null,
    named: new Map(),
    linked: new Map(),
    hub: null,
    endless: new Set(),
  };
  for (let open = text.indexOf('<'); open >= 0; open = text.indexOf('<', open)) open = readMark(page, open);
  const { title, hub } = page;
  return { title, named: [...page.named.values()], linked: [...page.linked.values()], hub };
}

/** Elements whose content is text, whatever stands in it (HTML §13.1.2). */
const TEXTS = /^(?:script|style|textarea|title)$/;
const LONGEST_NAME = 12;

/** Reads what begins at a `<`, and tells where to go on. */
function readMark(page: Page, open: number): number {
  const { text } = page;
  if (text.startsWith('<!--', open)) {
    const end = markup.endOfComment(text, open);
    return end < 0 ? text.length : end;
  }
  if (!markup.isNameStart(text.charCodeAt(open + 1))) return open + 1;
  const nameEnd = markup.endOfName(text, open + 1);
  const name = text.slice(open + 1, Math.min(nameEnd, open + LONGEST_NAME)).toLowerCase();
  const isRead = name === 'link' || name === 'a' || name === 'base';
  if (!isRead && !TEXTS.test(name)) return Math.max(markup.endOfTag(text, open), open + 1);
  const tag = markup.readStartTag(text, open);
  const value = (attribute: string): string =>
    decodeReferences((markup.rawAttribute(tag.attributes, attribute) ?? '').slice(0, LONGEST_VALUE)).trim();
  if (name === 'base') page.base = pageAddress(value('href'), page.url) ?? page.base;
  else if (name === 'link') takeLink(page, value, page.base);
  else if (name === 'a')
    takeAnchor(page, { href: value('href'), text: `${value('title')} ${anchorText(text, tag.end)}` });
  const end = TEXTS.test(name) ? endOfText(page, name, tag.end) : tag.end;
  if (name === 'title') page.title ??= line(text.slice(tag.end, end));
  return Math.max(end, open + 1);
}

/** Where the end tag of a text begins; one that has none holds nothing. */
function endOfText(page: Page, name: string, from: number): number {
  if (page.endless.has(name)) return from;
  const pattern = new RegExp(`</${name}`, 'gi');
  pattern.lastIndex = from;
  const end = pattern.exec(page.text)?.index;
  if (end === undefined) page.endless.add(name);
  return end ?? from;
}

function anchorText(text: string, from: number): string {
  const near = text.slice(from, from + LONGEST_TEXT * 2);
  const end = near.search(/<\/?a[\s>]/i);
  // Without what a cut tag leaves.
  return textOfHtml((end < 0 ? near : near.slice(0, end)).replace(/<[^>]*$/, ''));
}

function takeLink(page: Page, value: (attribute: string) => string, base: string): void {
  const rels = value('rel').toLowerCase().split(/\s+/);
  const isHub = rels.includes('hub');
  if (!isHub && !rels.includes('alternate') && !rels.includes('feed')) return;
  const url = pageAddress(value('href'), base);
  if (url === null) return;
  if (isHub) page.hub ??= url;
  const title = line(value('title'));
  if (isFeedLink({ rels, type: value('type'), hints: `${title ?? ''} ${pathOf(url)}` })) keep(page.named, url, title);
}

function isFeedLink(link: {
  readonly rels: readonly string[];
  readonly type: string;
  readonly hints: string;
}): boolean {
  const { rels, type, hints } = link;
  if (rels.includes('stylesheet')) return false;
  if (rels.includes('feed')) return true;
  if (!rels.includes('alternate')) return false;
  return FEED_TYPE.test(type) || (SHARED_TYPE.test(type) && FEED_WORD.test(hints));
}

function takeAnchor({ linked, base }: Page, anchor: { readonly href: string; readonly text: string }): void {
  if (linked.size >= MOST_LINKS || anchor.href === '') return;
  const text = line(anchor.text);
  const isSaid = text !== null && text.length <= 60 && /(?:^|[^a-z])(?:rss|atom|json feed)(?![a-z])/i.test(text);
  // Most links of a page lead to nothing of the kind: they are not made absolute for that.
  if (!isSaid && !/rss|atom|rdf|feed/i.test(anchor.href)) return;
  const written = anchor.href.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'https://');
  const url = pageAddress(written, base);
  if (url === null || !/^https?:/.test(url) || url === base) return;
  const { pathname, search } = URL.parse(url)!;
  const saysSo = written !== anchor.href || isSaid || FEED_WORD.test(pathname) || FEED_QUERY.test(search);
  if (saysSo && !OTHER_FILE.test(pathname)) keep(linked, url, text);
}

/** Path and query: a host may be called `feeds.example`. */
function pathOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? '' : `${parsed.pathname}${parsed.search}`;
}

function keep(links: Map<string, FeedLink>, url: string, title: string | null): void {
  const plain = url.replace(/#.*$/, '');
  if (links.size < MOST_LINKS && !links.has(plain)) links.set(plain, { url: plain, title });
}

function line(text: string): string | null {
  const plain = textOfLine(text.slice(0, LONGEST_TEXT * 2)).slice(0, LONGEST_TEXT);
  return plain === '' ? null : plain;
}

/** Feeds that a Link header names (RFC 8288 §3): `</feed>; rel="alternate"; type="application/rss+xml"`. */
export function feedsInHeader(header: string | null, base: string): FeedLink[] {
  const found = new Map<string, FeedLink>();
  for (const [, target, parameters] of (header ?? '')
    .slice(0, 10_000)
    .matchAll(/<([^<>]{1,2000})>((?:[^<>",]|"[^"]{0,500}")*)/g)) {
    const value = (name: string): string => {
      const [, quoted, plain] =
        new RegExp(`;\\s{0,5}${name}\\s{0,5}=\\s{0,5}(?:"([^"]*)"|([^\\s;,"]+))`, 'i').exec(parameters!) ?? [];
      return (quoted ?? plain ?? '').trim();
    };
    const url = pageAddress(target!, base);
    if (url === null) continue;
    const title = line(value('title'));
    const rels = value('rel').toLowerCase().split(/\s+/);
    if (isFeedLink({ rels, type: value('type'), hints: `${title ?? ''} ${pathOf(url)}` })) keep(found, url, title);
  }
  return [...found.values()];
}
