import * as fc from 'fast-check';
import { escapeHtml } from '../../src/support/html.ts';
import { plusSeconds, type Instant } from '../../src/support/instant.ts';
import { atomDocument, type AtomItem } from '../support/atom-document.ts';
import { inventedSentences, inventedTitle } from '../support/invented-text.ts';

// The Harbour News writes, and the Mirror copies, distorts and forges whatever of it can be forged.

export const HARBOUR = 'https://harbour.example';
export const MIRROR = 'https://mirror.example';

/** An entry of the Harbour News. `edits` counts its changes; `named` is the page that it says it was taken from. */
export type HarbourItem = {
  readonly number: number;
  readonly written: Instant;
  readonly edits: number;
  readonly named: string | null;
};

/** What an entry of the Mirror makes of an entry of the Harbour News, or of the one that is to come. */
const CHOICES = {
  about: ['one that is told', 'the last one', 'the next one'],
  guid: ['a guid of its own', 'the guid of the other', 'no guid', 'one guid for all'],
  link: ['a link of its own', 'the link of the other', 'the link of the other with tracking', 'no link'],
  title: ['the title of the other', 'a title of its own'],
  text: ['the same text', 'a fuller text', 'a shorter text', 'a changed text', 'the texts of two', 'another text'],
  date: ['the date of the other', 'an hour before', 'years before', 'a date to come', 'no date'],
  claim: [
    'no claim',
    'says it is from the other',
    'says that the next one is its source',
    'has the other as its original link',
    'has a page that claims to be the other',
    'has a page that names the other as its source',
  ],
} as const;

export type Forgery = {
  readonly [Name in keyof typeof CHOICES]: (typeof CHOICES)[Name][number];
} & { readonly of: number };

/** Everything that a forgery may be, in words: to be counted. */
export const ALL_CHOICES: readonly string[] = Object.values(CHOICES).flat();
export const choicesOf = (forgery: Forgery): string[] =>
  Object.keys(CHOICES).map((name) => forgery[name as keyof typeof CHOICES]);

export const anyForgery: fc.Arbitrary<Forgery> = fc.record({
  about: fc.constantFrom(...CHOICES.about),
  guid: fc.constantFrom(...CHOICES.guid),
  link: fc.constantFrom(...CHOICES.link),
  title: fc.constantFrom(...CHOICES.title),
  text: fc.constantFrom(...CHOICES.text),
  date: fc.constantFrom(...CHOICES.date),
  claim: fc.constantFrom(...CHOICES.claim),
  of: fc.nat({ max: 1000 }),
});

/** An entry of the Mirror: its number, and the number of the entry that it makes something of. */
export type MirrorItem = { readonly number: number; readonly subject: number; readonly forgery: Forgery };

const harbourLink = (number: number): string => `${HARBOUR}/news/${number}`;
const harbourGuid = (number: number): string => `tag:harbour.example,2026:${number}`;
export const mirrorLink = (number: number): string => `${MIRROR}/copies/${number}`;

/** Of the Harbour News every second entry is a notice of a few words. */
const lengthOf = (number: number): number => (number % 2 === 0 ? 8 : 2);

export function harbourDocument(items: readonly HarbourItem[]): string {
  const head = { title: 'Harbour News', id: `${HARBOUR}/feed`, site: `${HARBOUR}/` };
  return atomDocument(head, items.map(harbourEntry));
}

function harbourEntry({ number, written, edits, named }: HarbourItem): AtomItem {
  const sentences = inventedSentences(number, lengthOf(number));
  const later = edits === 0 ? [] : inventedSentences(1000 + number * 10 + edits, 1);
  return {
    guid: harbourGuid(number),
    link: harbourLink(number),
    title: inventedTitle(number),
    text: [...sentences, ...later].join(' '),
    published: written,
    author: 'Ada Harbour',
    image: number % 3 === 0 ? null : `${HARBOUR}/pictures/${number}.jpg`,
    via: named,
    originalLink: null,
  };
}

