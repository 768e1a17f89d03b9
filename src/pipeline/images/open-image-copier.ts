import type { Order } from '../../config/sources-file.ts';
import { ERRORS, StageError, type ErrorKind } from '../../model/errors.ts';
import type { FetchedImage } from '../../model/fetched-feed.ts';
import type { DueImage, ImageOutcome } from '../../model/image-copy.ts';
import type { Source } from '../../model/source.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../support/clock.ts';
import { mapConcurrently } from '../../support/concurrency.ts';
import { plusSeconds, type Instant } from '../../support/instant.ts';
import type { Log } from '../../support/log.ts';
import { imagePath, type ImageFolder } from './image-folder.ts';
import { inTurns } from './in-turns.ts';
import { noteImages } from './note-images.ts';

/** Fetches a picture for a source, by its way; null: for one that is not listed any more. */
export type FetchImage = (
  url: string,
  source: Pick<Source, 'limits' | 'proxy'> | null,
  signal: AbortSignal,
) => Promise<FetchedImage>;

export type ImageTools = {
  readonly store: Pick<Store, 'images' | 'storyChanges' | 'stories'>;
  readonly folder: ImageFolder;
  readonly fetchImage: FetchImage;
  readonly clock: Clock;
  readonly log: Log;
  /** So much all copies together may weigh. */
  readonly mostBytes: number;
};

export type ImagesReport = {
  readonly copied: number;
  /** How many were not had, for which reason (a code of model/errors.ts). */
  readonly missed: Readonly<Record<string, number>>;
  /** There is no room for more. */
  readonly isFull: boolean;
  /** Why no more could be written, as of a full disk; null: all could. */
  readonly trouble: string | null;
};

export const NOTHING_COPIED: ImagesReport = { copied: 0, missed: {}, isFull: false, trouble: null };

/** Copies pictures, as long as there is time. What is left is due the next time. */
export type ImageCopier = (
  order: Order,
  given: { readonly withinMs: number },
  signal: AbortSignal,
) => Promise<ImagesReport>;

const AT_ONCE = 8;
const AT_ONCE_OF_SOURCE = 4;
/** So many are looked up together. */
const BATCH = 2000;
const STORIES_AT_ONCE = 200;
/** More stories than these have never changed between two publications; what is beyond is copied behind the next. */
const MOST_CHANGED = 20_000;
const DAY_S = 86_400;
/** So long a host is left alone that asks for it and does not say how long. */
const REST_S = 15 * 60;
/** After which a picture that was not had is asked for again. Then it stays where it is. */
const TRY_AGAIN_AFTER_S = [15 * 60, 2 * 3600, 12 * 3600, 48 * 3600];

/**
 * Opens what asks for the pictures of published articles before these are published, so that what readers and their
 * programs see first is what stays. One picture is asked for once at a time, whoever asks.
 */
export function openImageCopier(tools: ImageTools): ImageCopier {
  const underWay = new Set<string>();
  const resting = new Map<string, Instant>();
  return async (order, { withinMs }, signal) => {
    if (order.site.images !== 'cache') return NOTHING_COPIED;
    await noteFresh(tools, order);
    const over = new AbortController();
    const done = new AbortController();
    const until = AbortSignal.any([signal, over.signal]);
    tools.clock.sleep(withinMs, done.signal).then(
      () => over.abort('the time for pictures is over'),
      () => {},
    );
    try {
      const report = await copyDue(tools, { order, underWay, resting }, until);
      signal.throwIfAborted();
      return report;
    } finally {
      done.abort('done');
    }
  };
}

/** Notes the pictures of stories that have changed and are not published yet. */
async function noteFresh({ store, clock }: ImageTools, order: Order): Promise<void> {
  const { storyIds } = await store.storyChanges(MOST_CHANGED);
  for (let at = 0; at < storyIds.length; at += STORIES_AT_ONCE) {
    const told = await store.stories(storyIds.slice(at, at + STORIES_AT_ONCE));
    await noteImages(store, told, { order, now: clock.now() });
  }
}

type NotFetched = Extract<FetchedImage, { readonly kind: 'not-fetched' }>;

/** What one round of copying goes by, and how it stands. */
type Round = {
  readonly sources: ReadonlyMap<string, Source>;
  readonly underWay: Set<string>;
  /** Hosts that have asked to be left alone, and until when. */
  readonly resting: Map<string, Instant>;
  /** So many bytes may still be kept. */
  left: number;
  /** Why nothing more can be kept; null: it can. */
  trouble: string | null;
};

