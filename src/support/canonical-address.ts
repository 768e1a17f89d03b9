import { redirectTarget } from './redirectors.ts';
import {
  CHANNEL_NAMES,
  CHANNEL_WORDS,
  MAYBE_SESSION_NAME,
  SESSION_NAME,
  SHAPE_PARAMETERS,
  TRACKING_NAMES,
  TRACKING_PREFIX,
} from './tracking-parameters.ts';

/** Redirectors within redirectors are followed so far. */
const MOST_WRAPPINGS = 5;
const LONGEST = 8192;

/**
 * The address to show and to fetch: absolute, unwrapped from redirectors that hold their target, without tracking and
 * session parameters and without fragment (`#!` routes stay). Host, path and order of parameters are as they were given.
 * Null for everything that is no http or https address, and for one with a user name in it.
 */
export function cleanAddress(address: string, base: string | null = null): string | null {
  const url = unwrapped(address, base);
  if (url === null) return null;
  mendEscapedQuery(url);
  const kept = keptParameters(url);
  url.search = kept.map(({ raw }) => raw).join('&');
  if (!url.hash.startsWith('#!')) url.hash = '';
  return url.href;
}

/**
 * The form of an address by which two are compared: of two that mean the same document, the same string. Always https,
 * without `www.` and its like, without trailing slash, parameters sorted. To compare, not to fetch: cleanAddress is for
 * that. What is no http or https address comes back trimmed.
 */
export function canonicalAddress(address: string, base: string | null = null): string {
  const url = unwrapped(address, base);
  if (url === null) return withoutInvisible(address);
  mendEscapedQuery(url);
  const host = plainHost(url.hostname);
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`;
  const video = videoAddress(host, url);
  if (video !== null) return video;
  const query = keptParameters(url)
    .map(({ name, raw }) => ({ name, raw: plainQuery(raw) }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(({ raw }) => raw)
    .join('&');
  const route = url.hash.startsWith('#!') ? url.hash : '';
  return `https://${host}${port}${plainPath(url.pathname)}${query === '' ? '' : `?${query}`}${route}`;
}

