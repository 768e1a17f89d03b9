import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getDomain, getHostname } from 'tldts';

// Nothing in the product is made for a site that it is measured on: no name of a site in the corpora stands in src/.
// A name may stand there only if this list has it, with the reason why the product must know it.

const root = fileURLToPath(new URL('../../', import.meta.url));
const corpus = join(root, '../shared/corpus');

/** A site, or one host of it: the reason. */
const KNOWN_TO_THE_PRODUCT: Readonly<Record<string, string>> = {
  // Names of vocabularies are addresses. They name no site that is read.
  'w3.org': 'Atom, XHTML and RDF',
  'purl.org': 'Dublin Core and the modules of RSS 1.0',
  'purl.oclc.org': 'enclosures of RSS 1.0',
  'netscape.com': 'RSS 0.90 and 0.91',
  'userland.com': 'RSS 0.9x and 2.0',
  'harvard.edu': 'RSS 2.0 and its module of licences',
  'resource.org': 'the older vocabulary of licences',
  'rssnamespace.org': 'a copy of the vocabulary of podcasts',
  'wellformedweb.org': 'comments in RSS',
  'webns.net': 'generators and error reports in RSS',
  'itunes.com': 'the vocabulary of podcasts',
  'yahoo.com': 'Media RSS',
  'jsonfeed.org': 'versions of JSON Feed',
  'schema.org': 'JSON-LD and microdata',
  'google.com': 'podcasts',
  'creativecommons.org': 'licences are told by their addresses',
  // Redirectors, shorteners and caches, which lead to other sites.
  't.co': 'a shortener',
  'bit.ly': 'a shortener',
  'goo.gl': 'a shortener',
  'amzn.to': 'a shortener',
  'on.ft.com': 'a shortener: nothing stands there but redirects',
  'on.wsj.com': 'a shortener: nothing stands there but redirects',
  'ampproject.org': 'a public cache of pages, whose addresses hold the true one',
  'googleusercontent.com': 'a public cache of pages, whose addresses hold the true one',
  // Players and posts that pages embed: their frames become links.
  'youtube.com': 'films',
  'youtu.be': 'films',
  'youtube-nocookie.com': 'films: the same player under another name',
  'vimeo.com': 'films',
  'dailymotion.com': 'films',
  'spotify.com': 'sounds',
  'apple.com': 'podcasts',
  'twitter.com': 'posts',
  'instagram.com': 'posts',
  'facebook.com': 'posts and films',
  // Others.
  'stock.adobe.com': 'an agency of pictures, as credits name it',
  'reddit.com': 'its old and mobile hosts are one site with it, as addresses are compared',
  'sqlite.org': 'the manual of the database that the product is built on, in a comment',
  'www.com': 'no site that is meant: a name that begins like many, in a comment',
};

/** Names of sites in a text that is written as an address. */
const ADDRESS = /\bhttps?:\/\/[^\s"'<>\\)\]}|,]+/g;
/** A name of a site, as code would hold it: within quotes, an expression or an address. */
const NAME = /(?<![\p{L}\p{N}_@-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,18}(?![\p{L}\p{N}_(-])/giu;
/** Names that documents of all kinds are given as examples, and names that nobody can have. */
const NOBODYS = /(?:^|\.)(?:example|invalid|test|localhost|local)$|^example\.(?:com|org|net)$/;

/** The registrable part of a name; null for an address by number and for what is no public name. */
function siteOfHost(name: string): string | null {
  const site = getDomain(name.toLowerCase(), { allowPrivateDomains: true });
  return site === null || NOBODYS.test(name) || NOBODYS.test(site) ? null : site;
}

function sitesIn(text: string): string[] {
  return (text.match(ADDRESS) ?? []).flatMap((address) => siteOfHost(getHostname(address) ?? '') ?? []);
}

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path))
    .map((path) => join(folder, path));
}

