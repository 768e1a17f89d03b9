// Addresses that hold another address within them: redirectors, link checkers, caches, archives. Read without a request.

import { hiddenAddress, mayHideAddress } from './hidden-address.ts';

/** Parameters in which a redirector names its target, the surest first. */
const TARGET_PARAMETERS = [
  'url', 'u', 'q', 'to', 'target', 'ued', 'murl', 'dest', 'destination', 'redirect', 'redirect_url', 'redirecturl',
  'redirect_uri', 'goto', 'link', 'href', 'out', 'r', 'ru', 'urllink', 'lite_url', 'st.link', 'uri', 'd_url', 'finalurl',
  'final_url', 'deeplink', 'dl', 'mpre', 'new', 'address', 'site', 'a', 'l', 'e', 'ref_url', 'p', 'target_url', 'targeturl',
  'clickurl', 'adurl', 'pubref', 'event', 'continue', 'return', 'ulp', 'loc', 'rurl', 'tourl', 'externalurl', 'landing', 'page',
] as const; // prettier-ignore

/** Last part of the path of addresses that do nothing but lead elsewhere. */
const REDIRECTING_PATH =
  /^\/?(?:.*\/)?(?:l\.php|cread\.php|apiclick\.aspx|safety\/go|ck\/a|rover(?:\/.*)?|(?:url|redirect(?:or)?|redir|rd|away|out(?:bound|going|link)?|exit|click(?:s|thru|through|track(?:er)?)?|go(?:to)?|link(?:s|out|er|2|check(?:er)?)?|openlink|followlink|leav(?:e|ing)|extern(?:al)?(?:link)?|offsite|jump|hop|bounce|visit|deref(?:er+er)?|deeplink|track(?:ing)?|linkfilter|transfer|forward|weiterleitung|sinaurl|redirect-(?:link|to)|r|l|c|t|iv|dk)(?:\.\w{2,5})?)\/?$/i;
/** The path of a redirector is short: all that it has to say stands in its parameters. */
const LONGEST_PATH = 200;
/** A path that leads on to the address behind it: `/out/https://…`. */
const LEADING_TO_THE_REST =
  /^\/(?:[\w.-]{1,20}\/){0,2}(?:url|redirect(?:or)?|redir|away|out(?:bound|going|link)?|exit|click|go(?:to)?|link|leav(?:e|ing)|external|jump|visit|deref(?:er+er)?|to)\/(https?(?::|%3a)(?:\/|%2f){1,2}.+)$/i;
/** First label of hosts that do nothing but lead elsewhere. */
const REDIRECTING_HOST =
  /^(?:go|goto|redirect|redir|redirector|click|clicks|clk|links?|out|outgoing|exit|l|lm|away|r|t|track|tracking|trk|deref(?:-\w+)?|slack-redir|href|anonym|nullrefer|leave|jump|safelinks|[a-z0-9]+\.safelinks|prf|tc|ad|clickserve|lnks|url)\./i;
/** Paths at which an address in a parameter is something to act on, not a place to go. */
const ACTION_PATH = /(?:^|\/)(?:share|sharer|sharer\.php|intent|submit|submitlink|login|signin|sign-in|logon|oauth|auth|register|subscribe|validate|check|proxy|oembed|embed|bookmark|bookmarklet|pin|compose|send|dialog|sharearticle|tweet)(?:\/|\.|$)/i; // prettier-ignore

/** The address that this one leads to, if it says so itself; else null. One step; the answer is not yet judged. */
export function redirectTarget(url: URL): string | null {
  return fromPublicCache(url) ?? fromSegments(url) ?? fromPath(url) ?? fromParameters(url) ?? fromWholeQuery(url);
}

/** Hosts that shorten addresses: what stands behind them only they know. */
const SHORTENERS = new Set(
  (
    't.co bit.ly bitly.com j.mp amp.gs tinyurl.com is.gd v.gd ow.ly buff.ly dlvr.it ift.tt trib.al lnkd.in goo.gl fb.me ' +
    'shorturl.at rebrand.ly cutt.ly t.ly rb.gy bl.ink s.id shor.by soo.gd tiny.cc tiny.one u.to clck.ru vk.cc dub.sh ' +
    'spr.ly zpr.io hubs.ly hubs.la mtr.cool flip.it reut.rs nyti.ms bbc.in cnn.it wapo.st on.ft.com on.wsj.com econ.st ' +
    'bloom.bg n.pr a.co amzn.to wp.me x.co db.tt qr.ae snip.ly urlz.fr lc.cx shrtco.de 1drv.ms'
  ).split(' '),
);
/** A path that does nothing but count a visit and lead on: `/out/123`, `/go/the-story`. */
const LEADING_PATH =
  /^\/(?:[a-z]{2,10}\/)?(?:out|go|goto|click|redirect|redir|exit|away|visit|leave|jump|outbound|~r|~3)\/[^/]{1,100}(?:\/[^/]{1,100}){0,3}\/?$/i;
const LEADING_PARAMETERS = /^\?(?:id|i|n|item|post|p|a|k|key|hash|c|s|x|nid|aid)=[\w-]{1,80}$/i;

