import type { Content, Enclosure, Entry, EntryImage, Feed, Person, SkippedEntry } from '../model/feed.ts';
import { foldWhiteSpace, withoutForbiddenCharacters } from '../support/html.ts';
import { fileNamed, pageAddress, pageNamed } from './addresses.ts';
import { cappedBody, cappedLine, cappedList, cappedSet, type Capping } from './capped.ts';
import { parseDate } from './dates.ts';
import { NO_PAGES } from './feed-pages.ts';
import { absoluteLinks } from './html-links.ts';
import type { MendedJson } from './mend-json.ts';
import { distinctPeople, personOfLine } from './people.ts';
import { CUT, nameOf, reasonToSkip } from './skipped.ts';

// JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/). Nothing of it is trusted to be of its kind.

type Fields = Readonly<Record<string, unknown>>;

/** What the values of one document are read with. */
type Reading = Capping & { readonly base: string | null };

/** Whether a JSON value is a JSON Feed: an object with a list of items, whatever version it says. */
export function isJsonFeed(value: unknown): value is Fields & { readonly items: readonly unknown[] } {
  if (!isObject(value)) return false;
  if (Array.isArray(value['items'])) return true;
  return typeof value['version'] === 'string' && value['version'].includes('jsonfeed.org/');
}

/** A JSON Feed's value → Feed; fields of a wrong kind are left out, items that are no objects are skipped. */
export function readJsonFeed(
  value: Fields,
  reading: Reading & Pick<MendedJson, 'cutItem'>,
): Omit<Feed, 'repairs' | 'truncated'> & { readonly leftOut: number } {
  const items = listOf(value, 'items');
  const selfLink = page(value, 'feed_url', reading);
  const within = { ...reading, base: reading.base ?? selfLink ?? page(value, 'home_page_url', reading) };
  const authors = peopleOf(value, within);
  const entries: Entry[] = [];
  const skipped: SkippedEntry[] = [];
  const hasOthers = items.length > 1;
  for (const [position, item] of items.slice(0, reading.limits.maxEntries).entries()) {
    if (!isObject(item)) {
      skipped.push({ position, name: null, reason: 'it is no JSON object' });
      continue;
    }
    const ownAuthors = peopleOf(item, within);
    const entry = entryOf(item, ownAuthors.length > 0 ? ownAuthors : authors, within);
    const isCut = reading.cutItem === 'kept' && position === items.length - 1;
    const reason = reasonToSkip(entry, { isCut, hasOthers, ownAuthors });
    if (reason === null) entries.push(entry);
    else skipped.push({ position, name: nameOf(entry), reason });
  }
  if (reading.cutItem === 'left-out' && items.length < reading.limits.maxEntries)
    skipped.push({ position: items.length, name: null, reason: CUT });
  const icon = page(value, 'icon', within);
  return {
    format: 'json',
    id: null,
    title: line(value, 'title', within),
    subtitle: line(value, 'description', within),
    link: page(value, 'home_page_url', within),
    selfLink,
    hubLinks: hubsOf(value, within),
    pages: { ...NO_PAGES, next: page(value, 'next_url', within) },
    isArchive: false,
    isComplete: false,
    language: line(value, 'language', within),
    authors,
    categories: [],
    updated: null,
    ttlMinutes: null,
    skipHours: [],
    skipDays: [],
    image: icon,
    icon: page(value, 'favicon', within) ?? icon,
    rights: null,
    licence: null,
    rsl: [],
    generator: null,
    explicit: null,
    entries,
    deleted: [],
    skipped,
    leftOut: Math.max(0, items.length - reading.limits.maxEntries),
  };
}

function entryOf(item: Fields, authors: readonly Person[], reading: Reading): Entry {
  const id = idOf(item, reading);
  const external = page(item, 'external_url', reading);
  const link = page(item, 'url', reading) ?? external ?? pageAddress(id ?? '', null);
  const html = bodyHtml(item, link ?? reading.base, reading);
  const text = body(item, 'content_text', reading);
  const content: Content | null = html ?? (text === null ? null : { type: 'text', value: text });
  const summary = body(item, 'summary', reading);
  const enclosures = attachmentsOf(item, reading);
  return {
    id,
    idIsPermalink: false,
    link,
    title: line(item, 'title', reading),
    authors,
    categories: tagsOf(item, reading),
    published: date(item, 'date_published', reading),
    updated: date(item, 'date_modified', reading),
    summary: summary === null ? null : { type: 'text', value: summary },
    content,
    enclosures,
    image: imageOf(item, enclosures, reading),
    language: line(item, 'language', reading),
    links: [
      ...(link === null ? [] : [{ rel: 'alternate', href: link, type: null }]),
      ...(external === null || external === link ? [] : [{ rel: 'related', href: external, type: null }]),
    ],
    source: null,
    originalLink: null,
    commentsUrl: null,
    rights: null,
    licence: null,
    rsl: [],
    duration: null,
    explicit: null,
    season: null,
    episode: null,
    episodeKind: null,
    episodeImage: null,
  };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(fields: Fields, name: string): readonly unknown[] {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A string as it stands; null where there is none. Other kinds are reported. */
function string(fields: Fields, name: string, reading: Reading): string | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') {
    reading.repairs.note('field-mistyped', name);
    return null;
  }
  const text = withoutForbiddenCharacters(value).trim();
  return text === '' ? null : text;
}