/** Controls, zero-width and bidi characters: never part of an address, often copied with one. */
function withoutInvisible(text: string): string {
  return text
    .slice(0, LONGEST)
    .replace(/[\p{Cc}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .trim();
}

function withoutEntities(text: string): string {
  let plain = text;
  for (let round = 0; round < 3 && /&(?:amp|#38|#x26);/i.test(plain); round++)
    plain = plain.replace(/&(?:amp|#38|#x26);/gi, '&');
  return plain.replace(/&#(?:39|x27);/gi, "'").replace(/&quot;/gi, '"');
}

function unwrapped(address: string, base: string | null): URL | null {
  let url = httpUrl(withoutEntities(withoutInvisible(address)), base);
  for (let steps = 0; url !== null && steps < MOST_WRAPPINGS; steps++) {
    const target = redirectTarget(url);
    const next = target === null ? null : httpUrl(withoutEntities(target), null);
    if (next === null) return url;
    url = next;
  }
  return url;
}

function httpUrl(text: string, base: string | null): URL | null {
  const url = base === null ? URL.parse(text) : URL.parse(text, base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (url.hostname === '') return null;
  url.username = '';
  url.password = '';
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.replace(/\.+$/, '');
  return url;
}

/** A question mark that was escaped with the rest (`/story%3Futm_source=rss`), or an ampersand (`id=4%26utm_source%3Drss`). */
function mendEscapedQuery(url: URL): void {
  const hidden = /%3f(?=[\w.-]+(?:=|%3d))/i.exec(url.pathname);
  if (hidden !== null) {
    const rest = url.pathname
      .slice(hidden.index + 3)
      .replace(/%26/gi, '&')
      .replace(/%3d/gi, '=');
    url.search = [rest, url.search.slice(1)].filter((part) => part !== '').join('&');
    url.pathname = url.pathname.slice(0, hidden.index);
  }
  const escaped = /%26([\w.-]+)%3d/i.exec(url.search);
  if (escaped !== null && isTracking(escaped[1]!.toLowerCase(), '')) url.search = url.search.slice(0, escaped.index);
}

type Parameter = { readonly name: string; readonly raw: string };

function keptParameters(url: URL): Parameter[] {
  const kept: Parameter[] = [];
  for (const raw of url.search.slice(1).split('&')) {
    if (raw === '' || raw === '=') continue;
    const equals = raw.indexOf('=');
    const name = decodedName(equals < 0 ? raw : raw.slice(0, equals));
    const value = equals < 0 ? '' : raw.slice(equals + 1);
    if (!isTracking(name.toLowerCase(), value)) kept.push({ name, raw });
  }
  return kept;
}

function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function isTracking(name: string, value: string): boolean {
  if (TRACKING_NAMES.has(name) || TRACKING_PREFIX.test(name) || SESSION_NAME.test(name)) return true;
  if (MAYBE_SESSION_NAME.test(name) && /^[0-9a-f]{24,}$|^[a-z0-9]{26,}$/i.test(value)) return true;
  if (Object.hasOwn(SHAPE_PARAMETERS, name) && SHAPE_PARAMETERS[name]!.test(value)) return true;
  return CHANNEL_NAMES.has(name) && isChannel(name, value);
}

/** A channel: one of its words is known as one, or a name that leads nowhere else has words alone. */
function isChannel(name: string, value: string): boolean {
  const plain = value.toLowerCase();
  if (plain.split(/[^a-z0-9]+/).some((word) => CHANNEL_WORDS.has(word))) return true;
  if ((name === 'mod' || name === 'tid') && /^[a-z]+(?:_[a-z0-9]+)+$/i.test(value)) return true;
  if (name === 'nl' || name === 'ns') return /^[a-z][a-z_-]{3,}$/i.test(value);
  if (name === 'sh') return /^[0-9a-f]{4,16}$/.test(value);
  return /^twsrc|^latestheadlines|headlines?$/.test(plain);
}

/** Host without the marks of another shape: www, mobile, amp. At least two labels stay, so `www.com` keeps its own. */
function plainHost(hostname: string): string {
  const labels = hostname.split('.');
  if (/^[\d.]+$|[:[]/.test(hostname)) return hostname;
  while (labels.length > 2 && /^(?:www\d?|m|mobile|touch|wap|amp)$/.test(labels[0]!)) labels.shift();
  // The encyclopedias' mobile hosts: en.m.….org.
  if (labels.length > 3 && /^(?:m|mobile|zero)$/.test(labels[1]!) && /^[a-z]{2,3}(?:-[a-z]+)?$/.test(labels[0]!))
    labels.splice(1, 1);
  const plain = labels.join('.');
  return /^(?:old|new|np|i|amp|sh)\.reddit\.com$/.test(plain) ? 'reddit.com' : plain;
}

function plainPath(pathname: string): string {
  let path = plainEscapes(pathname)
    .replace(/;jsessionid=[^/;]*/gi, '')
    .replace(/\/{2,}/g, '/');
  path = path.replace(/\/(?:index|default|home)\.(?:x?html?|shtml|php\d?|aspx?|jsp|cfm)$/i, '/');
  path = path.replace(/^\/amp(?=\/.)/i, '').replace(/(?<=.)\/(?:amp|print|printable|amp\.html?|print\.html?)\/?$/i, '');
  path = path.replace(/\.amp(\.html?)?$/i, '$1').replace(/(?<=[^/])\/+$/, '');
  return path === '' ? '/' : path;
}

/** Escapes in one form (RFC 3986 §6.2.2): unreserved characters bare, others in capitals, composed characters (NFC). */
function plainEscapes(text: string): string {
  return text
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replace(/[a-z]?(?:%[89a-f][0-9a-f])+/gi, composed)
    .replace(/%[0-9a-f]{2}/gi, (escape) => {
      const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
      return /[A-Za-z0-9._~-]/.test(character) ? character : escape.toUpperCase();
    });
}

function composed(run: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(run).normalize('NFC'));
  } catch {
    return run; // Not UTF-8: the escapes stay as they are.
  }
}

function plainQuery(raw: string): string {
  return plainEscapes(raw).replaceAll('%20', '+');
}

/** The ways to write a video's address at YouTube, as one; null for all else. */
function videoAddress(host: string, url: URL): string | null {
  const id =
    host === 'youtu.be'
      ? url.pathname.slice(1).split('/')[0]
      : /^(?:youtube|youtube-nocookie)\.com$/.test(host)
        ? (/^\/(?:embed|shorts|live|v)\/([\w-]{6,})/.exec(url.pathname)?.[1] ??
          (url.pathname === '/watch' ? url.searchParams.get('v') : null))
        : null;
  return id === null || id === undefined || id === '' ? null : `https://youtube.com/watch?v=${encodeURIComponent(id)}`;
}
