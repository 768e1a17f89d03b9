import { flood, PLACES, UNITS } from '../../test/parse/floods.ts';

/** A document made to be dear to read. */
export type Attack = { readonly name: string; bytes(size: number): Uint8Array };

const text = (name: string, of: (size: number) => string): Attack => ({
  name,
  bytes: (size) => new TextEncoder().encode(of(size)),
});
const raw = (name: string, bytes: Attack['bytes']): Attack => ({ name, bytes });

const rss = (within: string, attributes = ''): string =>
  `<rss version="2.0"${attributes}><channel><title>G</title>${within}</channel></rss>`;
const item = (within: string): string => rss(`<item><guid>g</guid>${within}</item>`);
const atom = (within: string): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>g</id>${within}</entry></feed>`;
const items = (field: string, each: number, size: number): string =>
  rss(flood(`<item>${field.repeat(each)}</item>`, size));
const json = (within: string): string => `{"version":"https://jsonfeed.org/version/1","items":[${within}]}`;

/** Many, each with a number of its own. */
function numbered(unit: (n: number) => string, size: number): string {
  const parts: string[] = [];
  for (let length = 0, n = 0; length < size; n++) {
    const part = unit(n);
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}

/** A name with the letters in upper case that the bits of a number tell. */
const spelling = (name: string, bits: number): string =>
  Array.from(name, (letter, place) => ((bits >> place) & 1 ? letter.toUpperCase() : letter)).join('');

/** Fields in one item, and spread over many so that no cap on one of them helps. */
const FIELDS = [
  '<link>a</link>', '<link href="a"/>', '<link href="../a?b"/>', '<link href="http://ü.example"/>', '<date>1x</date>',
  '<date>1 x 2:3</date>', '<date>Mon, 99 Xyz 2020 10:10:10 XST</date>', '<author>a@b (c)</author>',
  '<category>a</category>', '<enclosure url="a"/>', '<media:content url="a"/>', '<media:thumbnail url="a"/>',
  '<image>a</image>', '<id>&ab;</id>', '<id>&Auml;</id>', '<title>a<b>c</title>', '<title><![CDATA[]]></title>',
  '<source url="a">b</source>', '<media:keywords>a,b,c,d</media:keywords>', '<media:group/>', '<comments>a b</comments>',
  '<title xml:lang="de">a</title>', '<link xml:base="b/">a</link>', '<title xmlns="x">a</title>', '<icon>a</icon>',
  '<atom:content type="image/png">aaaa</atom:content>', '<atom:title type="xhtml"><b>a</b></atom:title>',
] as const; // prettier-ignore

const fields: readonly Attack[] = FIELDS.flatMap((field) => [
  text(`one item of ${field}`, (size) => item(flood(field, size))),
  text(`items of a hundred ${field}`, (size) => items(field, 100, size)),
]);

const FORTY_EIGHT = Array.from({ length: 48 }, (_, n) => ` xmlns:n${n}="http://n.example/${n}"`).join('');

const structure: readonly Attack[] = [
  text('a million elements in each other', () => item('<p>'.repeat(1_000_000))),
  text('elements of ever new names in each other', (size) => item(numbered((n) => `<a${n}>`, size))),
  text('authors in each other', (size) => item(flood('<author>', size))),
  text('end tags that resemble the open ones', (size) => item('<author>'.repeat(30) + flood('</authos>', size))),
  text('a name of half the document, and its beginning over and over', (size) =>
    item(`<${'x'.repeat(size / 2)}>${flood('<x', size / 2)}`),
  ),
  text('a long name, and as long ones like it', (size) =>
    item(`<${'x'.repeat(1000)}>${flood(`<${'x'.repeat(999)}y>`, size)}`),
  ),
  text('a long name in a body, and short ones', (size) => item(`<${'x'.repeat(1000)}>${flood('<xa', size)}`)),
  text('end tags cut short, many white spaces', (size) => item(flood(`</${' '.repeat(100)}`, size))),
  text('attributes by the hundred thousand', (size) => item(`<link ${flood('a="b" ', size)}/>`)),
  text('attributes without values', (size) => item(`<link ${flood('a ', size)}/>`)),
  text('attributes that are signs', (size) => item(`<link ${flood('= ', size)}/>`)),
  text('one attribute of a whole document', (size) => item(`<link href="${flood('a b', size)}"/>`)),
  text('unclosed quotes of both kinds', (size) => item(flood(`<a b="c" d='>`, size))),
  text('unclosed quotes in a body', (size) => item(`<description>${flood(`&lt;a href="b' src='c`, size)}</description>`)),
  text('namespaces declared anew by each element', (size) => item(numbered((n) => `<x xmlns:a${n}="b"/>`, size))),
  text('a declaration on each element, within many', (size) => rss(flood('<x xmlns="y"/>', size), FORTY_EIGHT)),
  text('declarations on one element', (size) => rss('', numbered((n) => ` xmlns:a${n}="b"`, size))),
  text('a namespace of a whole document', (size) => rss('', ` xmlns:a="http://${flood('/', size)}b"`)),
  text('bases in each other', (size) => atom(`<content type="xhtml">${flood('<p xml:base="b/">', size)}</content>`)),
  text('bases side by side', (size) => atom(`<content type="xhtml">${flood('<p xml:base="b/"/>', size)}</content>`)),
  text('bases of entries', (size) => rss(flood('<item xml:base="b/"><link>c</link></item>', size))),
  text('a base of half the document, and links', (size) =>
    rss(`<item>${flood('<link>a</link>', size / 2)}</item>`, ` xml:base="http://b.example/${'b'.repeat(size / 2)}/"`),
  ),
  text('a base of eight thousand characters, and links', (size) =>
    items('<link href="a"/>', 100, size).replace('<rss', `<rss xml:base="http://b.example/${'b'.repeat(7900)}/"`),
  ),
  text('a link of half the document, and a body of links', (size) =>
    item(
      `<link>http://b.example/${'b'.repeat(size / 2)}/</link><description><![CDATA[${flood('<a href=c>', size / 2)}]]></description>`,
    ),
  ),
  text('a long link, and a body of links', (size) =>
    item(
      `<link>http://b.example/${'b'.repeat(1900)}/</link><description><![CDATA[${flood('<a href=c>', size)}]]></description>`,
    ),
  ),
  text('CDATA sections in each other', (size) => item(`<description>${flood('<![CDATA[', size)}]]></description>`)),
  text('CDATA sections side by side', (size) => item(`<description>${flood('<![CDATA[]]>', size)}</description>`)),
  text('comments in a title', (size) => item(`<title>${flood('<!---->', size)}</title>`)),
  text('entries without end', (size) => rss(flood('<item>', size))),
  text('items with a hundred authors each', (size) =>
    rss(numbered((n) => `${n % 100 === 0 ? '<item>' : ''}<author>${n}</author>`, size)),
  ),
  text('dates of a whole document', (size) => item(`<pubDate>${'1'.repeat(size)}</pubDate>`)),
  text('white space in a title', (size) => item(`<title>a${' '.repeat(size)}b</title>`)),
  text('white space in a body', (size) => item(`<description>a${'\n '.repeat(size / 2)}b</description>`)),
  text('a title of a whole document', (size) => item(`<title>${'a '.repeat(size / 2)}</title>`)),
  text('divs in each other', (size) => atom(`<content type="xhtml">${flood('<div>', size / 2)}${flood('</div>', size / 2)}</content>`)),
  text('divs side by side in a div', (size) => atom(`<content type="xhtml"><div>${flood('<div></div>', size)}</div></content>`)),
  text('Base64 of a whole document', (size) => atom(`<content type="image/png">${'AAAA'.repeat(size / 4)}</content>`)),
  text('bodies without an end, and fields', (size) => rss(flood('<item><description>a<guid>b', size))),
  text('bodies in ever new spellings without an end', (size) =>
    rss(numbered((n) => `<item><${spelling('description', n)}>a<guid>b</guid></item>`, size))),
  text('a closed body of fields', (size) => item(`<description>${flood('<guid>', size)}</description>`)),
  text('processing instructions', (size) => item(flood('<?x?>', size))),
]; // prettier-ignore

const HTML_UNITS = [
  '<a href=c>', '<a href="?c=d&amp;e">', '<img srcset="a, b, c">', '<img src= >', '<img src=//x>', '<a href="#">',
  '<p style="a=b">', '<a href="a:b">', '<a href=" ../../..">', '<IMG SRC="ü">', 'href=', '= = ', '<p/>', '<x:p/>', '&ab;',
  '&Auml;', '&#128;', '&notit;', '&CounterClockwiseContourIntegral;', '\u0085', 'é', '\u{1f600}', '<script></script>',
  '<style>', '<!-->', '<p ', '</p ', '<a b = c>',
] as const; // prettier-ignore

const markup: readonly Attack[] = HTML_UNITS.flatMap((unit) => [
  text(`a body of ${unit}`, (size) => item(`<link>http://b.example/c/</link><description><![CDATA[${flood(unit, size)}]]></description>`)),
  text(`XHTML of ${unit}`, (size) => atom(`<content type="xhtml"><div>${flood(unit, size)}</div></content>`)),
  text(`titles of ${unit}`, (size) => rss(flood(`<item><title>${flood(unit, 500)}</title></item>`, size))),
]); // prettier-ignore

const lists: readonly Attack[] = [
  text('a srcset of many', (size) => item(`<description><![CDATA[${flood(`<img srcset="${'a, '.repeat(10_000)}">`, size)}]]></description>`)),
  text('a srcset of signs', (size) => item(`<description><![CDATA[${flood(`<img srcset="${', ,'.repeat(10_000)}">`, size)}]]></description>`)),
  text('a srcset of white space', (size) => item(`<description><![CDATA[${flood(`<img srcset="a${' '.repeat(31_000)}">`, size)}]]></description>`)),
]; // prettier-ignore

const ADDRESS_UNITS = [
  '@',
  'a@',
  '/',
  '../',
  'a/../',
  '%',
  '%2e%2e/',
  ':',
  '.',
  'ü',
  'xn--',
  'a.',
  '?',
  '#',
  '\\',
  '\t',
  '1.',
];

const addresses: readonly Attack[] = ADDRESS_UNITS.flatMap((unit) => [
  text(`an address of ${unit}`, (size) => item(`<link>http://${flood(unit, size)}</link>`)),
  text(`a path of ${unit}`, (size) => item(`<enclosure url="http://a.example/${flood(unit, size)}"/>`)),
]);

const entities: readonly Attack[] = [
  text('a great many definitions', (size) => `<!DOCTYPE rss [${numbered((n) => `<!ENTITY e${n} "v">`, size)}]>${rss('')}`),
  text('definitions that are only begun', (size) => `<!DOCTYPE rss [${flood('<!ENTITY a "', size)}]>${rss('')}`),
  text('a definition of white space', (size) => `<!DOCTYPE rss [<!ENTITY${' '.repeat(size)}a]>${rss('')}`),
  text('a definition with a long gap', (size) => `<!DOCTYPE rss [<!ENTITY ${'a'.repeat(32)}${' '.repeat(size)}]>${rss('')}`),
  text('references to a defined entity', (size) =>
    `<!DOCTYPE rss [<!ENTITY e "${'x'.repeat(200)}">]>${item(`<description>${flood('&e;', size)}</description>`)}`),
  text('references to one that refers to itself', (size) =>
    `<!DOCTYPE rss [<!ENTITY e "&e;&e;">]>${item(`<description>${flood('&e;', size)}</description>`)}`),
  text('references of endless digits', (size) => item(`<description>&#${'9'.repeat(size)}</description>`)),
  text('references of many zeros', (size) => item(`<description>${flood('&#0000000065;', size)}</description>`)),
]; // prettier-ignore

const PAGE_UNITS = [
  '<title', '<title ', '<input ', '<input type', '<input type=', '<link ', '<link rel=alternate type="application/rss+xml" ',
  'verify that you are ', 'sign ', 'log-', 'captch', '<!doctype html', '<rss ', '<feed a', 'x:rss ',
] as const; // prettier-ignore

const pages: readonly Attack[] = PAGE_UNITS.flatMap((unit) => [
  text(`a page of ${unit}`, (size) => `<html><head>${flood(unit, size)}`),
  text(`a page of ${unit} and much white space`, (size) => `<html>${flood(unit + ' '.repeat(290), size)}`),
]);

const JSON_UNITS = [
  '{},', '[],', '"\n",', '"\\n",', '"\\', '{"id":1},', '{"id":"a","authors":[{"name":"b"}]},', '1,', '-', 'tru', '"a":1,',
  '{"date_published":"1x"},', '{"url":"a"},', '{"id":"a"},\n,', '"\u0000",', '\t', '{"a":"\t"},', '\\u0000', '}', ']',
] as const; // prettier-ignore

const inJson: readonly Attack[] = [
  ...JSON_UNITS.flatMap((unit) => [
    text(`JSON items of ${unit}`, (size) => json(flood(unit, size))),
    text(`cut JSON items of ${unit}`, (size) => json(flood(unit, size)).slice(0, -3)),
    text(`JSON of ${unit}`, (size) => `{${flood(unit, size)}`),
  ]),
  text('JSON of balanced lists', (size) => `${'['.repeat(size / 2)}${']'.repeat(size / 2)}`),
  text('JSON of balanced objects', (size) => json(`${flood('{"a":', size / 1.2)}1${'}'.repeat(Math.ceil(size / 6))}`)),
  ...['"tags":["a"', '"authors":[{"name":"a"}', '"attachments":[{"url":"a"}', '"hubs":[{"url":"a"}'].map((start) => {
    const [, unit] = start.split('[');
    return text(`a JSON item with ${start}`, (size) => json(`{"id":"g",${start},${flood(`${unit},`, size)}1]}`));
  }),
  text('a JSON string of controls', (size) => json(`{"id":"a","title":"${'\n'.repeat(size)}"}`)),
  text('a JSON string of escapes', (size) => json(`{"id":"a","content_html":"${flood('\\u0000', size)}"}`)),
  text('a JSON body of links', (size) => json(`{"id":"a","url":"http://b.example/c/","content_html":"${flood('<a href=c>', size)}"}`)),
]; // prettier-ignore

const declared = (charset: string, unit: readonly number[]): Attack =>
  raw(`${unit.map((byte) => byte.toString(16)).join(' ')} in ${charset}`, (size) =>
    Buffer.concat([
      Buffer.from(
        `<?xml version="1.0" encoding="${charset}"?>${item('<description>').replace('</item></channel></rss>', '')}`,
      ),
      Buffer.from(Array.from({ length: Math.ceil(size / unit.length) }, () => unit).flat()),
      Buffer.from('</description></item></channel></rss>'),
    ]),
  );

const utf16 = (unit: string): Attack =>
  raw(`UTF-16 of ${unit}`, (size) =>
    Buffer.from(`\ufeff${item(`<description>${flood(unit, size / 2)}</description>`)}`, 'utf16le'),
  );

const charsets: readonly Attack[] = [
  ...['utf-8', 'shift_jis', 'gb18030', 'big5', 'euc-kr', 'euc-jp', 'windows-1252', 'unknown-8'].flatMap((charset) =>
    [[0x80], [0xff], [0xc2], [0xe3, 0x80], [0x81, 0x30], [0xc2, 0x80], [0xef, 0xbf, 0xbd], [0xa4, 0xa2]].map((unit) => declared(charset, unit)),
  ),
  declared('iso-2022-jp', [0x1b, 0x24, 0x42]),
  declared('iso-2022-jp', [0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42]),
  declared('iso-2022-jp', [0x1b]),
  ...['<b>', '&amp;', 'a', '\ud800', '\u0080', '\u0000', 'é<'].map(utf16),
  raw('UTF-32', (size) => Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from(new Uint32Array(size / 4).fill(0x1f600).buffer)])),
  raw('UTF-32 of lone surrogates', (size) => Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from(new Uint32Array(size / 4).fill(0xd800).buffer)])),
  raw('zeros', (size) => new Uint8Array(size)),
  raw('byte order marks', (size) => Buffer.from(flood('\ufeff', size / 3))),
  raw('a byte that is no character in the middle of many', (size) =>
    Buffer.concat([Buffer.from(item(flood('é<b>', size))), Buffer.from([0xff])])),
]; // prettier-ignore

const places: readonly Attack[] = Object.entries(PLACES).flatMap(([place, within]) =>
  UNITS.map((unit) => text(`${JSON.stringify(unit)} ${place}`, (size) => within(flood(unit, size)))),
);

export const ATTACKS: readonly Attack[] = [
  ...places,
  ...structure,
  ...fields,
  ...markup,
  ...lists,
  ...addresses,
  ...entities,
  ...pages,
  ...inJson,
  ...charsets,
];