async function copyDue(
  tools: ImageTools,
  { order, underWay, resting }: Pick<Round, 'underWay' | 'resting'> & { readonly order: Order },
  until: AbortSignal,
): Promise<ImagesReport> {
  const { store, clock, log, mostBytes } = tools;
  const sources = new Map(order.sources.map((source) => [source.id, source]));
  const left = mostBytes - (await store.images.counts()).bytes;
  const round: Round = { sources, underWay, resting, left, trouble: null };
  for (const [host, until] of resting) if (until <= clock.now()) resting.delete(host);
  const asked = new Set<string>();
  const tally = { copied: 0, missed: {} as Record<string, number> };
  while (mayGoOn(round, until)) {
    const due = await store.images.due(clock.now(), BATCH + underWay.size);
    const some = due.filter(({ url }) => !asked.has(url) && !underWay.has(url));
    if (some.length === 0) break;
    for (const { url } of some) asked.add(url);
    const turns = inTurns(some, AT_ONCE_OF_SOURCE);
    const work = (image: DueImage): Promise<ImageOutcome | null> =>
      copyOne(tools, image, round, until).finally(() => turns.done(image));
    for await (const outcome of mapConcurrently(turns, AT_ONCE, work))
      if (outcome?.kind === 'copied') tally.copied++;
      else if (outcome?.kind === 'missed') tally.missed[outcome.code] = (tally.missed[outcome.code] ?? 0) + 1;
  }
  const isFull = round.left <= 0;
  if (isFull) log.warn('no room for copies of pictures', { mostBytes });
  if (round.trouble !== null) log.error('a copy of a picture could not be written', { reason: round.trouble });
  const notHad = Object.values(tally.missed).reduce((sum, count) => sum + count, 0);
  if (asked.size > 0) log.info('pictures copied', { copied: tally.copied, notHad });
  return { ...tally, isFull, trouble: round.trouble };
}

function mayGoOn({ left, trouble }: Round, until: AbortSignal): boolean {
  return !until.aborted && left > 0 && trouble === null;
}

/** Null: it is as due as it was, since the time is over or nothing can be kept. */
async function copyOne(
  tools: ImageTools,
  image: DueImage,
  round: Round,
  until: AbortSignal,
): Promise<ImageOutcome | null> {
  const { store, clock, fetchImage } = tools;
  if (!mayGoOn(round, until)) return null;
  // What is no address is told so by whoever is to fetch it.
  const host = URL.parse(image.url)?.host ?? image.url;
  const resting = round.resting.get(host);
  if (resting !== undefined) {
    const outcome = { url: image.url, kind: 'waits', nextAt: resting } as const;
    return (await store.images.save(outcome)) ? outcome : null;
  }
  round.underWay.add(image.url);
  try {
    const fetched = await fetchImage(image.url, round.sources.get(image.sourceId) ?? null, until);
    if (fetched.kind === 'fetched') return await keep(tools, image, fetched, round);
    const outcome = missed(image, fetched, clock.now());
    if (asksForRest(fetched)) round.resting.set(host, plusSeconds(clock.now(), restSeconds(fetched)));
    return (await store.images.save(outcome)) ? outcome : null;
  } catch (error) {
    if (until.aborted) return null;
    throw error;
  } finally {
    round.underWay.delete(image.url);
  }
}

/**
 * Known first, and then written: after a kill in between its file is missed, and it is asked for again. The other way round
 * a file would lie there that nobody knows of, and nobody takes away with its article.
 */
async function keep(
  { store, folder, clock }: ImageTools,
  { url }: DueImage,
  { type, ending, width, height, body }: Extract<FetchedImage, { readonly kind: 'fetched' }>,
  round: Round,
): Promise<ImageOutcome | null> {
  const path = imagePath(body, ending);
  const outcome = { url, kind: 'copied', copy: { path, type, width, height, bytes: body.byteLength } } as const;
  // Its article was taken back while it came.
  if (!(await store.images.save(outcome))) return null;
  round.left -= body.byteLength;
  try {
    await folder.write(path, body);
    if (await store.images.isCopyAt(path)) return outcome;
    await folder.remove(path);
    return null;
  } catch (error) {
    // News do not wait for pictures: a full disk is told, and they are shown from where they are.
    if (!(error instanceof StageError) || error.code !== 'output-unwritable') throw error;
    await store.images.lost([path], clock.now());
    round.trouble = error.message;
    return null;
  }
}

/** Its host is not asked for other pictures either. */
function asksForRest({ code, retryAfterSeconds }: NotFetched): boolean {
  return code === 'fetch-too-many-requests' || retryAfterSeconds !== null;
}

function restSeconds({ retryAfterSeconds }: NotFetched): number {
  return Math.min(retryAfterSeconds ?? REST_S, DAY_S);
}

function missed(
  { url, tries }: DueImage,
  { code, reason, retryAfterSeconds }: NotFetched,
  now: Instant,
): Extract<ImageOutcome, { readonly kind: 'missed' }> {
  const kinds: Readonly<Record<string, ErrorKind>> = ERRORS;
  const wait = kinds[code]?.retry === true ? TRY_AGAIN_AFTER_S[tries] : undefined;
  const nextAt = wait === undefined ? null : plusSeconds(now, Math.max(wait, Math.min(retryAfterSeconds ?? 0, DAY_S)));
  return { url, kind: 'missed', code, reason, nextAt };
}