/** @param asHarbour whether the feed says of itself that it is that of the Harbour News */
export function mirrorDocument(items: readonly MirrorItem[], now: Instant, asHarbour: boolean): string {
  const head = asHarbour
    ? { title: 'Harbour News', id: `${HARBOUR}/feed`, site: `${HARBOUR}/` }
    : { title: 'The Mirror', id: `${MIRROR}/feed`, site: `${MIRROR}/` };
  return atomDocument(
    head,
    items.map((item) => mirrorEntry(item, now)),
  );
}

function mirrorEntry({ number, subject, forgery }: MirrorItem, now: Instant): AtomItem {
  const { claim } = forgery;
  return {
    guid: guidOf(forgery, { number, subject }),
    link: linkOf(forgery, { number, subject }),
    title: forgery.title === 'a title of its own' ? inventedTitle(5000 + number) : inventedTitle(subject),
    text: textOf(forgery, { number, subject }),
    published: dateOf(forgery, now),
    author: 'Mallory Mirror',
    image: `${MIRROR}/pictures/${number}.jpg`,
    via:
      claim === 'says it is from the other'
        ? harbourLink(subject)
        : claim === 'says that the next one is its source'
          ? harbourLink(subject + 1)
          : null,
    originalLink: claim === 'has the other as its original link' ? harbourLink(subject) : null,
  };
}

type Numbers = { readonly number: number; readonly subject: number };

function guidOf({ guid }: Forgery, { number, subject }: Numbers): string | null {
  if (guid === 'no guid') return null;
  if (guid === 'one guid for all') return 'mirror';
  return guid === 'the guid of the other' ? harbourGuid(subject) : `mirror-${number}`;
}

function linkOf({ link }: Forgery, { number, subject }: Numbers): string | null {
  if (link === 'no link') return null;
  if (link === 'a link of its own') return mirrorLink(number);
  const plain = harbourLink(subject);
  return link === 'the link of the other' ? plain : `${plain.replace('https:', 'http:')}/?utm_source=mirror`;
}

function textOf({ text }: Forgery, { number, subject }: Numbers): string {
  const theirs = inventedSentences(subject, lengthOf(subject));
  const own = inventedSentences(5000 + number, 4);
  if (text === 'another text') return own.join(' ');
  if (text === 'the texts of two')
    return [...theirs, ...inventedSentences(subject + 1, lengthOf(subject + 1))].join(' ');
  if (text === 'a fuller text') return [...theirs, ...own].join(' ');
  if (text === 'a shorter text') return theirs.slice(0, Math.ceil(theirs.length / 2)).join(' ');
  return (text === 'a changed text' ? [own[0]!, ...theirs.slice(1)] : theirs).join(' ');
}

function dateOf({ date }: Forgery, now: Instant): Instant | null {
  if (date === 'no date') return null;
  if (date === 'years before') return '2019-03-01T08:00:00Z';
  if (date === 'a date to come') return plusSeconds(now, 30 * 86_400);
  return plusSeconds(now, date === 'an hour before' ? -9 * 3600 : -3600);
}

/** The page behind an address of the Mirror's own, with what it claims to be. */
export function mirrorPage(url: string, items: readonly MirrorItem[]): string | null {
  const item = items.find(({ number }) => mirrorLink(number) === url);
  if (item === undefined) return null;
  const { claim } = item.forgery;
  const theirs = harbourLink(item.subject);
  const claims =
    claim === 'has a page that claims to be the other'
      ? `<link rel="canonical" href="${theirs}"><meta property="og:url" content="${theirs}">`
      : claim === 'has a page that names the other as its source'
        ? `<meta name="original-source" content="${theirs}">`
        : '';
  const title = escapeHtml(item.forgery.title === 'a title of its own' ? 'Of the Mirror' : inventedTitle(item.subject));
  const sentences = textOf(item.forgery, item).split('. ');
  const paragraphs = sentences.map((sentence) => `<p>${escapeHtml(sentence)}.</p>`);
  return `<html><head><title>${title}</title>${claims}</head><body><main><article><h1>${title}</h1>${paragraphs.join('')}
    </article></main></body></html>`;
}
