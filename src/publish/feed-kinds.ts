import type { Edition, EditionEntry, FeedLinks } from '../model/edition.ts';
import type { FeedParts } from '../model/feed-parts.ts';
import { publicAddress } from '../support/public-address.ts';
import { differenceOfJson } from './compare-json.ts';
import { differenceOfXml } from './compare-xml.ts';
import { ATOM_NAMESPACES, meantAtom, meantAtomEntry } from './meant-atom.ts';
import { meantJson, meantJsonItem, type Json } from './meant-json.ts';
import { meantRss, meantRssItem, RSS_NAMESPACES } from './meant-rss.ts';
import { readXml } from './read-xml.ts';
import { Refusal } from './refusal.ts';
import { writeElement, writeXml } from './write-xml.ts';
import type { XmlElement } from './xml-element.ts';

/** How the gate reads and writes the documents of one format. */
export type FeedKind = {
  /** Where a document says something else than the edition with these entries, once it is read. */
  misread(text: string, edition: Edition, entries: readonly EditionEntry[]): string | null;
  /** An entry as it has to stand in a document. */
  written(entry: EditionEntry): string;
  /** The document of an edition whose entries stand in it as they are given. */
  around(edition: Edition, entries: readonly string[]): FeedParts;
};

function xmlKind(format: {
  readonly meant: (edition: Edition, entries: readonly EditionEntry[]) => XmlElement;
  readonly meantEntry: (entry: EditionEntry) => XmlElement;
  readonly namespaces: Readonly<Record<string, string>>;
  /** How many steps in an entry stands, and what comes behind the last one. */
  readonly steps: number;
  readonly end: string;
}): FeedKind {
  const { meant, meantEntry, namespaces, steps, end } = format;
  return {
    misread: (text, edition, entries) =>
      differenceOfXml(readXml(text, namespaces, publicAddress(edition.stylesheet)), meant(edition, entries)),
    written: (entry) => writeElement(meantEntry(entry), steps),
    around(edition, entries) {
      const empty = writeXml(meant(edition, []), publicAddress(edition.stylesheet));
      return { before: empty.slice(0, -end.length), entries, between: '', after: end };
    },
  };
}

const JSON_KIND: FeedKind = {
  misread: (text, edition, entries) => differenceOfJson(parsed(text), meantJson(edition, entries)),
  // Two lists around it: so far in it stands in a document.
  written: (entry) => writtenJson([[meantJsonItem(entry)]]).slice('[\n    [\n'.length, -'\n    ]\n]'.length),
  around(edition, entries) {
    const empty = `${writtenJson(meantJson(edition, []))}\n`;
    if (entries.length === 0) return { before: empty, entries, between: '', after: '' };
    return { before: `${empty.slice(0, -']\n}\n'.length)}\n`, entries, between: ',\n', after: '\n    ]\n}\n' };
  },
};

export const FEED_KINDS: Readonly<Record<keyof FeedLinks, FeedKind>> = {
  atom: xmlKind({
    meant: meantAtom,
    meantEntry: meantAtomEntry,
    namespaces: ATOM_NAMESPACES,
    steps: 1,
    end: '</feed>\n',
  }),
  rss: xmlKind({
    meant: meantRss,
    meantEntry: meantRssItem,
    namespaces: RSS_NAMESPACES,
    steps: 2,
    end: '    </channel>\n</rss>\n',
  }),
  json: JSON_KIND,
};

function writtenJson(json: Json): string {
  return JSON.stringify(json, null, 4).replaceAll('<', '\\u003c');
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new Refusal((error as SyntaxError).message);
  }
}
