import type { Content, Enclosure, Entry, EntryImage, Feed, Person, SkippedEntry } from '../model/feed.ts';
import { withoutForbiddenCharacters } from '../support/html.ts';
import { fileAddress, pageAddress, schemeOrStart } from './addresses.ts';
import { parseDate } from './dates.ts';
import { NO_PAGES } from './feed-pages.ts';
import { absoluteLinks } from './html-links.ts';
import { beginning, type ParseLimits } from './limits.ts';
import { distinctPeople, personOfLine } from './people.ts';
import type { Repairs } from './repairs.ts';

// JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/). Nothing of it is trusted to be of its kind.

type Fields = Readonly<Record<string, unknown>>;

/** What the values of one document are read with. */
type Reading = { readonly base: string | null; readonly limits: ParseLimits; readonly repairs: Repairs };

/** Whether a JSON value is a JSON Feed: an object with a list of items, whatever version it says. */
export function isJsonFeed(value: unknown): value is Fields & { readonly items: readonly unknown[] } {
  if (!isObject(value)) return false;
  if (Array.isArray(value['items'])) return true;
  return typeof value['version'] === 'string' && value['version'].includes('jsonfeed.org/');
}

/** A JSON Feed's value → Feed; fields of a wrong kind are left out, items that are no objects are skipped. */
export function readJsonFeed(
  value: Fields,
  reading: Reading,
): Omit<Feed, 'repairs' | 'truncated'> & { readonly leftOut: number } {
  const items = Array.isArray(value['items']) ? (value['items'] as unknown[]) : [];
  const selfLink = page(value, 'feed_url', reading);
  const within = { ...reading, base: reading.base ?? selfLink ?? page(value, 'home_page_url', reading) };
  const authors = peopleOf(value, within);
  const entries: Entry[] = [];
  const skipped: SkippedEntry[] = [];
  items.slice(0, reading.limits.maxEntries).forEach((item, position) => {
    const entry = isObject(item) ? entryOf(item, authors, within) : null;
    if (entry === null) skipped.push({ position, name: null, reason: 'it is no JSON object' });
    else if (isEmpty(entry)) skipped.push({ position, name: null, reason: 'it has no title, link, id or text' });
    else entries.push(entry);
  });
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
    generator: null,
    explicit: null,
    entries,
    deleted: [],
    skipped,
    leftOut: Math.max(0, items.length - reading.limits.maxEntries),
  };
}

function entryOf(item: Fields, feedAuthors: readonly Person[], reading: Reading): Entry {
  const id = idOf(item, reading);
  const external = page(item, 'external_url', reading);
  const link = page(item, 'url', reading) ?? external ?? pageAddress(id ?? '', null);
  const authors = peopleOf(item, reading);
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
    authors: authors.length > 0 ? authors : feedAuthors,
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
    duration: null,
    explicit: null,
  };
}

function isEmpty({ id, link, title, content, summary }: Entry): boolean {
  return (id ?? link ?? title ?? content ?? summary) === null;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
  const text =
    string(fields, name, reading)
      ?.slice(0, reading.limits.maxLineLength * 8)
      .replace(/\s+/g, ' ') ?? null;
  if (text === null || text.length <= reading.limits.maxLineLength) return text;
  reading.repairs.note('text-capped');
  return beginning(text, reading.limits.maxLineLength).trimEnd();
}

function body(fields: Fields, name: string, reading: Reading): string | null {
  const text = string(fields, name, reading);
  if (text === null || text.length <= reading.limits.maxBodyLength) return text;
  reading.repairs.note('text-capped');
  return beginning(text, reading.limits.maxBodyLength);
}

function bodyHtml(item: Fields, base: string | null, reading: Reading): Content | null {
  const html = body(item, 'content_html', reading);
  return html === null ? null : { type: 'html', value: base === null ? html : absoluteLinks(html, base) };
}

function page(fields: Fields, name: string, reading: Reading): string | null {
  const written = string(fields, name, reading);
  if (written === null || written.length > reading.limits.maxAddressLength) return null;
  const address = pageAddress(written, reading.base);
  if (address === null) reading.repairs.note('address-unusable', schemeOrStart(written));
  return address;
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
  const many = Array.isArray(fields['authors']) ? (fields['authors'] as unknown[]) : [];
  const people = [...many, fields['author']].map((author) => {
    if (typeof author === 'string') return personOfLine(line({ author }, 'author', reading) ?? '');
    if (!isObject(author)) return null;
    const name = line(author, 'name', reading);
    const url = page(author, 'url', reading);
    return name === null && url === null ? null : { name, email: null, url };
  });
  return distinctPeople(people, reading.limits.maxListed);
}

function tagsOf(item: Fields, reading: Reading): string[] {
  const tags = Array.isArray(item['tags']) ? (item['tags'] as unknown[]) : [];
  const words = tags.flatMap((tag) => (typeof tag === 'string' && tag.trim() !== '' ? [tag.trim()] : []));
  return [
    ...new Set(words.map((word) => withoutForbiddenCharacters(beginning(word, reading.limits.maxLineLength)))),
  ].slice(0, reading.limits.maxListed);
}

function attachmentsOf(item: Fields, reading: Reading): Enclosure[] {
  const attachments = Array.isArray(item['attachments']) ? (item['attachments'] as unknown[]) : [];
  const enclosures = attachments.filter(isObject).flatMap((attachment) => {
    const url = fileAddress(string(attachment, 'url', reading) ?? '', reading.base);
    if (url === null) return [];
    return {
      url,
      type: line(attachment, 'mime_type', reading),
      lengthBytes: wholeNumber(attachment['size_in_bytes']),
      title: line(attachment, 'title', reading),
      durationSeconds: wholeNumber(attachment['duration_in_seconds']),
    };
  });
  return enclosures.slice(0, reading.limits.maxListed);
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
function hubsOf(fields: Fields, reading: Reading): string[] {
  const hubs = Array.isArray(fields['hubs']) ? (fields['hubs'] as unknown[]) : [];
  const addresses = hubs
    .filter(isObject)
    .slice(0, reading.limits.maxListed)
    .filter(({ type }) => type === 'WebSub' || type === 'websub')
    .map((hub) => page(hub, 'url', reading));
  return [...new Set(addresses.filter((address) => address !== null))];
}
