import type { Edition, EditionEntry } from '../model/edition.ts';
import type { Person } from '../model/feed.ts';
import { languageTag } from '../support/language-tag.ts';
import { publicAddress } from '../support/public-address.ts';
import { calledBy, clean, episodeOf, filesOf, imageOf, namesOf, reportsOf, summaryOf, tagsOf } from './meant.ts';

/** JSON as it is compared: keys in their order. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * What an edition's JSON Feed has to say, key for key (JSON Feed 1.1).
 * @param items what those have to say that stand in it
 */
export function meantJson(edition: Edition, items: readonly Json[]): Json {
  const { previous, next, current } = edition.paging;
  const hub = publicAddress(edition.hub);
  return told({
    version: 'https://jsonfeed.org/version/1.1',
    title: clean(edition.title),
    home_page_url: publicAddress(edition.link),
    feed_url: publicAddress(edition.feedLinks.json),
    description: clean(edition.subtitle),
    icon: publicAddress(edition.icon),
    authors: some(personOf(edition.author)),
    language: languageTag(edition.language),
    next_url: publicAddress(previous?.json ?? null),
    hubs: hub === null ? null : [{ type: 'WebSub', url: hub }],
    _tributary: told({
      id: clean(edition.id),
      updated: edition.updated,
      topic: edition.topicId,
      variant: edition.variant,
      generator: clean(edition.generator),
      rights: clean(edition.rights),
      archive:
        current === null
          ? null
          : told({ current: publicAddress(current.json), next: publicAddress(next?.json ?? null) }),
      deleted: some(edition.deleted.map(({ id, at }) => ({ id: clean(id), at }))),
    }),
    items,
  });
}

export function meantJsonItem(entry: EditionEntry): Json {
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
    episode: meantEpisode(entry),
    other_reports: some(reportsOf(entry).map(({ title, url, publisher }) => told({ title, url, publisher }))),
    corrections: some(entry.corrections.map(({ at, note }) => told({ at, note: clean(note) }))),
  });
}

function meantEpisode(entry: EditionEntry): Json {
  const episode = episodeOf(entry);
  if (episode === null) return null;
  const { season, number, kind, explicit, imageUrl } = episode;
  const fields = { season, number, type: kind, explicit, image: imageUrl };
  return Object.values(fields).every((value) => value === null) ? null : told(fields);
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
