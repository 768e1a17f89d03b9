import type { Edition, EditionEntry } from '../../src/model/edition.ts';
import type { Content, Entry, Feed, Person } from '../../src/model/feed.ts';
import { textOfHtml, textOfLine } from '../../src/parse/plain-text.ts';
import { escapeText, withoutForbiddenCharacters } from '../../src/support/html.ts';
import { lineOf, MAIL } from './words.ts';

// What an edition says, as each format can say it, beside what was read. Whoever has no author is credited to the publisher.
//
// Atom cannot say: anything of an episode; that a file's size is not known (0 stands for it); the address of a feed beside
//   that of its page. What has no type in it (names, rights, the title of the entry's feed) is read as HTML where it
//   shows end tags, as too many feeds mean it so.
// RSS cannot say: a person's address (dc:creator is a name); of the first file its title, how long it plays but for
//   episodes (itunes:duration), nor that its size is not known; the feed's id; the id and page of the feed that an entry was taken from. Its lines may be HTML:
//   of a title that has tags or references in it, readers see what HTML makes of them. Media RSS says which of its lines
//   are plain.
// JSON Feed cannot say, but for our own extension: e-mail addresses; the topics; rights and licence; alternative text,
//   caption, credit and size of a picture; the feed that an entry was taken from; other reports; the feed's id and date.
//   `external_url` is where the entry came from, without a word on how the two are related.

export type Format = 'atom' | 'rss' | 'json';

export type Told = {
  readonly id: string | null;
  readonly link: string | null;
  readonly title: string | null;
  readonly published: string | null;
  readonly updated: string | null;
  readonly language: string | null;
  readonly authors: readonly Person[];
  readonly categories: readonly (string | null)[];
  readonly summary: string | null;
  readonly body: string | null;
  readonly enclosures: readonly object[];
  readonly episode: object;
  readonly image: object | null;
  readonly via: readonly string[];
  readonly related: readonly string[];
  readonly source: object | null;
  readonly rights: string | null;
  readonly licence: string | null;
};

/** An edition's own fields, as a format can say them. */
export function feedMeant(edition: Edition, format: Format): Partial<Feed> {
  return {
    format,
    id: format === 'atom' ? edition.id : null,
    title: line(edition.title, format),
    subtitle: line(edition.subtitle ?? (format === 'rss' ? edition.title : null), format),
    link: edition.link,
    selfLink: edition.feedLinks[format],
    language: edition.language,
    updated: format === 'json' ? null : edition.updated,
    generator: format === 'json' ? null : edition.generator,
    rights: format === 'json' ? null : line(edition.rights, format),
    hubLinks: edition.hub === null ? [] : [edition.hub],
    pages: pagesMeant(edition, format),
    isArchive: format !== 'json' && edition.paging.current !== null,
    deleted:
      format === 'atom' ? edition.deleted.map(({ id, at }) => ({ ref: id, when: at, by: null, comment: null })) : [],
    skipped: [],
    repairs: [],
    truncated: false,
  };
}

function pagesMeant({ paging }: Edition, format: Format): Feed['pages'] {
  const { previous, next, current } = paging;
  const none = { next: null, previous: null, first: null, last: null };
  if (format === 'json')
    return { ...none, next: previous?.json ?? null, previousArchive: null, nextArchive: null, current: null };
  return {
    ...none,
    previousArchive: previous?.[format] ?? null,
    nextArchive: next?.[format] ?? null,
    current: current?.[format] ?? null,
  };
}

/** An entry, as a format can say it. */
export function entryMeant(entry: EditionEntry, format: Format): Told {
  const { image, origin, enclosures } = entry;
  const isJson = format === 'json';
  const named = [...entry.categories, ...(isJson ? [] : entry.topicIds)];
  const summary = lineOf(entry.summary) === null ? null : escapeText(clean(entry.summary));
  return {
    id: entry.id,
    link: entry.url,
    title: format === 'rss' ? line(entry.title, format) : lineOf(entry.title),
    published: entry.published,
    updated: entry.updated,
    language: entry.language,
    authors: authorsMeant(entry, format),
    categories: distinct(named.map((name) => (format === 'rss' ? line(name, format) : lineOf(name)))),
    summary,
    body: clean(entry.contentHtml),
    enclosures: enclosures.map(({ url, type, lengthBytes, title, durationSeconds }, place) => ({
      url,
      type: type ?? 'application/octet-stream',
      lengthBytes: lengthBytes ?? (format === 'atom' || (format === 'rss' && place === 0) ? 0 : null),
      title: format === 'rss' && place === 0 ? null : lineOf(title),
      durationSeconds: format === 'rss' && place === 0 ? null : durationSeconds,
    })),
    episode: episodeMeant(entry, format),
    image:
      image === null
        ? null
        : isJson
          ? { url: image.url, width: null, height: null, alt: null, caption: null, credit: null }
          : {
              url: image.url,
              width: image.width,
              height: image.height,
              alt: lineOf(image.alt),
              caption: lineOf(image.caption),
              credit: line(image.credit, format),
            },
    via: entry.sourceUrl === null || isJson ? [] : [entry.sourceUrl],
    related: isJson ? [entry.sourceUrl].filter((url) => url !== null) : entry.otherReports.map(({ url }) => url),
    source: {
      atom: { title: line(origin.title, format), url: origin.siteUrl ?? origin.feedUrl, id: origin.id },
      rss: { title: line(origin.title, format), url: origin.feedUrl, id: null },
      json: null,
    }[format],
    rights: isJson ? null : line(entry.rights, format),
    licence: isJson ? null : entry.licence,
  };
}