function line(fields: Fields, name: string, reading: Reading): string | null {
  const text = string(fields, name, reading);
  return text === null ? null : cappedLine(reading, text, foldWhiteSpace);
}

function body(fields: Fields, name: string, reading: Reading): string | null {
  const text = string(fields, name, reading);
  return text === null ? null : cappedBody(reading, text);
}

function bodyHtml(item: Fields, base: string | null, reading: Reading): Content | null {
  const html = body(item, 'content_html', reading);
  return html === null ? null : { type: 'html', value: base === null ? html : absoluteLinks(html, base) };
}

function page(fields: Fields, name: string, reading: Reading): string | null {
  return pageNamed(reading, string(fields, name, reading), reading.base);
}

function date(fields: Fields, name: string, reading: Reading): Entry['published'] {
  const written = string(fields, name, reading);
  const instant = written === null ? null : parseDate(written);
  if (written !== null && instant === null) reading.repairs.note('date-unreadable', written.slice(0, 60));
  return instant;
}

/** An id is a string; numbers, which earlier drafts let pass, are written out. */
function idOf(item: Fields, reading: Reading): string | null {
  const id = item['id'];
  return typeof id === 'number' && Number.isFinite(id) ? String(id) : string(item, 'id', reading);
}

/** 1.1 has `authors`, 1.0 `author`. */
function peopleOf(fields: Fields, reading: Reading): Person[] {
  const people = [...listOf(fields, 'authors'), fields['author']].map((author) => {
    if (typeof author === 'string') return personOfLine(line({ author }, 'author', reading) ?? '');
    if (!isObject(author)) return null;
    const name = line(author, 'name', reading);
    const url = page(author, 'url', reading);
    return name === null && url === null ? null : { name, email: null, url };
  });
  return distinctPeople(reading, people);
}

function tagsOf(item: Fields, reading: Reading): readonly string[] {
  const tags = listOf(item, 'tags').map((tag) => line({ tag }, 'tag', reading));
  return cappedSet(
    reading,
    tags.filter((tag) => tag !== null),
  );
}

function attachmentsOf(item: Fields, reading: Reading): readonly Enclosure[] {
  const attachments = listOf(item, 'attachments').filter(isObject);
  const enclosures = attachments.flatMap((attachment) => {
    const url = fileNamed(reading, string(attachment, 'url', reading), reading.base);
    if (url === null) return [];
    return {
      url,
      type: line(attachment, 'mime_type', reading),
      lengthBytes: wholeNumber(attachment['size_in_bytes']),
      title: line(attachment, 'title', reading),
      durationSeconds: wholeNumber(attachment['duration_in_seconds']),
    };
  });
  return cappedList(reading, enclosures);
}

function wholeNumber(value: unknown): number | null {
  const number = typeof value === 'string' && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? Math.floor(number) : null;
}

/** The item's picture; else one that is attached. */
function imageOf(item: Fields, attachments: readonly Enclosure[], reading: Reading): EntryImage | null {
  const attached = attachments.find(({ type }) => type !== null && /^image\//i.test(type))?.url ?? null;
  const url = page(item, 'image', reading) ?? page(item, 'banner_image', reading) ?? attached;
  return url === null ? null : { url, width: null, height: null, alt: null, caption: null, credit: null };
}

/** WebSub hubs; other kinds of hubs are not spoken to. */
function hubsOf(fields: Fields, reading: Reading): readonly string[] {
  const hubs = listOf(fields, 'hubs')
    .filter(isObject)
    .filter(({ type }) => type === 'WebSub' || type === 'websub')
    .map((hub) => page(hub, 'url', reading));
  return cappedSet(
    reading,
    hubs.filter((address) => address !== null),
  );
}
