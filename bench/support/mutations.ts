// Single changes to a rendered feed, each of a kind that a fault of the renderer, of the disk or of a hand might make.

export type FeedFormat = 'atom' | 'rss' | 'json';

/** A change of one document. Gives null where it has nothing to change; else the text is another one. */
export type Mutation = {
  readonly kind: string;
  readonly name: string;
  readonly of: readonly FeedFormat[];
  readonly apply: (text: string, pick: Pick) => string | null;
};

/** A whole number from 0 up to, and without, `below`. */
export type Pick = (below: number) => number;

/** The same seed gives the same numbers (a linear congruential generator; nobody's secrets hang on it). */
export function seededPick(seed: number): Pick {
  let state = (seed * 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const XML: readonly FeedFormat[] = ['atom', 'rss'];
const JSON_FEED: readonly FeedFormat[] = ['json'];
const ALL: readonly FeedFormat[] = ['atom', 'rss', 'json'];

/** One of the places where the pattern stands is written otherwise. */
function anywhere(pattern: RegExp, change: (found: RegExpExecArray, pick: Pick) => string): Mutation['apply'] {
  return (text, pick) => {
    const places = [...text.matchAll(pattern)];
    const place = places[pick(places.length)];
    if (place === undefined) return null;
    const changed = `${text.slice(0, place.index)}${change(place, pick)}${text.slice(place.index + place[0].length)}`;
    return changed === text ? null : changed;
  };
}

/** Two different texts that the pattern finds change places. */
function swapped(pattern: RegExp): Mutation['apply'] {
  return (text, pick) => {
    const places = [...text.matchAll(pattern)];
    const first = pick(places.length);
    const one = places[first];
    const other = places.slice(first + 1).find((place) => place[0] !== one![0]);
    if (one === undefined || other === undefined) return null;
    return (
      text.slice(0, one.index) +
      other[0] +
      text.slice(one.index + one[0].length, other.index) +
      one[0] +
      text.slice(other.index + other[0].length)
    );
  };
}

function inBytes(change: (bytes: Uint8Array, at: number, pick: Pick) => Uint8Array): Mutation['apply'] {
  return (text, pick) => {
    const bytes = new TextEncoder().encode(text);
    const changed = new TextDecoder().decode(change(bytes, pick(bytes.length), pick));
    return changed === text ? null : changed;
  };
}

function spliced(bytes: Uint8Array, at: number, remove: number, insert: readonly number[]): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, at), ...insert, ...bytes.subarray(at + remove)]);
}