function episodeMeant({ episode, enclosures }: EditionEntry, format: Format): object {
  const told = format === 'rss' ? episode : null;
  const duration = told === null ? null : (enclosures[0]?.durationSeconds ?? null);
  return {
    season: told?.season ?? null,
    number: told?.number ?? null,
    kind: told?.kind ?? null,
    explicit: told?.explicit ?? null,
    image: told?.imageUrl ?? null,
    duration: duration === null ? null : String(duration),
  };
}

function authorsMeant(entry: EditionEntry, format: Format): Person[] {
  const people = entry.authors.map(({ name, email, url }) => personMeant({ name: name ?? email, email, url }, format));
  const named = people.filter((person) => Object.values(person).some((value) => value !== null));
  const credited = { name: entry.publisher.name, email: null, url: entry.publisher.url };
  return merged(named.length > 0 ? named : [personMeant(credited, format)]);
}

function personMeant({ name, email, url }: Person, format: Format): Person {
  if (format === 'atom') return { name: line(name, format), email, url };
  if (format === 'json') return { name: line(name, format), email: null, url };
  return name === MAIL ? { name: null, email: name, url: null } : { name: line(name, format), email: null, url: null };
}

/** The same name is one person, and what is known of each is known of both. */
function merged(people: readonly Person[]): Person[] {
  const kept: Person[] = [];
  for (const person of people) {
    const place = kept.findIndex((other) => isSame(other, person));
    const { name, email, url } = kept[place] ?? person;
    if (place < 0) kept.push(person);
    else kept[place] = { name: name ?? person.name, email: email ?? person.email, url: url ?? person.url };
  }
  return kept;
}

function isSame(a: Person, b: Person): boolean {
  if (a.name !== null && b.name !== null) return a.name.toLowerCase() === b.name.toLowerCase();
  return a.email !== null && a.email === b.email;
}

/** An entry as it was read. */
export function entryRead(entry: Entry): Told {
  const { content, summary } = entry;
  const isBodyAlone = content === null;
  const links = (wanted: string): string[] => entry.links.filter(({ rel }) => rel === wanted).map(({ href }) => href);
  return {
    id: entry.id,
    link: entry.link,
    title: entry.title,
    published: entry.published,
    updated: entry.updated,
    language: entry.language,
    authors: entry.authors,
    categories: distinct(entry.categories.map((name) => lineOf(name))),
    // RSS without a summary has its text where the summary would be.
    summary: isBodyAlone ? null : htmlOf(summary),
    body: isBodyAlone ? (summary?.value ?? null) : content.value,
    enclosures: entry.enclosures
      .filter(({ url }) => url !== entry.image?.url)
      .map((file) => ({ ...file, title: lineOf(file.title) })),
    episode: {
      season: entry.season,
      number: entry.episode,
      kind: entry.episodeKind,
      explicit: entry.explicit,
      image: entry.episodeImage,
      duration: entry.duration,
    },
    image: entry.image,
    via: links('via'),
    related: links('related'),
    source: entry.source,
    rights: entry.rights,
    licence: entry.licence,
  };
}

/** A line in an element that says nothing of its kind. */
function line(text: string | null, format: Format): string | null {
  if (text === null || format === 'json' || !/[<&]/.test(text)) return lineOf(text);
  if (format === 'rss') return lineOf(textOfLine(clean(text)));
  return SHOWS_TAGS.test(text) ? lineOf(textOfHtml(clean(text))) : lineOf(text);
}

const SHOWS_TAGS = /<\/(?:p|a|div|b|i|em|strong|ul|ol|h[1-6]|blockquote|span)>|<(?:p|br|hr) ?\/?>/i;

function clean(text: string): string {
  return withoutForbiddenCharacters(text).trim();
}

function htmlOf(content: Content | null): string | null {
  return content === null || content.type === 'html' ? (content?.value ?? null) : escapeText(content.value);
}

function distinct(names: readonly (string | null)[]): (string | null)[] {
  return [...new Set(names)].filter((name) => name !== null);
}