/** Whether an address only leads elsewhere and does not say where: somebody has to follow it. */
export function keepsItsTarget(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || redirectTarget(url) !== null) return false;
  if (url.pathname.length > 1 && SHORTENERS.has(url.hostname.replace(/^www\./, ''))) return true;
  if (LEADING_PATH.test(url.pathname)) return true;
  return LEADING_PARAMETERS.test(url.search) && REDIRECTING_PATH.test(url.pathname) && url.pathname.length > 2;
}

function fromParameters(url: URL): string | null {
  if (url.search === '' || ACTION_PATH.test(url.pathname)) return null;
  const leads =
    (url.pathname.length < LONGEST_PATH && REDIRECTING_PATH.test(url.pathname)) ||
    (REDIRECTING_HOST.test(url.hostname) && url.pathname.length < 60);
  if (!leads) return null;
  const parameters = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, value);
  }
  for (const name of TARGET_PARAMETERS) {
    const value = parameters.get(name);
    const target = value === undefined ? null : (absolute(value) ?? hiddenAddress(value));
    // A checksum after the address, parted by a colon.
    if (target !== null) return target.replace(/(?<=\/[^?#]*):[\w-]{8,}$/, '');
  }
  for (const value of mayHideAddress(url.search) ? parameters.values() : []) {
    const target = hiddenAddress(value);
    if (target !== null) return target;
  }
  return null;
}

/** Caches of AMP pages, archives of the web, readers without walls: the address is the rest of the path. */
function fromPublicCache(url: URL): string | null {
  const { hostname, pathname, search } = url;
  if (hostname.endsWith('.cdn.ampproject.org')) {
    const found = /^\/(?:[a-z]\/)*(s\/)?([^/]+\.[^/]+.*)$/.exec(pathname);
    return found === null ? null : `http${found[1] === undefined ? '' : 's'}://${found[2]}${search}`;
  }
  const amp = /(?:^|\.)(?:google|bing)\.[a-z.]{2,6}$/.test(hostname)
    ? /^\/amp\/(s\/)?([^/]+\.[^/]+.*)$/.exec(pathname)
    : null;
  if (amp !== null) return `http${amp[1] === undefined ? '' : 's'}://${amp[2]}${search}`;
  const translated = /^(.+)\.translate\.goog$/.exec(hostname);
  if (translated !== null)
    return `https://${translated[1]!.replaceAll('--', '\u0000').replaceAll('-', '.').replaceAll('\u0000', '-')}${pathname}`;
  if (/^webcache\.googleusercontent\.com$/.test(hostname)) {
    const cached = /^cache:(?:[\w-]{8,16}:)?(.+?)(?:\s.*)?$/.exec(url.searchParams.get('q') ?? '');
    return cached === null ? null : absolute(/^https?:/i.test(cached[1]!) ? cached[1]! : `https://${cached[1]!}`);
  }
  return null;
}

/** An address that stands in the path as it is: archives, link checkers that take it whole, Yahoo's `RU=`. */
function fromPath({ hostname, pathname, search }: URL): string | null {
  const ru = /\/RU=([^/]+)(?:\/|$)/.exec(pathname);
  if (ru !== null) return absolute(decoded(ru[1]!));
  const v3 = /^\/v3\/__(https?:\/{1,2}.+?)__;/.exec(pathname);
  if (v3 !== null) return absolute(v3[1]!.replace(/^(https?:)\/+/, '$1//'));
  const archived = /^\/(?:web\/)?(?:\d{4,14}(?:[a-z]{2}_)?|\*|o|newest|latest)\/(https?:\/{1,2}.+)$/i.exec(pathname);
  const whole =
    archived ??
    LEADING_TO_THE_REST.exec(pathname) ??
    (REDIRECTING_HOST.test(hostname) ? /^\/(?:\w+\/)?(https?(?::|%3a)(?:\/|%2f){1,2}.+)$/i.exec(pathname) : null);
  if (whole === null) return null;
  const target = /%3a/i.test(whole[1]!.slice(0, 10)) ? decoded(whole[1]!) : whole[1]!;
  return absolute(`${target.replace(/^(https?:)\/+/i, '$1//')}${search}`);
}

/** A part of the path that is an address: with its slashes escaped, or hidden in base64 or hex. */
function fromSegments({ pathname }: URL): string | null {
  const isHidden = mayHideAddress(pathname);
  if ((!isHidden && !/\/https?(?::|%3a)%2f%2f/i.test(pathname)) || ACTION_PATH.test(pathname)) return null;
  for (const segment of pathname.split('/', 30)) {
    const target = isHidden ? hiddenAddress(decoded(segment)) : absolute(decoded(segment));
    if (target !== null) return target;
  }
  return null;
}

/** An address that is all that stands behind the question mark: `/?https://…`. */
function fromWholeQuery({ pathname, search }: URL): string | null {
  if (!/^\?https?(?::|%3a)/i.test(search)) return null;
  return pathname === '/' || REDIRECTING_PATH.test(pathname) ? absolute(decoded(search.slice(1))) : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The text if it is an http(s) address, also when it was escaped twice; else null. */
function absolute(text: string): string | null {
  const once = /^https?%3a/i.test(text) ? decoded(text) : text;
  return /^https?:\/\/[^/?#\s]/i.test(once) && URL.canParse(once) ? once : null;
}
