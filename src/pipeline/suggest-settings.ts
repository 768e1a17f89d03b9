import type { Entry, Feed } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import { canonicalAddress } from '../support/canonical-address.ts';
import { sha256 } from '../support/hash.ts';
import { epochMsOf, instantFrom, type Instant } from '../support/instant.ts';
import type { FeedDescription } from './describe-feed.ts';
import { dateOf } from './describe-feed.ts';
import { nextRun } from './schedule.ts';

/** A setting of a source that would suit it better, as a command line takes it (`content=page`), and why. */
export type Suggestion = { readonly setting: string; readonly why: string };

/** What a source's feed was found to be. */
export type Looked = {
  readonly feed: Feed;
  readonly description: FeedDescription;
  /** Where it has moved for good; null: it has not. */
  readonly movedTo: string | null;
  /** Of its entries that were known by their links, how many had another guid then. */
  readonly guids: { readonly known: number; readonly changed: number };
  readonly now: Instant;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** So many entries with a date tell a rhythm. */
const FEWEST_DATES = 5;
const MOST_DATES = 30;
/** A feed of fewer entries may simply be new: it leaves none out yet. */
const FULL = 10;
/** A guid that is not the entry's own shows in so many of them. */
const FEWEST_CHANGED = 3;

/** A source that is asked so many times for each of its entries is asked often; so many times are enough to be early. */
const OFTEN = 50;
const ENOUGH = 8;

/** How often a source may be asked, the least often first; `?` is a minute of its own. */
const LADDER: readonly (readonly [hours: number, cron: string])[] = [
  [24, '? 4 * * *'],
  [12, '? 4,16 * * *'],
  [6, '? */6 * * *'],
  [3, '? */3 * * *'],
  [1, '? * * * *'],
  [0.5, '*/30 * * * *'],
  [0.25, '*/15 * * * *'],
  [0.084, '*/5 * * * *'],
];

/** What would suit a source better than what its operator wrote; nothing where all is well. */
export function suggestSettings(source: Source, looked: Looked): Suggestion[] {
  const { movedTo } = looked;
  return [
    ...(movedTo === null || movedTo === source.url
      ? []
      : [{ setting: `url=${movedTo}`, why: 'it has moved there for good' }]),
    ...content(source, looked.description),
    ...identity(source, looked),
    ...schedule(source, looked),
  ];
}

function content(source: Source, { bodies }: FeedDescription): Suggestion[] {
  if (source.content === 'feed' && bodies === 'excerpts')
    return [{ setting: 'content=page', why: 'the feed holds excerpts only; the whole texts are on the pages' }];
  if (source.content === 'feed' && bodies === 'none')
    return [{ setting: 'content=page', why: 'the feed holds no texts; they are on the pages' }];
  if (source.content === 'page' && bodies === 'whole' && source.select === null)
    return [{ setting: 'content=feed', why: 'the feed holds the whole texts; no page needs to be asked for' }];
  return [];
}

function identity(source: Source, { feed, guids }: Looked): Suggestion[] {
  if (source.identity !== 'guid') return [];
  const links = feed.entries.flatMap(({ link }) => (link === null ? [] : [canonicalAddress(link)]));
  // Links that several entries share would be no better.
  const by = links.length > 0 && new Set(links).size === links.length ? 'link' : 'title';
  const shared = sharedGuids(feed.entries);
  if (shared > 1) return [{ setting: `identity=${by}`, why: `${shared} of its entries share their guids with others` }];
  if (guids.changed >= FEWEST_CHANGED && guids.changed * 2 >= guids.known)
    return [
      {
        setting: 'identity=link',
        why: `the guids of ${guids.changed} known entries have changed since they were stored`,
      },
    ];
  return [];
}

/** Entries of different pages that have one guid. */
function sharedGuids(entries: readonly Entry[]): number {
  const withId = entries.filter(({ id }) => id !== null);
  return [...Map.groupBy(withId, ({ id }) => id).values()]
    .filter((same) => new Set(same.map(({ link, title }) => `${link} ${title}`)).size > 1)
    .reduce((total, same) => total + same.length, 0);
}

/** By the middle distance of its newest entries; and sooner where what is new might have left the feed before. */
function schedule(source: Source, { feed, now }: Looked): Suggestion[] {
  // Such a source learns its times by itself.
  if (source.adaptive !== null) return [];
  const times = feed.entries
    .map(dateOf)
    .filter((at) => at !== null && at <= now)
    .map((at) => epochMsOf(at!))
    .toSorted((a, b) => b - a);
  const everyMs = intervalMs(source.schedule, now);
  if (times.length < FEWEST_DATES || everyMs === null) return [];
  const heldMs = epochMsOf(now) - times.at(-1)!;
  if (times.length >= FULL && everyMs > heldMs / 2) {
    const why = `the feed reaches back no more than ${inWords(heldMs)}: what is new may be gone before it is asked`;
    return [{ setting: wanted(source, heldMs / 4), why }];
  }
  const newest = times.slice(0, MOST_DATES);
  const gaps = newest.slice(1).map((time, at) => newest[at]! - time);
  const rhythmMs = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]!;
  if (rhythmMs < everyMs * OFTEN) return [];
  return [
    { setting: wanted(source, rhythmMs / ENOUGH), why: `it brings something new every ${inWords(rhythmMs)} or so` },
  ];
}

function wanted(source: Source, mostMs: number): string {
  const minute = Number.parseInt(sha256(source.id).slice(0, 6), 16) % 60;
  return `schedule=${ladderStep(mostMs)[1].replace('?', String(minute))}`;
}

/** The least often that is often enough. */
function ladderStep(mostMs: number): readonly [number, string] {
  return LADDER.find(([hours]) => hours * HOUR_MS <= mostMs) ?? LADDER.at(-1)!;
}

/** The longest wait between two of the next runs; null where there are none. */
function intervalMs(expression: string, now: Instant): number | null {
  let longest = 0;
  let at = now;
  for (let runs = 0; runs < 8; runs++) {
    const next = nextRun(expression, at);
    if (next === null) return null;
    if (runs > 0) longest = Math.max(longest, epochMsOf(next) - epochMsOf(at));
    at = instantFrom(epochMsOf(next));
  }
  return longest;
}

function inWords(ms: number): string {
  const hours = ms / HOUR_MS;
  if (hours >= 36) return `${Math.round(hours / 24)} days`;
  if (hours >= 1.5) return `${Math.round(hours)} hours`;
  return `${Math.max(1, Math.round(ms / MINUTE_MS))} minutes`;
}
