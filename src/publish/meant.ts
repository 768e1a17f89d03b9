import type { EditionEntry } from '../model/edition.ts';
import type { Enclosure, Person } from '../model/feed.ts';
import { withoutForbiddenCharacters } from '../support/html.ts';
import { mediaType } from '../support/media-type.ts';
import { publicAddress } from '../support/public-address.ts';

// What the fields of an Edition mean in a feed, whatever the format. Written for the gate, beside the renderers and not
// from them: a fault has to be made twice to get through.

/** What we call our own topics among an entry's categories. */
export const OUR_TOPICS = 'urn:x-tributary:topic';

/** A text as a document may hold it. Null stays null. */
export function clean<Text extends string | null>(text: Text): Text {
  return (text === null ? null : withoutForbiddenCharacters(text)) as Text;
}

/** What a person is called: by name, else by whatever there is. Null if there is nothing. */
export function calledBy(person: Person): string | null {
  for (const part of [person.name, person.email, person.url]) {
    if (part !== null && clean(part).trim() !== '') return clean(part);
  }
  return null;
}

/** The authors that can be named. */
export function namesOf(entry: EditionEntry): readonly string[] {
  return entry.authors.map(calledBy).filter((name) => name !== null);
}

/** The source's own tags. */
export function tagsOf(entry: EditionEntry): readonly string[] {
  return entry.categories.map((tag) => clean(tag)).filter((tag) => tag.trim() !== '');
}

/** The summary; null if it says nothing. */
export function summaryOf({ summary }: EditionEntry): string | null {
  return clean(summary).trim() === '' ? null : clean(summary);
}

/** The files that can be fetched, each with its type. */
export function filesOf(entry: EditionEntry): readonly (Omit<Enclosure, 'type'> & { readonly type: string })[] {
  const files = [];
  for (const file of entry.enclosures) {
    const url = publicAddress(file.url);
    if (url === null) continue;
    files.push({
      url,
      type: mediaType(file.type) ?? 'application/octet-stream',
      lengthBytes: positive(file.lengthBytes),
      title: clean(file.title),
      durationSeconds: positive(file.durationSeconds),
    });
  }
  return files;
}

/** The lead image, if it can be shown. */
export function imageOf({ image }: EditionEntry): EditionEntry['image'] {
  const url = image === null ? null : publicAddress(image.url);
  if (image === null || url === null) return null;
  return {
    url,
    type: mediaType(image.type),
    width: positive(image.width),
    height: positive(image.height),
    alt: clean(image.alt),
    caption: clean(image.caption),
    credit: clean(image.credit),
    licence: publicAddress(image.licence),
  };
}

/** What is said of it as an episode of a podcast; null if nothing is. */
export function episodeOf({ episode }: EditionEntry): EditionEntry['episode'] {
  if (episode === null) return null;
  const { season, number, kind, explicit, imageUrl } = episode;
  return { season: positive(season), number: positive(number), kind, explicit, imageUrl: publicAddress(imageUrl) };
}

/** The other reports that can be read. */
export function reportsOf(entry: EditionEntry): EditionEntry['otherReports'] {
  return entry.otherReports.flatMap((report) => {
    const url = publicAddress(report.url);
    return url === null ? [] : [{ url, title: clean(report.title), publisher: clean(report.publisher) }];
  });
}

/** A count of something: whole, more than nothing, and small enough to be exact. */
function positive(told: number | null): number | null {
  if (told === null) return null;
  const whole = Math.round(told);
  return whole >= 1 && whole <= Number.MAX_SAFE_INTEGER ? whole : null;
}
