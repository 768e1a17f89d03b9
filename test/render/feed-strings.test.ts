import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Edition, EditionEntry } from '../../src/model/edition.ts';
import { gate } from '../../src/publish/gate.ts';
import { renderAtom } from '../../src/render/atom.ts';
import { renderJsonFeed } from '../../src/render/json-feed.ts';
import { renderRss } from '../../src/render/rss.ts';
import { escapeXml } from '../../src/render/xml.ts';
import { anEdition } from '../support/an-edition.ts';

// There and back: whatever strangers write, the gate reads in the documents what the edition says.

const NASTY = [
  ']]>',
  '<![CDATA[',
  '&amp;',
  '&',
  '<',
  '>',
  '"',
  "'",
  '\u0000',
  '\ufffd',
  '\uffff',
  '\ud800',
  '\r\n',
  '\t',
  '\u2028',
  '\u0085',
  'mark:entry.id;',
  '$&',
  '$1',
  '__proto__',
  'شارع',
  '🌉',
  '𝔘',
  '</entry><entry>',
  '%zz',
  '{{',
];
const nasty = fc.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 8 })), {
  maxLength: 6,
});
const text = nasty.map((parts) => parts.join(''));
const title = text.map((some) => `A ${some}`);
const orNull = (one: fc.Arbitrary<string>): fc.Arbitrary<string | null> => fc.option(one, { nil: null });
const address = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  text.map((some) => `https://h.example/${some}`),
  text,
);
const count = fc.option(fc.oneof(fc.nat(), fc.double(), fc.integer()), { nil: null });
const instant = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);
const person = fc.record({
  name: orNull(text),
  email: orNull(fc.oneof(fc.emailAddress(), text)),
  url: orNull(address),
});

const entry: fc.Arbitrary<EditionEntry> = fc.record({
  id: fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
  url: fc.webPath().map((path) => `https://news.example.org/articles${path}`),
  sourceUrl: orNull(address),
  title,
  authors: fc.array(person, { maxLength: 3 }),
  categories: fc.array(text, { maxLength: 3 }),
  topicIds: fc.subarray(['world', 'business']),
  published: instant,
  updated: instant,
  language: orNull(fc.oneof(fc.constantFrom('en', 'ar', 'zh-hant-TW'), text)),
  summary: text,
  contentHtml: text.map((some) => `<p>${some}</p>`),
  extent: fc.constantFrom('full', 'excerpt', 'link'),
  extentReason: orNull(text),
  wordCount: fc.nat(),
  image: fc.option(
    fc.record({
      url: address,
      width: count,
      height: count,
      type: orNull(fc.oneof(fc.constantFrom('image/png', 'IMAGE/JPG'), text)),
      alt: orNull(text),
      caption: orNull(text),
      credit: orNull(text),
      licence: fc.constant(null),
    }),
    { nil: null },
  ),
  enclosures: fc.array(
    fc.record({ url: address, type: orNull(text), lengthBytes: count, title: orNull(text), durationSeconds: count }),
    { maxLength: 3 },
  ),
  episode: fc.option(
    fc.record({
      season: count,
      number: count,
      kind: fc.constantFrom(null, 'full', 'trailer', 'bonus'),
      explicit: fc.constantFrom(null, true, false),
      imageUrl: orNull(address),
    }),
    { nil: null },
  ),
  publisher: fc.record({ name: title, url: orNull(address) }),
  origin: fc.record({
    id: fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
    title,
    feedUrl: address,
    siteUrl: orNull(address),
    updated: fc.option(instant, { nil: null }),
    rights: orNull(text),
  }),
  rights: orNull(text),
  licence: orNull(address),
  otherReports: fc.array(fc.record({ title: text, url: address, publisher: text }), { maxLength: 2 }),
  corrections: fc.array(fc.record({ at: instant, note: title }), { maxLength: 2 }),
});

const edition: fc.Arbitrary<Edition> = fc
  .record({
    title,
    subtitle: orNull(title),
    updated: instant,
    icon: orNull(address),
    entries: fc.uniqueArray(entry, { maxLength: 4, selector: ({ id }) => id }),
  })
  .map((given) => anEdition(given));

test('whatever strangers write, the documents parse and say what was meant', () => {
  fc.assert(
    fc.property(edition, (one) => {
      gate({ path: 'x.atom', text: renderAtom(one), format: 'atom' }, one);
      gate({ path: 'x.rss', text: renderRss(one), format: 'rss' }, one);
      gate({ path: 'x.json', text: renderJsonFeed(one), format: 'json' }, one);
    }),
    { numRuns: 200, seed: 20_261_124 },
  );
});

test('what is escaped holds no bracket, no bare ampersand and no forbidden character', () => {
  fc.assert(
    fc.property(text, (some) => {
      for (const kind of ['plain', 'markup'] as const) {
        const escaped = escapeXml(some, kind);
        expect(escaped).not.toMatch(/[<>\r]|&(?!(?:#x[0-9A-F]+|lt|gt|amp);)/);
        expect(escaped.isWellFormed()).toBe(true);
      }
      expect(escapeXml(some, 'plain')).not.toMatch(/["\t\n]/);
    }),
    { numRuns: 300, seed: 1 },
  );
});
