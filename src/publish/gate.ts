import type { Edition } from '../model/edition.ts';
import { StageError } from '../model/errors.ts';
import { publicAddress } from '../support/public-address.ts';
import { differenceOfJson } from './compare-json.ts';
import { differenceOfXml } from './compare-xml.ts';
import { excerptOf } from './excerpt-of.ts';
import { ATOM_NAMESPACES, meantAtom } from './meant-atom.ts';
import { meantJson, type Json } from './meant-json.ts';
import { meantRss, RSS_NAMESPACES } from './meant-rss.ts';
import { pageFault, type MeantPage } from './page-fault.ts';
import { readXml } from './read-xml.ts';
import { Refusal } from './refusal.ts';
import { writeXml } from './write-xml.ts';

/** A rendered feed, and where it is to lie under output/. */
export type FeedDocument = {
  readonly path: string;
  readonly text: string;
  readonly format: 'atom' | 'rss' | 'json';
};

/** A rendered file of another kind. */
export type OtherDocument = { readonly path: string; readonly text: string };

/**
 * Lets a feed through only if it says what the edition says, all of it and nothing besides, in the one way in which our
 * documents are written. It is parsed strictly, by another library than ours, and compared with what was meant, which is
 * worked out here and not by the renderer. Throws StageError `gate-refused`, which names the first difference.
 */
export function gate(document: FeedDocument, edition: Edition): void {
  refuseFor(document.path, editionFault(edition) ?? feedFault(document, edition));
}

/** Lets an HTML page through if it parses, runs nothing, has the title and links to everything it has to link to. */
export function gatePage(document: OtherDocument, meant: MeantPage): void {
  const fault = faultOf(() => pageFault(document.text, meant));
  refuseFor(document.path, fault);
}

/** Lets any other XML (OPML, sitemap) through if it is well-formed and has that root and that namespace. */
export function gateXml(document: OtherDocument, meant: { readonly root: string; readonly namespace: string }): void {
  const fault = faultOf(() => {
    const root = readXml(document.text, { '': meant.namespace });
    if (root.name !== meant.root) return `the root is <${root.name}>, not <${meant.root}>`;
    const written = writeXml(root);
    return written === document.text ? null : `written otherwise: ${excerptOf(document.text, written)}`;
  });
  refuseFor(document.path, fault);
}

function refuseFor(path: string, fault: string | null): void {
  if (fault !== null) throw new StageError('gate-refused', { url: path, detail: `${path}: ${fault}` });
}

/** What no feed may be made of, in any format. */
function editionFault({ entries, link, feedLinks }: Edition): string | null {
  const own = [link, ...Object.values(feedLinks), ...entries.map(({ url }) => url)];
  const relative = own.find((address) => publicAddress(address) === null);
  if (relative !== undefined) return `"${relative}" is no address that a feed may give`;
  const ids = new Set<string>();
  for (const { id, title, contentHtml } of entries) {
    if (id === '' || title === '' || contentHtml === '') return `the entry "${id}" lacks an id, a title or a text`;
    if (ids.has(id)) return `the id ${id} occurs twice`;
    ids.add(id);
  }
  return null;
}

function feedFault({ text, format }: FeedDocument, edition: Edition): string | null {
  return faultOf(() => {
    if (format === 'json') return jsonFault(text, meantJson(edition));
    if (format === 'rss') return xmlFault(text, meantRss(edition), RSS_NAMESPACES);
    return xmlFault(text, meantAtom(edition), ATOM_NAMESPACES);
  });
}

function xmlFault(
  text: string,
  meant: ReturnType<typeof meantAtom>,
  namespaces: Readonly<Record<string, string>>,
): string | null {
  const difference = differenceOfXml(readXml(text, namespaces), meant);
  if (difference !== null) return difference;
  const written = writeXml(meant);
  return written === text ? null : `written otherwise: ${excerptOf(text, written)}`;
}

function jsonFault(text: string, meant: Json): string | null {
  const difference = differenceOfJson(parsed(text), meant);
  if (difference !== null) return difference;
  const written = `${JSON.stringify(meant, null, 4).replaceAll('<', '\\u003c')}\n`;
  return written === text ? null : `written otherwise: ${excerptOf(text, written)}`;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Refusal((error as SyntaxError).message);
  }
}

function faultOf(look: () => string | null): string | null {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.message;
  }
}
