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

/** The error for a text without a feed's element. `root`: its first element's name in lower case, if it has one. */
export function notAFeed(text: string, root: string | null, url: string): StageError {
  const error = (code: ErrorCode, detail: string | null): StageError => new StageError(code, { url, detail });
  if (text.trim() === '') return error('feed-empty', null);
  if (isBinary(text)) return error('feed-is-binary', signatureOf(text));
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

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['\u0089PNG', 'a PNG picture'],
  ['‰PNG', 'a PNG picture'],
  ['GIF8', 'a GIF picture'],
  ['%PDF', 'a PDF document'],
  ['PK\u0003\u0004', 'a ZIP archive'],
  ['\u001f‹', 'compressed with gzip once more'],
  ['\u001f\u008b', 'compressed with gzip once more'],
  ['ID3', 'an MP3 file'],
  ['RIFF', 'a RIFF file'],
];

function signatureOf(text: string): string | null {
  return SIGNATURES.find(([start]) => text.startsWith(start))?.[1] ?? null;
}

/** Controls that no text has, or a signature of a file format that has hardly any. */
function isBinary(text: string): boolean {
  const head = text.slice(0, 2000);
  // oxlint-disable-next-line no-control-regex
  const controls = head.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]|\ufffd/g)?.length ?? 0;
  return controls > head.length / 50 || (signatureOf(text) !== null && controls > 0) || text.startsWith('%PDF');
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
