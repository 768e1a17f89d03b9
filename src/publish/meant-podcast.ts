import type { Edition, EditionEntry } from '../model/edition.ts';
import { mailAddress } from '../support/mail-address.ts';
import { calledBy, episodeOf, filesOf } from './meant.ts';
import { element, textElement, type XmlElement } from './xml-element.ts';

// Apple's tags for podcasts, in RSS alone.

/** What directories ask of a channel that holds episodes: whose it is, what it is about, whether it is for adults. */
export function meantPodcast({ entries, author }: Edition): readonly XmlElement[] {
  const episodes = entries.filter(({ episode }) => episode !== null);
  if (episodes.length === 0) return [];
  const email = mailAddress(author.email);
  const isExplicit = episodes.some(({ episode }) => episode?.explicit === true);
  const owner = [...textElement('itunes:name', calledBy(author)), ...textElement('itunes:email', email)];
  return [
    ...(email === null ? [] : [element('itunes:owner', {}, owner)]),
    element('itunes:category', { text: 'News' }),
    element('itunes:explicit', {}, isExplicit ? 'true' : 'false'),
  ];
}

/** An episode; how long it plays is said of the file that the item encloses. */
export function meantEpisode(entry: EditionEntry): readonly XmlElement[] {
  const episode = episodeOf(entry);
  if (episode === null) return [];
  const { season, number, kind, explicit, imageUrl } = episode;
  const duration = filesOf(entry)[0]?.durationSeconds ?? null;
  return [
    ...leaf('itunes:duration', duration),
    ...leaf('itunes:season', season),
    ...leaf('itunes:episode', number),
    ...leaf('itunes:episodeType', kind),
    ...leaf('itunes:explicit', explicit),
    ...(imageUrl === null ? [] : [element('itunes:image', { href: imageUrl })]),
  ];
}

function leaf(name: string, value: string | number | boolean | null): readonly XmlElement[] {
  return value === null ? [] : [element(name, {}, String(value))];
}
