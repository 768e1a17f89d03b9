import * as fc from 'fast-check';
import { sanitize } from '../../src/extract/body/sanitize.ts';
import type { Edition, EditionEntry } from '../../src/model/edition.ts';
import { escapeHtml } from '../../src/support/html.ts';
import { anEdition } from '../support/an-edition.ts';
import { MAIL, orNull, text, visible } from './words.ts';

// Editions as the product may make them: addresses public and absolute, bodies sanitised, sizes whole; words of all kinds.

const address = fc
  .webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ['http', 'https'] })
  .map((url) => new URL(url).href)
  .filter((url) => !/[|^{}`"'<>\\]|%(?![0-9a-f]{2})/i.test(url));
const instant = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);
const language = fc.constantFrom('en', 'ru', 'ar', 'de-AT', 'zh-Hant-TW');

const TAGS = ['p', 'b', 'em', 'blockquote', 'h2', 'pre', 'code', 'ul', 'li', 'table', 'td', 'script', 'x-y', 'figure'];

/** HTML as strangers write it, not yet sanitised. */
const html: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      text,
      text.map((some) => `<p>${escapeHtml(some)}</p>`),
      fc.tuple(fc.constantFrom(...TAGS), text).map(([tag, some]) => `<${tag}>${some}</${tag}>`),
      fc
        .tuple(address, text)
        .map(([url, some]) => `<a href="${escapeHtml(url)}" title="${escapeHtml(some)}">a link</a>`),
      fc.tuple(address, text).map(([url, some]) => `<img src="${escapeHtml(url)}" alt="${escapeHtml(some)}">`),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join('\n'));

/** A body as the product makes it, never empty. */
export function bodyOf(written: string): string {
  const safe = sanitize(written, { baseUrl: 'https://harbour.example/2026/bridge' });
  return safe.trim() === '' ? '<p>So it was.</p>' : safe;
}

/** A name that has no address for e-mail in it: readers take such a line apart. */
const personName = visible.filter((name) => !name.includes('@'));

const person = fc
  .record({
    name: orNull(personName),
    email: orNull(fc.constant(MAIL)),
    url: orNull(address),
  })
  .filter(({ name, email }) => (name ?? email) !== null);

const size = orNull(fc.integer({ min: 1, max: 100_000 }));

const entry: fc.Arbitrary<EditionEntry> = fc
  .record({
    id: fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
    url: fc.uuid().map((name) => `https://news.example.org/articles/2026/11/${name}.html`),
    sourceUrl: orNull(address),
    title: visible,
    authors: fc.array(person, { maxLength: 3 }),
    categories: fc.array(text, { maxLength: 3 }),
    topicIds: fc.subarray(['world', 'business']),
    published: instant,
    updated: instant,
    language: orNull(language),
    summary: text,
    contentHtml: html.map(bodyOf),
    extent: fc.constantFrom('full', 'excerpt', 'link'),
    extentReason: orNull(text),
    wordCount: fc.nat(),
    image: orNull(
      fc.record({
        url: address.map((url) => `https://pictures.example/?of=${encodeURIComponent(url)}`),
        width: size,
        height: size,
        type: orNull(fc.constantFrom('image/png', 'image/jpeg')),
        alt: orNull(text),
        caption: orNull(text),
        credit: orNull(text),
        licence: orNull(address),
      }),
    ),
    enclosures: fc.uniqueArray(
      fc.record({
        url: address.map((url) => `https://files.example/?of=${encodeURIComponent(url)}`),
        type: orNull(fc.constantFrom('audio/mpeg', 'video/mp4', 'application/pdf')),
        lengthBytes: size,
        title: orNull(text),
        durationSeconds: size,
      }),
      { maxLength: 3, selector: ({ url }) => url },
    ),
    episode: orNull(
      fc.record({
        season: orNull(fc.integer({ min: 1, max: 9000 })),
        number: orNull(fc.integer({ min: 1, max: 9000 })),
        kind: fc.constantFrom(null, 'full', 'trailer', 'bonus'),
        explicit: fc.constantFrom(null, true, false),
        imageUrl: fc.constant(null),
      }),
    ),
    publisher: fc.record({ name: personName, url: orNull(address) }),
    origin: fc.record({
      id: fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
      title: visible,
      feedUrl: address,
      siteUrl: orNull(address),
      updated: orNull(instant),
      rights: orNull(text),
    }),
    rights: orNull(text),
    licence: orNull(address),
    otherReports: fc.array(fc.record({ title: visible, url: address, publisher: visible }), { maxLength: 2 }),
    corrections: fc.array(fc.record({ at: instant, note: visible }), { maxLength: 2 }),
  })
  // Where it has a picture of its own, readers show that one.
  .map((one) => {
    const { episode, image } = one;
    return episode === null ? one : { ...one, episode: { ...episode, imageUrl: image?.url ?? null } };
  });

const links = fc.record({ atom: address, rss: address, json: address });

export const edition: fc.Arbitrary<Edition> = fc
  .record({
    title: visible,
    subtitle: orNull(visible),
    language,
    updated: instant,
    icon: orNull(address),
    rights: orNull(visible),
    hub: orNull(address),
    paging: fc.record({ previous: orNull(links), next: orNull(links), current: orNull(links) }),
    deleted: fc.array(fc.record({ id: fc.uuid().map((uuid) => `urn:uuid:${uuid}`), at: instant }), { maxLength: 2 }),
    entries: fc.uniqueArray(entry, { maxLength: 4, selector: ({ id }) => id }),
  })
  .map((given) => anEdition(given));
