// Really Simple Licensing 1.0 (https://rslstandard.org/rsl): terms that a publisher writes for machines, in a feed or
// within a page. Words of its vocabularies are kept as written, in lower case; whoever judges them knows which they are.

/** One licence of several that are offered for the same thing; whoever uses it takes the one that he can keep (§3.1.1). */
export type RslLicence = {
  /** What it is granted for (`all`, `search`, `ai-all` …). Empty: for every use. */
  readonly usesPermitted: readonly string[];
  readonly usesProhibited: readonly string[];
  /** To whom it is granted (`commercial`, `non-commercial` …). Empty: to everybody. */
  readonly usersPermitted: readonly string[];
  readonly usersProhibited: readonly string[];
  /** It holds in some countries alone. */
  readonly isForPlaces: boolean;
  /** How it is paid for (`free`, `attribution`, `purchase` …); `unstated` where it only names a price or an agreement. */
  readonly payment: string;
};

/** What is said of some addresses. */
export type RslTerms = {
  /** A pattern as in robots.txt (RFC 9309 §2.2.3): a path or an address. Null: what the terms stand with. */
  readonly url: string | null;
  /** A licence is to be had there first, even where it costs nothing. */
  readonly server: string | null;
  /** The terms stand in this file, which is not asked for: what they are is not known. */
  readonly file: string | null;
  readonly licences: readonly RslLicence[];
};

/** An element of a document that says RSL, by its local name in lower case, however it was read. */
export type RslNode = {
  readonly name: string;
  readonly attribute: (name: string) => string | null;
  readonly text: () => string;
  readonly children: () => readonly RslNode[];
};

/** Whether a media type is that of RSL. */
export function isRslType(type: string): boolean {
  return /^\s*application\/rsl\+xml\b/i.test(type);
}

const MOST_TERMS = 20;
const MOST_LICENCES = 10;
const MOST_WORDS = 20;
const LONGEST_WORD = 40;
const LONGEST_PATTERN = 500;
/** Elements that are looked at for one document: strangers write these too. */
const MOST_NODES = 2000;
/** Licences within contents within documents: what is nested deeper is none. */
const MOST_DEPTH = 4;

const NO_LICENCE: RslLicence = {
  usesPermitted: [],
  usesProhibited: [],
  usersPermitted: [],
  usersProhibited: [],
  isForPlaces: false,
  payment: 'free',
};

/** The terms among some elements and within them, however they are nested. A licence outside of any content is one of what it stands with. */
export function readRslTerms(nodes: readonly RslNode[]): RslTerms[] {
  const found: RslTerms[] = [];
  const loose: RslLicence[] = [];
  let seen = 0;
  const look = (within: readonly RslNode[], depth: number): void => {
    for (const node of within) {
      if (found.length >= MOST_TERMS || ++seen > MOST_NODES) return;
      if (node.name === 'content') {
        const terms = termsOf(node);
        if (terms !== null) found.push(terms);
      } else if (node.name === 'license') {
        if (loose.length < MOST_LICENCES) loose.push(licenceOf(node));
      } else if (depth < MOST_DEPTH) look(node.children(), depth + 1);
    }
  };
  look(nodes, 0);
  return loose.length === 0 ? found : [...found, { url: null, server: null, file: null, licences: loose }];
}

/** The terms of a content; null where it names no licence and asks for none. */
function termsOf(content: RslNode): RslTerms | null {
  const licences = content
    .children()
    .filter(({ name }) => name === 'license')
    .slice(0, MOST_LICENCES)
    .map(licenceOf);
  const server = short(content.attribute('server'), LONGEST_PATTERN);
  if (licences.length === 0 && server === null) return null;
  return { url: short(content.attribute('url'), LONGEST_PATTERN), server, file: null, licences };
}

function licenceOf(license: RslNode): RslLicence {
  return license
    .children()
    .slice(0, MOST_NODES)
    .reduce((licence, part) => withPart(licence, part), NO_LICENCE);
}

