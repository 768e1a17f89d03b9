import type { RawAttributes } from './markup.ts';
import { decodeReferences } from './references.ts';

// Names by their namespace's address, whatever prefix a feed chose (Namespaces in XML 1.0). What a feed forgets to
// declare keeps the meaning that its prefix usually has.

/** Our own prefix for each namespace, by address: lower case, without scheme, `www.` and what may stand at its end. */
const PREFIXES: Readonly<Record<string, string>> = {
  __proto__: null as unknown as string,
  'w3.org/2005/atom': 'atom',
  'purl.org/atom/ns': 'atom',
  'purl.org/rss/1.0': 'rss',
  'purl.org/net/rss1.1': 'rss',
  'my.netscape.com/rdf/simple/0.9': 'rss',
  'channel.netscape.com/rdf/simple/0.9': 'rss',
  'my.netscape.com/publish/formats/rss-0.91.dtd': 'rss',
  'purl.org/rss/2.0': 'rss',
  'rssboard.org/rss-specification': 'rss',
  'backend.userland.com/rss': 'rss',
  'backend.userland.com/rss2': 'rss',
  'backend.userland.com/rss091': 'rss',
  'backend.userland.com/rss092': 'rss',
  'backend.userland.com/rss093': 'rss',
  'backend.userland.com/rss094': 'rss',
  'blogs.law.harvard.edu/tech/rss': 'rss',
  'cyber.law.harvard.edu/rss': 'rss',
  'cyber.harvard.edu/rss': 'rss',
  'w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
  'purl.org/dc/elements/1.1': 'dc',
  'purl.org/dc/elements/1.0': 'dc',
  'purl.org/dc/terms': 'dcterms',
  'prismstandard.org/namespaces/basic/2.0': 'prism',
  'prismstandard.org/namespaces/1.2/basic': 'prism',
  'purl.oclc.org/net/rss_2.0/enc': 'enc',
  'webns.net/mvcb': 'admin',
  'purl.org/rss/1.0/modules/content': 'content',
  'purl.org/rss/1.0/modules/syndication': 'sy',
  'itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'search.yahoo.com/mrss': 'media',
  'video.search.yahoo.com/mrss': 'media',
  'tools.search.yahoo.com/mrss': 'media',
  'google.com/schemas/play-podcasts/1.0': 'googleplay',
  'rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'pheedo.com/namespace/pheedo': 'pheedo',
  'backend.userland.com/creativecommonsrssmodule': 'creativecommons',
  'cyber.law.harvard.edu/rss/creativecommonsrssmodule.html': 'creativecommons',
  'web.resource.org/cc': 'cc',
  'creativecommons.org/ns': 'cc',
  'rslstandard.org/rsl': 'rsl',
  'purl.org/atompub/tombstones/1.0': 'at',
  'purl.org/syndication/history/1.0': 'fh',
  'wellformedweb.org/commentapi': 'wfw',
  'w3.org/1999/xhtml': 'xhtml',
  'w3.org/2000/svg': 'svg',
  'w3.org/1998/math/mathml': 'mathml',
  'w3.org/1999/xlink': 'xlink',
  'w3.org/xml/1998/namespace': 'xml',
};

const OWN_PREFIXES = new Set(Object.values(PREFIXES));

/** Declarations that are kept of one element. Feeds need a dozen. */
const MOST_DECLARATIONS = 48;
const MOST_REMEMBERED_NAMES = 512;
/** A namespace's address is not longer where we know it. */
const LONGEST_ADDRESS = 200;

/** What prefixes mean within an element. */
export type Scope = {
  /** Our prefix by the document's; '' is the default namespace. */
  readonly prefixes: ReadonlyMap<string, string>;
  /** Names already resolved in this scope. */
  readonly names: Map<string, string>;
  /** Of the whole document. */
  readonly faults: ScopeFaults;
};

export type ScopeFaults = {
  /** Prefixes that were used without being declared. */
  readonly undeclared: Set<string>;
  /** More was declared than is kept. */
  isCapped: boolean;
};

/** The scope of a document before anything is declared. */
export function outermostScope(): Scope {
  return { prefixes: new Map(), names: new Map(), faults: { undeclared: new Set(), isCapped: false } };
}

/** The scope within an element that carries these attributes; the outer one where they declare nothing. */
export function scopeWithin(outer: Scope, attributes: RawAttributes): Scope {
  let prefixes: Map<string, string> | null = null;
  for (let at = 0; at < attributes.length; at += 2) {
    const name = attributes[at]!;
    if (!isDeclaration(name)) continue;
    prefixes ??= new Map(outer.prefixes);
    const prefix = name.slice(6);
    if (prefixes.size < MOST_DECLARATIONS || prefixes.has(prefix))
      prefixes.set(prefix, ownPrefix(attributes[at + 1]!, prefix));
    else outer.faults.isCapped = true;
  }
  return prefixes === null ? outer : { prefixes, names: new Map(), faults: outer.faults };
}

/** Whether an attribute of this name declares a namespace. */
export function isDeclaration(name: string): boolean {
  return name.startsWith('xmlns') && (name.length === 5 || name.charCodeAt(5) === 58);
}

function ownPrefix(written: string, prefix: string): string {
  const address = decodeReferences(written.slice(0, LONGEST_ADDRESS))
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/[/#]+$/, '');
  if (address === '') return '';
  return PREFIXES[address] ?? (OWN_PREFIXES.has(prefix) ? prefix : prefix === '' ? 'unknown' : `?${prefix}`);
}

/**
 * The namespace whose names go without a prefix in a document, told from its outermost element: its own, or in RDF the
 * default one. A prefix that is not declared stands for itself.
 */
export function homeOf(root: string, scope: Scope): string {
  const colon = root.indexOf(':');
  const prefix = colon < 0 ? '' : root.slice(0, colon).toLowerCase();
  const own = scope.prefixes.get(prefix) ?? prefix;
  if (own !== 'rdf' && own !== 'rss') return own;
  const standard = scope.prefixes.get('') ?? '';
  return standard === 'rdf' ? '' : standard;
}

/**
 * An element's name as we know it: lower case, with our own prefix (`content:encoded`, `atom:link`). Names of RSS, and
 * those of the home namespace or of none, go without.
 */
export function knownName(written: string, scope: Scope, home: string): string {
  const remembered = scope.names.get(written);
  if (remembered !== undefined) return remembered;
  const colon = written.indexOf(':');
  const prefix = colon < 0 ? '' : written.slice(0, colon).toLowerCase();
  const local = written.slice(colon + 1).toLowerCase();
  const declared = scope.prefixes.get(prefix);
  if (declared === undefined && OWN_PREFIXES.has(prefix) && prefix !== 'xml') scope.faults.undeclared.add(prefix);
  const own = declared ?? prefix;
  const isHome = own === '' || own === 'rss' || own === home;
  const name = isHome ? local : `${own}:${local}`;
  if (scope.names.size < MOST_REMEMBERED_NAMES) scope.names.set(written, name);
  return name;
}
