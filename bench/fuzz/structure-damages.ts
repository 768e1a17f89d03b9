import { insideOfEntry, isXml, rootTag, somewhere, splice, type Damage } from './damage.ts';
import type { Random } from './random.ts';

// Tags that are missing, doubled, misspelt, or cut off with the rest of the document.

const FIELDS = ['title', 'link', 'guid', 'id', 'pubDate', 'updated', 'author', 'category', 'description', 'summary'];

/** The outermost start tag, written anew; null leaves it as it is. */
const inRoot =
  (change: (tag: string, random: Random) => string | null): Damage['apply'] =>
  (text, random) => {
    const root = isXml(text) ? rootTag(text) : null;
    const changed = root === null ? null : change(root.tag, random);
    return root === null || changed === null || changed === root.tag
      ? null
      : splice(text, root.at, root.tag.length, changed);
  };

/** Attributes put behind the outermost element's name. */
const withAttributes = (tag: string, attributes: string): string =>
  tag.replace(/^<[^\s>]+/, (name) => name + attributes);

/** Where an entry ends: its end tag, and what that closes. */
function endOfEntry(text: string, random: Random): { readonly at: number; readonly tag: string } | null {
  const tag = ['</item>', '</entry>'].find((one) => text.includes(one));
  return tag === undefined ? null : { at: somewhere(text, tag, random), tag };
}

/** From where a cut leaves something of the feed. */
function afterRoot(text: string): number {
  const root = isXml(text) ? rootTag(text) : null;
  return root === null ? -1 : root.at + root.tag.length;
}

export const STRUCTURE_DAMAGES: readonly Damage[] = [
  {
    kind: 'duplicate-attribute',
    promises: 'kept',
    apply: inRoot((tag, random) => withAttributes(tag, random.oneOf([' id="a" id="b"', ' version="2.0" version="1"']))),
  },
  {
    kind: 'unquoted-attribute',
    promises: 'kept',
    apply: inRoot((tag, random) => withAttributes(tag, random.oneOf([' lang=en', ' a=1 b', ` c='d"'`]))),
  },
  {
    kind: 'rss-odd-version',
    promises: 'kept',
    apply: inRoot((tag, random) =>
      tag.replace(/ version="[^"]*"/, ` version="${random.oneOf(['1.0', '3', '', 'two', '2.0.1', '0.90'])}"`),
    ),
  },
  { kind: 'rss-without-version', promises: 'kept', apply: inRoot((tag) => tag.replace(/ version="[^"]*"/, '')) },
  {
    kind: 'undeclared-prefixes',
    promises: 'kept',
    apply: inRoot((tag) => tag.replace(/\s+xmlns:(?!rdf\b)[\w-]+=(?:"[^"]*"|'[^']*')/g, '')),
  },
  {
    kind: 'upper-case-root',
    promises: 'kept',
    apply: (text, random) => {
      const root = isXml(text) ? rootTag(text) : null;
      if (root === null || root.name !== root.name.toLowerCase()) return null;
      const opened = splice(text, root.at + 1, root.name.length, root.name.toUpperCase());
      return random.whole(2) === 0 ? opened : opened.replace(`</${root.name}>`, `</${root.name.toUpperCase()}>`);
    },
  },
  {
    kind: 'end-tag-wrong-case',
    promises: 'kept',
    apply: (text, random) => {
      const inside = isXml(text) ? insideOfEntry(text, FIELDS, random) : null;
      return inside === null
        ? null
        : splice(text, inside.to, inside.end - inside.to, text.slice(inside.to, inside.end).toUpperCase());
    },
  },
  {
    kind: 'stray-end-tag',
    promises: 'kept',
    apply: (text, random) => {
      const inside = isXml(text) ? insideOfEntry(text, FIELDS, random) : null;
      const strays = ['</span></div>', '</p>', '</x:y>', '</>', '</ title>', '</font>'];
      return inside === null ? null : splice(text, inside.end, 0, random.oneOf(strays));
    },
  },
  {
    kind: 'item-not-closed',
    promises: 'kept',
    apply: (text, random) => {
      const end = isXml(text) ? endOfEntry(text, random) : null;
      return end === null ? null : splice(text, end.at, end.tag.length, '');
    },
  },
  {
    kind: 'missing-end-tags',
    promises: 'kept',
    apply: (text) => {
      const tail = text.slice(-400);
      const ends = [...tail.matchAll(/(?:<\/(?:\w{1,20}:)?channel>\s*)?<\/(?:\w{1,20}:)?(?:rss|feed|RDF)>/gi)];
      const end = ends.at(-1);
      return end === undefined || !isXml(text) ? null : `${text.slice(0, text.length - tail.length + end.index)}\n`;
    },
  },
  {
    kind: 'truncated-half',
    promises: 'beginning',
    apply: (text) => {
      const from = afterRoot(text);
      return from < 0 ? null : text.slice(0, Math.max(from, text.length >> 1));
    },
  },
  {
    kind: 'truncated-in-last-item',
    promises: 'beginning',
    apply: (text, random) => {
      const last = isXml(text) ? Math.max(text.lastIndexOf('<item'), text.lastIndexOf('<entry')) : -1;
      if (last < 0) return null;
      const end = text.indexOf('</item>', last) + text.indexOf('</entry>', last) + 1;
      return end <= last ? null : text.slice(0, last + 1 + random.whole(end - last));
    },
  },
];