function withPart(licence: RslLicence, part: RslNode): RslLicence {
  if (part.name === 'payment') return { ...licence, payment: paymentOf(part) };
  if (part.name !== 'permits' && part.name !== 'prohibits') return licence;
  const permits = part.name === 'permits';
  // Feeds forget the type of the commonest kind.
  const type = part.attribute('type')?.trim().toLowerCase() ?? 'usage';
  const words = wordsOf(part.text());
  if (words.length === 0) return licence;
  if (type === 'geo') return { ...licence, isForPlaces: true };
  if (type === 'usage')
    return permits
      ? { ...licence, usesPermitted: joined(licence.usesPermitted, words) }
      : { ...licence, usesProhibited: joined(licence.usesProhibited, words) };
  if (type === 'user')
    return permits
      ? { ...licence, usersPermitted: joined(licence.usersPermitted, words) }
      : { ...licence, usersProhibited: joined(licence.usersProhibited, words) };
  return licence;
}

/** §3.7: without a payment, and with one that says nothing at all, it is free. */
function paymentOf(payment: RslNode): string {
  const type = short(payment.attribute('type')?.trim().toLowerCase() ?? null, LONGEST_WORD);
  if (type !== null) return type;
  const asks = payment.children().some(({ name }) => name === 'amount' || name === 'standard' || name === 'custom');
  return asks ? 'unstated' : 'free';
}

/** Lists are separated by white space; drafts of the standard had commas. */
function wordsOf(text: string): string[] {
  return text
    .slice(0, MOST_WORDS * LONGEST_WORD)
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '' && word.length <= LONGEST_WORD)
    .slice(0, MOST_WORDS);
}

function joined(known: readonly string[], words: readonly string[]): readonly string[] {
  return [...new Set([...known, ...words])].slice(0, MOST_WORDS);
}

function short(text: string | null, most: number): string | null {
  return text === null || text === '' || text.length > most ? null : text;
}

/**
 * Of several terms those that speak of an address: the ones with the longest pattern that fits it (RFC 9309 §2.2.2), and
 * those that speak of what they stand with. Where there is no address to compare, all.
 * @param home the address of the document that they stand in, which paths belong to
 */
export function termsFor(terms: readonly RslTerms[], address: string | null, home: string | null): readonly RslTerms[] {
  const url = address === null ? null : URL.parse(address);
  if (url === null) return terms;
  const fitting = terms.filter((one) => one.url !== null && fits(one.url, url, home));
  const longest = Math.max(0, ...fitting.map((one) => one.url!.length));
  return terms.filter((one) => one.url === null || (fitting.includes(one) && one.url.length === longest));
}

function fits(pattern: string, address: URL, home: string | null): boolean {
  const whole = /^https?:\/\/[^/]*/i.exec(pattern)?.[0] ?? null;
  const host =
    whole === null ? (home === null ? null : (URL.parse(home)?.hostname ?? null)) : URL.parse(whole)?.hostname;
  if (host !== null && host !== undefined && bare(host) !== bare(address.hostname)) return false;
  const path = whole === null ? pattern : pattern.slice(whole.length);
  return fitsPath(path === '' ? '/' : path, `${address.pathname}${address.search}`);
}

function bare(hostname: string): string {
  return hostname.replace(/^www\./, '');
}

/** `*` is anything, `$` the end (RFC 9309 §2.2.3). Part after part, without going back: linear in both. */
function fitsPath(pattern: string, path: string): boolean {
  const toEnd = pattern.endsWith('$');
  const parts = (toEnd ? pattern.slice(0, -1) : pattern).split('*');
  const [first = '', ...others] = parts;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of others.entries()) {
    if (toEnd && index === others.length - 1) return path.length - part.length >= at && path.endsWith(part);
    const next = path.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return !toEnd || at === path.length;
}
