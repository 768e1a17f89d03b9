import type { Episode } from '../model/article.ts';
import type { Enclosure, Entry } from '../model/feed.ts';
import { safeMediaAddress } from './page/safe-address.ts';

// What podcasts say of an entry: of it as an episode, and how long its file plays.

type Told = Pick<Entry, 'season' | 'episode' | 'episodeKind' | 'explicit' | 'episodeImage' | 'duration' | 'enclosures'>;

/** The entry as an episode; null where nothing is said of it as one, or there is nothing to play. */
export function episodeOf(entry: Told, baseUrl: string): Episode | null {
  if (!entry.enclosures.some(isPlayed)) return null;
  const { season, episode: number, episodeKind: kind, explicit, episodeImage } = entry;
  const imageUrl = episodeImage === null ? null : safeMediaAddress(episodeImage, baseUrl);
  const said = [season, number, kind, explicit, imageUrl, entry.duration];
  return said.every((one) => one === null) ? null : { season, number, kind, explicit, imageUrl };
}

/** The files, of which the first that plays takes as long as the episode, unless it says so itself. */
export function filesOf(entry: Told, baseUrl: string): readonly Enclosure[] {
  const first = entry.enclosures.find(isPlayed);
  const durationSeconds = secondsOf(entry.duration);
  return entry.enclosures.flatMap((file) => {
    const url = safeMediaAddress(file.url, baseUrl);
    if (url === null) return [];
    const isFirst = file === first && file.durationSeconds === null;
    return [{ ...file, url, durationSeconds: isFirst ? durationSeconds : file.durationSeconds }];
  });
}

function isPlayed({ type, url }: Enclosure): boolean {
  return type === null
    ? /\.(?:mp3|m4a|m4b|aac|ogg|oga|opus|wav|flac|mp4|m4v|mov|webm)(?:\?|$)/i.test(url)
    : PLAYED.test(type);
}

const PLAYED = /^(?:audio|video)(?:\/|$)/i;

/** Seconds, `minutes:seconds` or `hours:minutes:seconds`; null for anything else. */
function secondsOf(written: string | null): number | null {
  const [, hours, minutes, seconds] =
    /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:\.\d{1,9})?$/.exec(written?.trim() ?? '') ?? [];
  if (seconds === undefined) return null;
  const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds);
  return total > 0 ? total : null;
}
