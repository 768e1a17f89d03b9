import { splice, utf8, type Damage } from './damage.ts';

// What networks, templates and enemies do to any document, whatever its format.

/** Scraps that hurt careless readers when they stand in odd places. */
const SCRAPS = [
  '<', '>', '&', '"', "'", ']]>', '<![CDATA[', '<!--', '-->', '<!DOCTYPE x [', ']>', '<?xml version="1.0"?>', '</', '/>',
  '&amp;', '&#0;', '&#xD800;', '&nbsp;', '&e;', '\u0000', '\u0008', '\ufeff', '\ufffe', '=', ' xmlns="urn:x"', ' xml:base="//"',
  '<item>', '</item>', '<entry>', '</entry>', '</channel>', '</feed>', '<title>', '<link/>', '<b>', '</p>', '<x:y/>',
  'href=', 'src="x"', '{', '}', '[', ']', ',', '\\', '\\ud800', 'null', '9'.repeat(40), '__proto__', 'constructor',
].map((scrap) => utf8(scrap)); // prettier-ignore

export const BYTE_DAMAGES: readonly Damage[] = [
  {
    kind: 'a-byte-changed',
    promises: null,
    apply: (text, random) => splice(text, random.whole(text.length), 1, String.fromCharCode(random.whole(256))),
  },
  {
    kind: 'a-scrap-put-in',
    promises: null,
    apply: (text, random) => splice(text, random.whole(text.length), 0, random.oneOf(SCRAPS)),
  },
  { kind: 'cut-anywhere', promises: null, apply: (text, random) => text.slice(0, random.whole(text.length)) },
  {
    kind: 'a-stretch-left-out',
    promises: null,
    apply: (text, random) => splice(text, random.whole(text.length), random.whole(60), ''),
  },
  {
    kind: 'a-stretch-repeated',
    promises: null,
    apply: (text, random) => {
      const at = random.whole(text.length);
      return splice(text, at, 0, text.slice(at, at + random.whole(200)));
    },
  },
  {
    kind: 'a-stretch-copied',
    promises: null,
    apply: (text, random) => {
      const from = random.whole(text.length);
      return splice(text, random.whole(text.length), 0, text.slice(from, from + random.whole(100)));
    },
  },
  {
    kind: 'a-tag-replaced',
    promises: null,
    apply: (text, random) => {
      const open = text.indexOf('<', random.whole(text.length));
      const close = open < 0 ? -1 : text.indexOf('>', open);
      return close < 0 ? null : splice(text, open, close - open + 1, random.oneOf(SCRAPS));
    },
  },
  {
    kind: 'a-flood',
    promises: null,
    apply: (text, random) =>
      splice(text, random.whole(text.length), 0, random.oneOf(SCRAPS).repeat(1 + random.whole(2000))),
  },
];
