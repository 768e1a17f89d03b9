// Floods of one thing, where it hurts a careless reader. The tests ask that each comes to an end, bench/floods.ts how soon.

/** What is repeated. */
// prettier-ignore
export const UNITS: readonly string[] = [
  '<', '&', '>', ']]>', '<![CDATA[', '<!--', '<!', '<?', 'a<p', '<a b="', "<a b='", '<a b=">', '<b>', '</b>', '<i/>',
  '&amp;', '&lt;', '&#x', '&lt;a ', '&lt;!--', '&lt;![CDATA[', '&lt;!', '&lt;script>', '<a href="x">', '<img srcset="', ',', '<item>', '<title>',
  '<description>', '<x>', '<link/>', '<author><name>', '<media:group>', '<x><y><z></x>', '<item><x></item>',
  '<div xml:base="x">', '<!DOCTYPE [', '<!ENTITY a "b">', ' ', '\n', 'a@', '\u0000', '"a":', '{"a":', '[',
];

/** Where it stands. */
export const PLACES: Readonly<Record<string, (what: string) => string>> = {
  'for a document': (what) => what,
  'before the feed': (what) => `${what}<rss version="2.0"><channel><title>G</title></channel></rss>`,
  'in a doctype': (what) => `<!DOCTYPE rss [${what}]><rss version="2.0"><channel><title>G</title></channel></rss>`,
  'in a channel': (what) => `<rss version="2.0"><channel>${what}</channel></rss>`,
  'in an item': (what) => `<rss version="2.0"><channel><item><guid>g</guid>${what}</item></channel></rss>`,
  'in a title': (what) => `<rss version="2.0"><channel><item><title>${what}</title></item></channel></rss>`,
  'in a word': (what) => `<rss version="2.0"><channel><item><guid><b/>${what}</guid></item></channel></rss>`,
  'in a body': (what) => `<rss version="2.0"><channel><item><description>${what}</description></item></channel></rss>`,
  'in a CDATA section': (what) =>
    `<rss><channel><item><description><![CDATA[${what}]]></description></item></channel></rss>`,
  'in XHTML': (what) =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml"><div>${what}</div></content></entry></feed>`,
  'in an attribute': (what) => `<rss version="2.0"><channel><item><enclosure url="${what}"/></item></channel></rss>`,
  'in a tag': (what) => `<rss version="2.0"><channel><item><link ${what}`,
  'in JSON': (what) => `{"version":"https://jsonfeed.org/version/1","items":[${what}`,
};

/** A unit over and over: as many as make up a length. */
export function flood(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length));
}