/** Where every site of the corpora comes from: the pages, the feeds' cases, the true sources, the addresses. */
function sitesOfCorpora(): Map<string, string> {
  const sites = new Map<string, string>();
  const add = (from: string, text: string): void => {
    for (const site of sitesIn(text)) sites.set(site, from);
  };
  for (const set of readdirSync(join(corpus, 'articles'))) {
    const path = join(corpus, 'articles', set, 'truth.json');
    if (!existsSync(path)) continue;
    for (const [id, { url }] of Object.entries(
      JSON.parse(readFileSync(path, 'utf8')) as Record<string, { url?: string }>,
    )) {
      add(`articles/${set}`, url ?? '');
      // Some pages are named after their host instead.
      const named = url === undefined ? siteOfHost(id.replace(/\.[^.]*$/, '')) : null;
      if (named !== null) sites.set(named, `articles/${set}`);
    }
  }
  for (const folder of ['feeds', 'source-links', 'stories'])
    for (const path of filesBelow(join(corpus, folder), /\.(?:json|jsonl|xml|rss|atom|rdf)$/))
      add(folder, readFileSync(path, 'utf8').replaceAll('\\/', '/'));
  return sites;
}

/** Code with its expressions written out: `\.` is a dot, and `(?:a|b).com` two names. */
function writtenOut(code: string): string {
  return code
    .replaceAll('\\.', '.')
    .replaceAll(/\((?:\?:)?((?:[\w.-]+\|)+[\w.-]+)\)\.([a-z.]{2,12})/g, (_, names: string, end: string) =>
      names
        .split('|')
        .map((name) => ` ${name}.${end} `)
        .join(''),
    );
}

/** The sites of the corpora that code names, by the host as it stands there. */
function namedIn(code: string, sites: ReadonlyMap<string, string>): { readonly host: string; readonly site: string }[] {
  return [...writtenOut(code).matchAll(NAME)].flatMap(([name]) => {
    const site = siteOfHost(name);
    return site !== null && sites.has(site) ? [{ host: name.toLowerCase(), site }] : [];
  });
}

/** What of the list allows a name; null: nothing does. */
function allowing({ host, site }: { readonly host: string; readonly site: string }): string | null {
  return [site, host].find((name) => Object.hasOwn(KNOWN_TO_THE_PRODUCT, name)) ?? null;
}

function forbiddenIn(code: string, sites: ReadonlyMap<string, string>): string[] {
  const found = namedIn(code, sites).filter((name) => allowing(name) === null);
  return [...new Set(found.map(({ site }) => site))];
}

const isHere = existsSync(corpus);
if (!isHere)
  process.stderr.write('SKIPPED: ../shared/corpus is not here, and no name of its sites can be looked for\n');

(isHere ? describe : describe.skip)('the sites that the product is measured on', () => {
  const sites = isHere ? sitesOfCorpora() : new Map<string, string>();

  test('are many', () => {
    expect(sites.size).toBeGreaterThan(800);
    expect(new Set(sites.values()).size).toBeGreaterThanOrEqual(5);
  });

  const files = filesBelow(join(root, 'src'), /\.(?:ts|json|html|css|svg|js)$/);
  const read = (path: string): string => readFileSync(path, 'utf8');

  test('are named nowhere in src/', () => {
    expect(files.length).toBeGreaterThan(150);
    const found = files.flatMap((path) =>
      forbiddenIn(read(path), sites).map((site) => `${path.slice(root.length)}: ${site}`),
    );
    expect(found).toEqual([]);
  });

  test('are on the list of exceptions only where the product names them', () => {
    const used = new Set(files.flatMap((path) => namedIn(read(path), sites)).map(allowing));
    expect(Object.keys(KNOWN_TO_THE_PRODUCT).filter((name) => !used.has(name))).toEqual([]);
  });

  test('would be found if they were named', () => {
    const [site] = [...sites.keys()].filter((one) => !Object.hasOwn(KNOWN_TO_THE_PRODUCT, one));
    expect(forbiddenIn(`const RULES = { '${site}': '.body' };`, sites)).toEqual([site]);
    expect(forbiddenIn(`/(?:^|\\.)${site!.replaceAll('.', '\\.')}$/.test(host)`, sites)).toEqual([site]);
    const [label, ...end] = site!.split('.');
    expect(forbiddenIn(`/^(?:www|${label})\\.${end.join('\\.')}$/.test(host)`, sites)).toEqual([site]);
    expect(forbiddenIn(`fetch('https://www.${site}/news');`, sites)).toEqual([site]);
  });
});