const otherLetter = (letter: string): string => (letter === 'e' ? 'a' : 'e');
/** Texts of leaves, and of strings in JSON. */
const LEAF = /(?<=<[\w:]+(?: [^<>]*)?>)[^<>\n]+(?=<\/)/g;
const ELEMENT_LINE = /^ *<[\w:]+[^\n]*(?:\/>|<\/[\w:]+>)\n/gm;
const ENTRY = /^ *<(entry|item)[ >][\s\S]*?<\/\1>\n/gm;
const JSON_ENTRY = /^ {8}\{\n[\s\S]*?\n {8}\},\n/gm;
const JSON_LINE = /^ *"[\w]+": [^\n]*,\n/gm;
const DATE = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g;
const ID = /urn:uuid:[0-9a-f-]{36}/g;
const ADDRESS = /https?:\/\/[^\s"<>]+/g;
const PICTURE_TEXT = /(?<=<media:(?:title|description|credit)[^<>]*>)[^<>]+|(?<="(?:alt|caption|credit)": ")[^"\n]+/g;

const BYTES: readonly Mutation[] = [
  {
    name: 'one bit of a byte turns over',
    apply: inBytes((bytes, at, pick) => spliced(bytes, at, 1, [bytes[at]! ^ (1 << pick(7))])),
  },
  { name: 'a byte is lost', apply: inBytes((bytes, at) => spliced(bytes, at, 1, [])) },
  { name: 'a byte comes in', apply: inBytes((bytes, at, pick) => spliced(bytes, at, 0, [pick(256)])) },
  { name: 'a byte comes twice', apply: inBytes((bytes, at) => spliced(bytes, at, 0, [bytes[at]!])) },
  { name: 'the end is cut off', apply: (text: string, pick: Pick) => text.slice(0, text.length - 1 - pick(200)) },
].map((one) => ({ kind: 'byte', of: ALL, ...one }));

const WHITE_SPACE: readonly Mutation[] = [
  { name: 'a space comes in between lines', of: ALL, apply: anywhere(/\n/g, () => ' \n') },
  { name: 'a line comes in', of: ALL, apply: anywhere(/\n/g, () => '\n\n') },
  { name: 'a step in is lost', of: ALL, apply: anywhere(/\n {4}/g, () => '\n') },
  { name: 'a tab instead of spaces', of: ALL, apply: anywhere(/\n {4}/g, () => '\n\t') },
  { name: 'a carriage return', of: ALL, apply: anywhere(/\n/g, () => '\r\n') },
  { name: 'a space in a tag', of: XML, apply: anywhere(/(?<=<\/?[\w:]+)>/g, () => ' >') },
  { name: 'a space before the document', of: ALL, apply: (text: string) => ` ${text}` },
  { name: 'a line behind the document', of: ALL, apply: (text: string) => `${text}\n` },
  { name: 'a byte-order mark', of: ALL, apply: (text: string) => `\ufeff${text}` },
].map((one) => ({ kind: 'white space', ...one }));

const DECLARATION: readonly Mutation[] = [
  { name: 'another version', apply: anywhere(/version="1\.0"/g, () => 'version="1.1"') },
  { name: 'another encoding', apply: anywhere(/encoding="utf-8"/g, () => 'encoding="iso-8859-1"') },
  { name: 'the encoding in capitals', apply: anywhere(/"utf-8"/g, () => '"UTF-8"') },
  { name: 'single quotes', apply: anywhere(/"utf-8"/g, () => "'utf-8'") },
  { name: 'standalone', apply: anywhere(/"\?>/g, () => '" standalone="yes"?>') },
  { name: 'no declaration', apply: anywhere(/^<\?xml[^>]*>\n/g, () => '') },
  { name: 'a DOCTYPE', apply: anywhere(/\?>\n/g, () => '?>\n<!DOCTYPE feed>\n') },
  { name: 'a style sheet', apply: anywhere(/\?>\n/g, () => '?>\n<?xml-stylesheet href="a.css"?>\n') },
].map((one) => ({ kind: 'declaration', of: XML, ...one }));

const ELEMENTS: readonly Mutation[] = [
  { name: 'a leaf is lost', of: XML, apply: anywhere(ELEMENT_LINE, () => '') },
  { name: 'a leaf comes twice', of: XML, apply: anywhere(ELEMENT_LINE, ([line]) => line + line) },
  { name: 'two leaves change places', of: XML, apply: swapped(ELEMENT_LINE) },
  { name: 'a leaf is emptied', of: XML, apply: anywhere(LEAF, () => '') },
  {
    name: 'an element of another name',
    of: XML,
    apply: anywhere(/<(\w+)>([^<>\n]*)<\/\1>/g, ([, , text]) => `<other>${text}</other>`),
  },
  { name: 'an element comes in', of: XML, apply: anywhere(ELEMENT_LINE, ([line]) => `${line}<other/>\n`) },
  { name: 'an element in a text', of: XML, apply: anywhere(LEAF, ([text]) => `${text}<b/>`) },
  { name: 'text beside elements', of: XML, apply: anywhere(ELEMENT_LINE, ([line]) => `${line}text`) },
  { name: 'an attribute is lost', of: XML, apply: anywhere(/ [\w:]+="[^"]*"/g, () => '') },
  { name: 'an attribute comes in', of: XML, apply: anywhere(/(?<=<[\w:]+)(?=[ >])/g, () => ' other="1"') },
  {
    name: 'two attributes change places',
    of: XML,
    apply: anywhere(/( [\w:]+="[^"]*")( [\w:]+="[^"]*")/g, ([, one, other]) => `${other}${one}`),
  },
  { name: 'an attribute in single quotes', of: XML, apply: anywhere(/="([^"']*)"/g, ([, value]) => `='${value}'`) },
  {
    name: 'an empty element in two tags',
    of: XML,
    apply: anywhere(/<([\w:]+)([^<>]*)\/>/g, ([, name, rest]) => `<${name}${rest}></${name}>`),
  },
  { name: 'a comment', of: XML, apply: anywhere(/\n/g, () => '<!-- -->\n') },
  { name: 'a processing instruction', of: XML, apply: anywhere(ELEMENT_LINE, ([line]) => `${line}<?go on?>`) },
  { name: 'a text as CDATA', of: XML, apply: anywhere(LEAF, ([text]) => `<![CDATA[${text}]]>`) },
  { name: 'a reference by another number', of: XML, apply: anywhere(/&(?:lt|#x3C);/g, () => '&#60;') },
  {
    name: 'a letter as a reference',
    of: XML,
    apply: anywhere(/(?<=>)[a-zA-Z](?=[^<>]*<\/)/g, ([letter]) => `&#x${letter.charCodeAt(0).toString(16)};`),
  },
  { name: 'a bare bracket', of: XML, apply: anywhere(/&(?:gt|#x3E);/g, () => '>') },
  { name: 'a key is lost', of: JSON_FEED, apply: anywhere(JSON_LINE, () => '') },
  { name: 'a key comes twice', of: JSON_FEED, apply: anywhere(JSON_LINE, ([line]) => line + line) },
  { name: 'a key comes in', of: JSON_FEED, apply: anywhere(JSON_LINE, ([line]) => `${line}"other": 1,\n`) },
  { name: 'two keys change places', of: JSON_FEED, apply: swapped(JSON_LINE) },
  { name: 'a key of another name', of: JSON_FEED, apply: anywhere(/"(\w+)":/g, ([, key]) => `"${key}s":`) },
  { name: 'null instead of a string', of: JSON_FEED, apply: anywhere(/(?<=": )"[^"\n]*"(?=,\n)/g, () => 'null') },
  { name: 'a number as a string', of: JSON_FEED, apply: anywhere(/(?<=": )\d+/g, ([number]) => `"${number}"`) },
  { name: 'a number written otherwise', of: JSON_FEED, apply: anywhere(/(?<=": )\d+/g, ([number]) => `${number}.0`) },
  {
    name: 'a letter as an escape',
    of: JSON_FEED,
    apply: anywhere(/(?<=": ")[a-z]/g, ([letter]) => `\\u00${letter.charCodeAt(0).toString(16)}`),
  },
].map((one) => ({ kind: 'element', ...one }));

const ENTRIES: readonly Mutation[] = [
  { name: 'an entry is lost', of: XML, apply: anywhere(ENTRY, () => '') },
  { name: 'an entry comes twice', of: XML, apply: anywhere(ENTRY, ([entry]) => entry + entry) },
  { name: 'two entries change places', of: XML, apply: swapped(ENTRY) },
  {
    name: 'an entry is injected',
    of: XML,
    apply: anywhere(/^ *<\/(?:feed|channel)>\n/gm, ([end]) => `<entry><id>urn:x</id></entry>${end}`),
  },
  { name: 'an entry is lost', of: JSON_FEED, apply: anywhere(JSON_ENTRY, () => '') },
  { name: 'an entry comes twice', of: JSON_FEED, apply: anywhere(JSON_ENTRY, ([entry]) => entry + entry) },
  { name: 'two entries change places', of: JSON_FEED, apply: swapped(JSON_ENTRY) },
  { name: 'an entry is injected', of: JSON_FEED, apply: anywhere(/ {4}\]\n\}\n$/g, () => ',{"id":"urn:x"}]}\n') },
].map((one) => ({ kind: 'entry', ...one }));

const FACTS: readonly Mutation[] = [
  {
    kind: 'date',
    name: 'a second later',
    apply: anywhere(/\d(?=Z| GMT)/g, ([digit]) => String((Number(digit) + 1) % 10)),
  },
  {
    kind: 'date',
    name: 'another year',
    apply: anywhere(/20\d\d(?=-\d\d-\d\dT| \d\d:)/g, ([year]) => String(Number(year) + 1)),
  },
  {
    kind: 'date',
    name: 'the same moment written otherwise',
    apply: anywhere(/(?<=:\d\d)(?:Z| GMT)/g, ([zone]) => (zone === 'Z' ? '+00:00' : ' +0000')),
  },
  { kind: 'date', name: 'two dates change places', apply: swapped(DATE) },
  {
    kind: 'id',
    name: 'another id',
    apply: anywhere(ID, ([id]) => `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`),
  },
  { kind: 'id', name: 'an id in capitals', apply: anywhere(ID, ([id]) => id.replace('urn:uuid', 'URN:UUID')) },
  { kind: 'id', name: 'two ids change places', apply: swapped(ID) },
  { kind: 'link', name: 'another address', apply: anywhere(ADDRESS, ([address]) => `${address}x`) },
  { kind: 'link', name: 'another scheme', apply: anywhere(ADDRESS, ([address]) => address.replace('https:', 'http:')) },
  {
    kind: 'link',
    name: 'a relative address',
    apply: anywhere(ADDRESS, ([address]) => address.replace(/^https?:\/\/[^/]+/, '')),
  },
  { kind: 'link', name: 'two addresses change places', apply: swapped(ADDRESS) },
  {
    kind: 'link',
    name: 'another relation',
    of: XML,
    apply: anywhere(/rel="(\w+)"/g, ([, rel]) => `rel="${rel === 'via' ? 'related' : 'via'}"`),
  },
  {
    kind: 'caption',
    name: 'a letter of a picture’s texts',
    apply: anywhere(PICTURE_TEXT, ([text]) => `${otherLetter(text[0]!)}${text.slice(1)}`),
  },
  { kind: 'caption', name: 'caption, credit and alternative text mixed up', apply: swapped(PICTURE_TEXT) },
  {
    kind: 'caption',
    name: 'the credit run into the caption',
    apply: anywhere(PICTURE_TEXT, ([text]) => `${text} Photo: somebody`),
  },
  {
    kind: 'text',
    name: 'a letter of a text',
    apply: anywhere(/(?<=[a-z] )[a-z](?=[a-z])/g, ([letter]) => otherLetter(letter)),
  },
  {
    kind: 'text',
    name: 'a capital',
    apply: anywhere(/(?<=[a-z] )[a-z](?=[a-z])/g, ([letter]) => letter.toUpperCase()),
  },
  { kind: 'text', name: 'two texts change places', of: XML, apply: swapped(LEAF) },
].map((one) => ({ of: ALL, ...one }));

const NAMESPACES: readonly Mutation[] = [
  {
    name: 'another namespace',
    apply: anywhere(/(?<=xmlns(?::\w+)?="[^"]*)[a-z](?=[^"]*")/g, ([letter]) => otherLetter(letter)),
  },
  { name: 'without its trailing slash', apply: anywhere(/(?<=xmlns(?::\w+)?="[^"]*)\/"/g, () => '"') },
  { name: 'a namespace that nobody uses', apply: anywhere(/ xmlns/g, () => ' xmlns:other="urn:x" xmlns') },
  { name: 'a declaration is lost', apply: anywhere(/ xmlns(?::\w+)?="[^"]*"/g, () => '') },
  { name: 'two prefixes change places', apply: swapped(/(?<=xmlns(?::\w+)?=)"[^"]*"/g) },
  {
    name: 'a prefix bound anew, to the same',
    apply: anywhere(/<media:thumbnail/g, ([tag]) => `${tag} xmlns:media="http://search.yahoo.com/mrss/"`),
  },
  {
    name: 'another default for one element',
    apply: anywhere(/<(?:title|id|guid|link)(?=[ >])/g, ([tag]) => `${tag} xmlns="urn:x"`),
  },
  { name: 'an element of another prefix', apply: anywhere(/<(\/?)media:(?=credit)/g, ([, slash]) => `<${slash}dc:`) },
  {
    name: 'an element without its prefix',
    apply: anywhere(/<dc:publisher>([^<>]*)<\/dc:publisher>/g, ([, name]) => `<publisher>${name}</publisher>`),
  },
].map((one) => ({ kind: 'namespace', of: XML, ...one }));

export const MUTATIONS: readonly Mutation[] = [
  ...BYTES,
  ...WHITE_SPACE,
  ...DECLARATION,
  ...ELEMENTS,
  ...ENTRIES,
  ...FACTS,
  ...NAMESPACES,
];
