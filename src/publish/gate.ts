import type { Edition, EditionEntry } from '../model/edition.ts';
import { StageError } from '../model/errors.ts';
import { wholeText, type FeedParts } from '../model/feed-parts.ts';
import { publicAddress } from '../support/public-address.ts';
import { excerptOf } from './excerpt-of.ts';
import { FEED_KINDS, type FeedKind } from './feed-kinds.ts';
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

/** A rendered feed in parts, and where it is to lie under output/. */
export type FeedInParts = Omit<FeedDocument, 'text'> & { readonly parts: FeedParts };

/**
 * Lets a feed through only if it says what the edition says, all of it and nothing besides, in the one way in which our
 * documents are written. It is parsed strictly, by another library than ours, and compared with what was meant, which is
 * worked out here and not by the renderer. Throws StageError `gate-refused`, which names the first difference.
 */
export function gate({ path, text, format }: FeedDocument, edition: Edition): void {
  refuseFor(path, editionFault(edition));
  letThrough({ path, text, format }, edition);
}

/** Gives the entries of the document, each as it stands in it. */
function letThrough({ path, text, format }: FeedDocument, edition: Edition): readonly string[] {
  const meant = FEED_KINDS[format].meant(edition, edition.entries);
  const written = meant.written();
  const fault = faultOf(() => meant.misread(text)) ?? writtenOtherwise(text, wholeText(meant.around(written)));
  refuseFor(path, fault);
  return written;
}

function writtenOtherwise(text: string, written: string): string | null {
  return written === text ? null : `written otherwise: ${excerptOf(text, written)}`;
}

/** Gives the text of a feed, if it is as the gate would have it. */
export type Gate = (document: FeedInParts, edition: Edition) => string;

/**
 * Opens a gate that remembers how entries were written which it has found right. In a document they are compared with
 * that, and read no more; everything else is read and compared anew. An entry and an edition are known by their objects,
 * which nobody changes.
 */
export function openGate(): Gate {
  const found = { atom: new WeakMap(), rss: new WeakMap(), json: new WeakMap() } satisfies Found;
  const faults = new WeakMap<Edition, string | null>();
  // It is asked of the documents of all formats.
  const faultOfEdition = (edition: Edition): string | null => {
    const known = faults.get(edition);
    if (known !== undefined) return known;
    const fault = editionFault(edition);
    faults.set(edition, fault);
    return fault;
  };
  return ({ path, parts, format }, edition) => {
    const text = wholeText(parts);
    refuseFor(path, faultOfEdition(edition));
    const known = found[format];
    const written = isRight(parts, edition, FEED_KINDS[format], known)
      ? parts.entries
      : letThrough({ path, text, format }, edition);
    edition.entries.forEach((entry, index) => {
      // A right document may have been cut in other places.
      const part = parts.entries[index];
      if (part !== undefined && part === written[index] && !known.has(entry)) known.set(entry, part);
    });
    return text;
  };
}

type Found = Readonly<Record<FeedDocument['format'], WeakMap<EditionEntry, string>>>;

/**
 * Whether all known entries of a document stand in it as they were found right, all else is written as it was meant, and
 * the document without the known entries reads as it was meant. Each text has one meaning: parts that are right by
 * themselves say the same beside others.
 */
function isRight(parts: FeedParts, edition: Edition, kind: FeedKind, found: WeakMap<EditionEntry, string>): boolean {
  const { entries } = edition;
  if (parts.entries.length !== entries.length) return false;
  const known = entries.map((entry) => found.get(entry));
  const isFresh = (_of: unknown, index: number): boolean => known[index] === undefined;
  const fresh = entries.filter(isFresh);
  if (fresh.length === entries.length) return false;
  const meant = kind.meant(edition, fresh);
  const written = meant.written().values();
  const whole = meant.around(known.map((text) => text ?? written.next().value!));
  if (parts.before !== whole.before || parts.between !== whole.between || parts.after !== whole.after) return false;
  if (whole.entries.some((text, index) => text !== parts.entries[index])) return false;
  const freshAlone = fresh.length === 0 ? meant.around([]) : { ...whole, entries: parts.entries.filter(isFresh) };
  return faultOf(() => meant.misread(wholeText(freshAlone))) === null;
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
function editionFault({ entries, link, feedLinks, stylesheet, hub, paging, deleted }: Edition): string | null {
  const pages = [paging.previous, paging.next, paging.current].flatMap((page) => Object.values(page ?? {}));
  const told = hub === null ? [] : [hub];
  const own = [link, stylesheet, ...told, ...Object.values(feedLinks), ...pages, ...entries.map(({ url }) => url)];
  const relative = own.find((address) => publicAddress(address) === null);
  if (relative !== undefined) return `"${relative}" is no address that a feed may give`;
  const ids = new Set<string>();
  for (const { id, title, contentHtml } of entries) {
    if (id === '' || title === '' || contentHtml === '') return `the entry "${id}" lacks an id, a title or a text`;
    if (ids.has(id)) return `the id ${id} occurs twice`;
    ids.add(id);
  }
  const both = deleted.find(({ id }) => ids.has(id));
  return both === undefined ? null : `the entry ${both.id} is there and is said to be taken back`;
}

function faultOf(look: () => string | null): string | null {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.message;
  }
}
