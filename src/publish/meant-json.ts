import type { Edition, EditionEntry } from '../model/edition.ts';
import type { Person } from '../model/feed.ts';
import { languageTag } from '../support/language-tag.ts';
import { publicAddress } from '../support/public-address.ts';
import { calledBy, clean, filesOf, imageOf, namesOf, reportsOf, summaryOf, tagsOf } from './meant.ts';

/** JSON as it is compared: keys in their order. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What an edition's JSON Feed has to say, key for key (JSON Feed 1.1). */
export function meantJson(edition: Edition): Json {
  return told({
    version: 'https://jsonfeed.org/version/1.1',
    title: clean(edition.title),
    home_page_url: publicAddress(edition.link),
    feed_url: publicAddress(edition.feedLinks.json),
    description: clean(edition.subtitle),
    icon: publicAddress(edition.icon),
    authors: some(personOf(edition.author)),
    language: languageTag(edition.language),
    _tributary: {
      id: clean(edition.id),
      updated: edition.updated,
      topic: edition.topicId,
      generator: clean(edition.generator),
    },
    items: edition.entries.map(meantItem),
  });
}

function meantItem(entry: EditionEntry): Json {
  return told({
    id: clean(entry.id),
    content_html: clean(entry.contentHtml),
    url: publicAddress(entry.url),
    title: clean(entry.title),
    summary: summaryOf(entry),
    image: imageOf(entry)?.url ?? null,
    date_modified: entry.updated,
    date_published: entry.published,
    tags: some(tagsOf(entry)),
    authors: namesOf(entry).length > 0 ? entry.authors.flatMap(personOf) : [publisherOf(entry)],
    external_url: publicAddress(entry.sourceUrl),
    language: languageTag(entry.language),
    attachments: some(
      filesOf(entry).map(({ url, type, title, lengthBytes, durationSeconds }) =>
        told({ url, mime_type: type, title, size_in_bytes: lengthBytes, duration_in_seconds: durationSeconds }),
      ),
    ),
    _tributary: ownFields(entry),
  });
}

function ownFields(entry: EditionEntry): Json {
  const { origin } = entry;
  const image = imageOf(entry);
  return told({
    topics: some(entry.topicIds),
    publisher: publisherOf(entry),
    attribution: attributionOf(entry),
    source: told({
      id: clean(origin.id),
      title: clean(origin.title),
      feed_url: publicAddress(origin.feedUrl),
      home_page_url: publicAddress(origin.siteUrl),
      updated: origin.updated,
      rights: clean(origin.rights),
    }),
    extent: entry.extent,
    extent_reason: clean(entry.extentReason),
    word_count: entry.wordCount,
    rights: clean(entry.rights),
    licence: publicAddress(entry.licence),
    image: image === null ? null : told({ ...image }),
    other_reports: some(reportsOf(entry).map(({ title, url, publisher }) => told({ title, url, publisher }))),
    corrections: some(entry.corrections.map(({ at, note }) => told({ at, note: clean(note) }))),
  });
}

/** Who wrote it, who published it, where it stands. */
function attributionOf(entry: EditionEntry): string {
  const parts = [...namesOf(entry), clean(entry.publisher.name)];
  const address = publicAddress(entry.sourceUrl);
  return (address === null ? parts : [...parts, address]).join(', ');
}

function personOf(person: Person): readonly Json[] {
  const name = calledBy(person);
  return name === null ? [] : [told({ name, url: publicAddress(person.url) })];
}

function publisherOf({ publisher }: EditionEntry): Json {
  return told({ name: clean(publisher.name), url: publicAddress(publisher.url) });
}

/** What is absent has no key. */
function told(fields: Readonly<Record<string, Json>>): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ''));
}

function some(list: readonly Json[]): Json {
  return list.length === 0 ? null : list;
}
