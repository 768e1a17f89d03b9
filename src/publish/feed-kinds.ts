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
  /** What a document of an edition has to say, if these entries stand in it. */
  meant(edition: Edition, entries: readonly EditionEntry[]): MeantFeed;
};

/** What a document has to say, worked out once. */
export type MeantFeed = {
  /** Where a document says something else, once it is read. */
  misread(text: string): string | null;
  /** The entries as they have to stand in a document. */
  written(): readonly string[];
  /** The document of the edition whose entries stand in it as they are given, whichever they are. */
  around(entries: readonly string[]): FeedParts;
};

function xmlKind(format: {
  readonly meant: (edition: Edition, entries: readonly XmlElement[]) => XmlElement;
  readonly meantEntry: (entry: EditionEntry) => XmlElement;
  readonly namespaces: Readonly<Record<string, string>>;
  /** How many steps in an entry stands, and what comes behind the last one. */
  readonly steps: number;
  readonly end: string;
}): FeedKind {
  const { meant, meantEntry, namespaces, steps, end } = format;
  return {
    meant(edition, entries) {
      const styleSheet = publicAddress(edition.stylesheet);
      const elements = entries.map(meantEntry);
      return {
        misread: (text) => differenceOfXml(readXml(text, namespaces, styleSheet), meant(edition, elements)),
        written: () => elements.map((element) => writeElement(element, steps)),
        around: (texts) => ({
          before: writeXml(meant(edition, []), styleSheet).slice(0, -end.length),
          entries: texts,
          between: '',
          after: end,
        }),
      };
    },
  };
}

const JSON_KIND: FeedKind = {
  meant(edition, entries) {
    const items = entries.map(meantJsonItem);
    return {
      misread: (text) => differenceOfJson(parsed(text), meantJson(edition, items)),
      // Two lists around it: so far in it stands in a document.
      written: () => items.map((item) => writtenJson([[item]]).slice('[\n    [\n'.length, -'\n    ]\n]'.length)),
      around(texts) {
        const empty = `${writtenJson(meantJson(edition, []))}\n`;
        if (texts.length === 0) return { before: empty, entries: texts, between: '', after: '' };
        const before = `${empty.slice(0, -']\n}\n'.length)}\n`;
        return { before, entries: texts, between: ',\n', after: '\n    ]\n}\n' };
      },
    };
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
