import { Parser } from 'htmlparser2';
import { pageAddress } from './addresses.ts';
import { decodeFeed } from './decode.ts';
import { textOfLine } from './plain-text.ts';
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

const FEED_TYPE = /^(?:application|text)\/(?:(?:rss|atom|rdf|feed)\+(?:xml|json)|x?-?rss|feed\+json)\b/i;
/** Types that feeds share with all kinds of documents: they need another sign. */
const SHARED_TYPE = /^(?:application|text)\/(?:xml|json)\b/i;
const FEED_WORD = /(?:^|[^a-z])(?:rss\d?|atom|rdf|feeds?)(?![a-z])/i;
/** Links that share or subscribe elsewhere, and files of other kinds. */
const OTHER_FILE = /\.(?:png|jpe?g|gif|svg|webp|ico|css|js|pdf|mp3|mp4|zip)$/i;

type Collected = { title: string; named: Map<string, FeedLink>; linked: Map<string, FeedLink>; hub: string | null };

/**
 * The feeds that a page names or links to, absolute, each once. Goes through the markup once; a page that is none gives
 * nothing.
 */
export function findFeeds(
  bytes: Uint8Array,
  { url, contentType }: { readonly url: string; readonly contentType: string | null },
): PageLinks {
  const text = decodeFeed(bytes, contentType, collectRepairs()).slice(0, LOOKED_THROUGH);
  const found: Collected = { title: '', named: new Map(), linked: new Map(), hub: null };
  const at = { base: url, inTitle: false, anchor: null as { href: string; text: string } | null };
  const endAnchor = (): void => {
    if (at.anchor !== null) takeAnchor(found, at.anchor, at.base);
    at.anchor = null;
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'base') at.base = pageAddress(attributes['href'] ?? '', url) ?? at.base;
      else if (name === 'link') takeLink(found, attributes, at.base);
      else if (name === 'title') at.inTitle = found.title === '';
      else if (name === 'a') {
        endAnchor();
        const { href, title = '' } = attributes;
        if (href !== undefined) at.anchor = { href, text: title };
      }
    },
    ontext(data) {
      if (at.inTitle && found.title.length < LONGEST_TEXT) found.title += data;
      if (at.anchor !== null && at.anchor.text.length < LONGEST_TEXT) at.anchor.text += ` ${data}`;
    },
    onclosetag(name) {
      if (name === 'title') at.inTitle = false;
      else if (name === 'a') endAnchor();
    },
  });
  parser.end(text);
  endAnchor();
  const title = line(found.title);
  return { title, named: [...found.named.values()], linked: [...found.linked.values()], hub: found.hub };
}

function takeLink(found: Collected, attributes: Readonly<Record<string, string>>, base: string): void {
  const rels = (attributes['rel'] ?? '').toLowerCase().split(/\s+/);
  const url = pageAddress(attributes['href'] ?? '', base);
  if (url === null) return;
  if (rels.includes('hub')) found.hub ??= url;
  const type = (attributes['type'] ?? '').trim();
  const title = line(attributes['title'] ?? '');
  if (isFeedLink({ rels, type, hints: `${title ?? ''} ${pathOf(url)}` })) keep(found.named, url, title);
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

function takeAnchor(found: Collected, anchor: { readonly href: string; readonly text: string }, base: string): void {
  const written = anchor.href
    .trim()
    .replace(/^feed:(?:\/\/)?(?=https?:)/i, '')
    .replace(/^feed:\/\//i, 'https://');
  const url = pageAddress(written, base);
  if (url === null || !/^https?:/.test(url) || url === base) return;
  const text = line(anchor.text);
  const isSaid = text !== null && text.length <= 60 && /(?:^|[^a-z])(?:rss|atom|json feed)(?![a-z])/i.test(text);
  const saysSo = written !== anchor.href.trim() || isSaid || FEED_WORD.test(pathOf(url));
  if (saysSo && !OTHER_FILE.test(URL.parse(url)!.pathname)) keep(found.linked, url, text);
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
