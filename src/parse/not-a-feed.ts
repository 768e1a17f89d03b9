import { StageError, type ErrorCode } from '../model/errors.ts';
import { pageAddress } from './addresses.ts';
import * as markup from './markup.ts';
import { textOfHtml } from './plain-text.ts';
import { decodeReferences } from './references.ts';

// What a document is that is no feed, so that the operator reads more than "malformed".

/** Enough of a page to tell what it is. */
const LOOKED_AT = 200_000;
const MOST_FEEDS_NAMED = 5;

const BOT_WALL =
  /just a moment\.\.\.|cf-chl|cf_chl|challenge-platform|attention required! \| cloudflare|ddos-guard|are you a robot|are you human|captcha|enable javascript and cookies|access denied|request unsuccessful\. incapsula|verify(?:ing)? (?:that )?you are (?:a )?human/i;
const CONSENT = /consent|gdpr|cookie wall|before you continue|datenschutzeinstellungen|privacy gate/i;
const LOGIN = /sign[ -]?in|log[ -]?in|anmelden|connexion|iniciar sesi|accedi|войти|authenticat/i;

const FEED_TYPES = /^application\/(?:(?:rss|atom|rdf|feed)\+xml|feed\+json)/i;

/** Other documents in XML that are found where a feed was hoped for. */
const OTHER_ROOTS: Readonly<Record<string, string>> = {
  __proto__: null as unknown as string,
  opml: 'an OPML list of feeds',
  urlset: 'a sitemap',
  sitemapindex: 'a list of sitemaps',
  svg: 'an SVG picture',
  error: 'an error message in XML',
  opensearchdescription: 'an OpenSearch description',
  tv: 'a television guide (XMLTV)',
};

const PAGE_ROOTS = new Set([
  'html',
  'head',
  'body',
  'meta',
  'title',
  'script',
  'div',
  'p',
  'h1',
  'table',
  'br',
  'b',
  'link',
]);

/** A document in which no feed was found. `root`: its first element's name in lower case, if it has one. */
export type Feedless = {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly root: string | null;
  readonly url: string;
};

export function notAFeed({ bytes, text, root, url }: Feedless): StageError {
  const error = (code: ErrorCode, detail: string | null): StageError => new StageError(code, { url, detail });
  if (text.trim() === '') return error('feed-empty', null);
  if (isBinary(bytes)) return error('feed-is-binary', signatureOf(bytes));
  const head = text.slice(0, LOOKED_AT);
  if (root !== null && !PAGE_ROOTS.has(root) && !/<!doctype\s+html/i.test(head.slice(0, 500)))
    return error('feed-not-a-feed', OTHER_ROOTS[root] ?? `its outermost element is <${root.slice(0, 40)}>`);
  if (root === null) return error('feed-not-a-feed', `it begins with “${head.trim().slice(0, 40)}”`);
  const title = titleOf(head);
  const named = title === null ? 'it has no title' : `its title is “${title}”`;
  if (BOT_WALL.test(head)) return error('feed-is-bot-wall', named);
  const feeds = feedsOf(head, url);
  if (feeds.length === 0 && (hasPasswordField(head) || LOGIN.test(title ?? '') || CONSENT.test(title ?? '')))
    return error('feed-is-login', named);
  const advertised = feeds.length === 0 ? 'it names no feed' : `it names the feed ${feeds.join(', ')}`;
  return error('feed-is-html', `${named}; ${advertised}`);
}

export function emptyDocument(url: string): StageError {
  return new StageError('feed-empty', { url });
}

export function otherJson(url: string, detail: string): StageError {
  return new StageError('feed-is-json', { url, detail });
}

/** How files of other kinds begin, a unit for each byte. */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ['\u0089PNG', 'a PNG picture'],
  ['\u00ff\u00d8\u00ff', 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
  ['%PDF', 'a PDF document'],
  ['PK\u0003\u0004', 'a ZIP archive'],
  ['\u001f\u008b', 'compressed with gzip once more'],
  ['ID3', 'an MP3 file'],
  ['RIFF', 'a RIFF file'],
];

function signatureOf(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 8));
  return SIGNATURES.find(([start]) => head.startsWith(start))?.[1] ?? null;
}

/** Whether bytes have controls that no text has. Text in UTF-16 or UTF-32, full of zeros, is told by its beginning. */
function isBinary(bytes: Uint8Array): boolean {
  const [a, b] = bytes;
  const isWide =
    (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || (a === 0x3c && b === 0) || (a === 0 && b === 0x3c);
  if (isWide) return false;
  if (signatureOf(bytes)?.includes('PDF') === true) return true;
  const head = bytes.subarray(0, 2000);
  const controls = head.filter((byte) => byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32)).length;
  return controls > head.length / 50;
}

function titleOf(html: string): string | null {
  const start = /<title[^<>]{0,200}>/i.exec(html);
  if (start === null) return null;
  const from = start.index + start[0].length;
  const end = html.indexOf('</', from);
  const title = textOfHtml(html.slice(from, Math.min(end < 0 ? html.length : end, from + 300)));
  return title === '' ? null : title.slice(0, 100);
}

function hasPasswordField(html: string): boolean {
  return /<input[^<>]{0,300}type\s*=\s*["']?password/i.test(html);
}

/** The feeds that a page advertises by `<link rel="alternate">`, absolute. */
function feedsOf(html: string, url: string): string[] {
  const feeds = new Set<string>();
  for (const { index } of html.matchAll(/<link[\s/]/gi)) {
    const { attributes } = markup.readStartTag(html, index);
    const value = (name: string): string => decodeReferences(markup.rawAttribute(attributes, name) ?? '');
    if (!/\balternate\b/i.test(value('rel')) || !FEED_TYPES.test(value('type').trim())) continue;
    const address = pageAddress(value('href'), URL.canParse(url) ? url : null);
    if (address !== null) feeds.add(address);
    if (feeds.size === MOST_FEEDS_NAMED) break;
  }
  return [...feeds];
}
