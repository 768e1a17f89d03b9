import type { Feed } from '../../src/model/feed.ts';
import { parseFeed } from '../../src/parse/parse-feed.ts';
import { breachesOf } from '../../test/parse/invariants.ts';
import type { Damaged } from './draw-damages.ts';

/** A document as it was found, and how many entries it holds. Null where it is not sound enough to promise anything by. */
export type Sound = { readonly name: string; readonly bytes: Uint8Array; readonly entries: number | null };

/** How the parsing of a damaged document ended: a feed or a code, and whatever is wrong with that. */
export type Trial = { readonly refusal: string | null; readonly faults: readonly string[] };

const ABOUT = { url: 'https://feeds.example/all.xml', contentType: null };

export async function soundOf(name: string, bytes: Uint8Array): Promise<Sound> {
  const feed = await parseFeed(bytes, ABOUT).catch(() => null);
  const isSound = feed !== null && feed.repairs.every(({ code }) => HARMLESS.includes(code)) && !feed.truncated;
  return { name, bytes, entries: isSound && feed.skipped.length === 0 ? feed.entries.length : null };
}

/** Mends that say nothing of where elements begin and end. */
const HARMLESS = ['date-unreadable', 'address-unusable', 'reference-unknown', 'prefix-undeclared'];

/** Parses a damaged document and holds the outcome against what every outcome keeps to, and what the damages promise. */
export async function tryDamaged(damaged: Damaged, sound: Sound): Promise<Trial> {
  let feed: Feed;
  try {
    feed = await parseFeed(damaged.bytes, ABOUT);
  } catch (error) {
    return refusal(error, damaged, sound);
  }
  return { refusal: null, faults: [...breachesOf(feed), ...brokenPromises(feed, damaged, sound)] };
}

function refusal(error: unknown, { promises, kinds }: Damaged, { entries }: Sound): Trial {
  if (!Error.isError(error) || error.name !== 'StageError' || !('code' in error))
    return { refusal: null, faults: [Error.isError(error) ? (error.stack ?? error.name) : String(error)] };
  const code = String(error.code);
  const faults = code.startsWith('feed-') ? [] : [`refused with the code ${code}`];
  if ((promises === 'kept' || promises === 'named') && (entries ?? 0) > 0)
    faults.push(`refused (${code}) after ${kinds.join(', ')}`);
  return { refusal: code, faults };
}

function brokenPromises(feed: Feed, { promises, kinds }: Damaged, { entries }: Sound): string[] {
  if (promises === null || entries === null || kinds.length === 0) return [];
  const read = feed.entries.length;
  const seen = read + feed.skipped.length;
  const found = `${read} entries and ${feed.skipped.length} skipped of ${entries} after ${kinds.join(', ')}`;
  if (promises === 'beginning') return seen <= entries && (feed.truncated || read === entries) ? [] : [found];
  return promises === 'kept' && read !== entries ? [found] : seen === entries ? [] : [found];
}
