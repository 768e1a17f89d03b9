import { load } from 'cheerio';
import { isTag, type Element } from 'domhandler';
import type { Declaration } from '../../model/article.ts';
import { isRslType, readRslTerms, termsFor, type RslNode, type RslTerms } from '../../model/rsl.ts';
import { creativeCommonsIn } from '../../support/creative-commons.ts';
import { linked, textOf, type JsonObject } from './json-ld.ts';
import type { Metas } from './page-metas.ts';
import { textWithin, type PageModel } from './page-model.ts';
import { robotsWords } from './robots-words.ts';

// What a page declares, for machines, of how its text may be used.

const MOST_LINKS = 20;
const MOST_SCRIPTS = 5;
const LONGEST_SCRIPT = 50_000;

/** The addresses of the licences that the page names, those for people first; and whether they are files of RSL. */
function licenceLinks(page: PageModel, url: string): { readonly url: string; readonly isRsl: boolean }[] {
  const links = page.links
    .filter(({ attribs }) => /(?:^|\s)license(?:\s|$)/i.test(attribs['rel'] ?? ''))
    .slice(0, MOST_LINKS)
    .map(({ attribs }) => ({ href: attribs['href'], isRsl: isRslType(attribs['type'] ?? '') }));
  const inText = page.licences.filter(({ box }) => !isInFigure(page, box)).map(({ node }) => node.attribs['href']);
  const all = [...links, ...inText.map((href) => ({ href, isRsl: false }))].flatMap(({ href, isRsl }) => {
    const address = webAddress(href ?? '', url);
    return address === null ? [] : [{ url: address, isRsl }];
  });
  return [...all.filter(({ isRsl }) => !isRsl), ...all.filter(({ isRsl }) => isRsl)];
}

/** A picture's licence is not the text's. */
function isInFigure({ boxes }: PageModel, box: number): boolean {
  for (let at = box; at >= 0; at = boxes[at]!.parent) if (boxes[at]!.name === 'figure') return true;
  return false;
}

function webAddress(href: string, base: string): string | null {
  const address = href === '' ? null : URL.parse(href, base);
  return address !== null && /^https?:$/.test(address.protocol) ? address.href : null;
}

export type PageTerms = { readonly licence: string | null; readonly declared: readonly Declaration[] };

/**
 * The page's licence, and all that it declares: licences (rel=license, JSON-LD, Dublin Core, in the words of its rights),
 * Really Simple Licensing that stands in it or that it points to, and robots meta elements.
 */
export function pageTerms(
  page: PageModel,
  {
    metas,
    article,
    rights,
    url,
  }: {
    readonly metas: Metas;
    readonly article: JsonObject | undefined;
    readonly rights: string | null;
    readonly url: string;
  },
): PageTerms {
  const links = licenceLinks(page, url);
  const named = [
    ...links.filter(({ isRsl }) => !isRsl).map((link) => link.url),
    ...linked(article?.['license']).map((link) => webAddress(link.url, url)),
    creativeCommonsIn(textOf(article?.['license']) ?? ''),
    creativeCommonsIn(metas.first('dcterms.license', 'dc.license', 'dc.rights', 'dcterms.rights') ?? ''),
    creativeCommonsIn(rights ?? ''),
  ].filter((one) => one !== null);
  const licences = [...new Set(named)];
  const files = links.filter(({ isRsl }) => isRsl).map((link) => link.url);
  return {
    licence: licences[0] ?? files[0] ?? null,
    declared: [
      ...licences.map((licence): Declaration => ({ by: 'page', kind: 'licence', url: licence })),
      ...rslTerms(page, files, url).map((terms): Declaration => ({ by: 'page', kind: 'rsl', terms })),
      ...robotsOf(metas),
    ],
  };
}

function rslTerms(page: PageModel, files: readonly string[], url: string): RslTerms[] {
  const inPage = page.rsl.slice(0, MOST_SCRIPTS).flatMap(termsWithin);
  return [
    ...termsFor(inPage, url, url),
    ...[...new Set(files)].map((file) => ({ url: null, server: null, file, licences: [] })),
  ];
}

/** RSL as it stands in a script (§4.6): XML, tolerantly read. */
function termsWithin(script: string): RslTerms[] {
  if (script.length > LONGEST_SCRIPT) return [];
  const text = script.replace(/^\s*(?:<!--|<!\[CDATA\[)|(?:-->|\]\]>)\s*$/g, '');
  const document = load(text, { xml: true });
  return readRslTerms(document.root().children().toArray().filter(isTag).map(rslNode));
}

function rslNode(element: Element): RslNode {
  return {
    name: element.name.slice(element.name.indexOf(':') + 1).toLowerCase(),
    attribute: (name) => element.attribs[name] ?? null,
    text: () => textWithin(element),
    children: () => element.children.filter(isTag).map(rslNode),
  };
}

/** Robots meta elements for everybody: what is said to one search engine by name is said to it alone. */
function robotsOf(metas: Metas): Declaration[] {
  const told = metas.all('robots').slice(0, MOST_LINKS);
  const words = robotsWords(told.flatMap((content) => content.split(',')));
  return words === null ? [] : [words];
}
