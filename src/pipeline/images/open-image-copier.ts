import type { Order } from '../../config/sources-file.ts';
import { ERRORS, type ErrorKind } from '../../model/errors.ts';
import type { FetchedImage } from '../../model/fetched-feed.ts';
import type { DueImage, ImageOutcome } from '../../model/image-copy.ts';
import type { Source } from '../../model/source.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../support/clock.ts';
import { mapConcurrently } from '../../support/concurrency.ts';
import { sha256 } from '../../support/hash.ts';
import { plusSeconds, type Instant } from '../../support/instant.ts';
import type { Log } from '../../support/log.ts';
import { IMAGES, type ImageFolder } from './image-folder.ts';
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
};

export const NOTHING_COPIED: ImagesReport = { copied: 0, missed: {}, isFull: false };

/** Copies pictures, as long as there is time. What is left is due the next time. */
export type ImageCopier = (
  order: Order,
  given: { readonly withinMs: number },
  signal: AbortSignal,
) => Promise<ImagesReport>;

const AT_ONCE = 8;
/** What came of so many is written down together; a kill asks for them again. */
const BATCH = 32;
const STORIES_AT_ONCE = 200;
/** More stories than these have never changed between two publications; what is beyond is copied behind the next. */
const MOST_CHANGED = 20_000;
/** After which a picture that was not had is asked for again. Then it stays where it is. */
const TRY_AGAIN_AFTER_S = [15 * 60, 2 * 3600, 12 * 3600, 48 * 3600];

/**
 * Opens what asks for the pictures of published articles before these are published, so that what readers and their
 * programs see first is what stays. One picture is asked for once at a time, whoever asks.
 */
export function openImageCopier(tools: ImageTools): ImageCopier {
  const underWay = new Set<string>();
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
      const report = await copyDue(tools, { order, underWay }, until);
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

async function copyDue(
  tools: ImageTools,
  { order, underWay }: { readonly order: Order; readonly underWay: Set<string> },
  until: AbortSignal,
): Promise<ImagesReport> {
  const { store, clock, log, mostBytes } = tools;
  const sources = new Map(order.sources.map((source) => [source.id, source]));
  const room = { left: mostBytes - (await store.images.counts()).bytes };
  const asked = new Set<string>();
  const tally = { copied: 0, missed: {} as Record<string, number> };
  while (!until.aborted && room.left > 0) {
    const due = await store.images.due(clock.now(), asked.size + BATCH);
    const some = due.filter(({ url }) => !asked.has(url) && !underWay.has(url)).slice(0, BATCH);
    if (some.length === 0) break;
    for (const { url } of some) asked.add(url);
    const outcomes = await copySome(tools, some, { sources, underWay, room }, until);
    await store.images.save(outcomes);
    for (const outcome of outcomes)
      if (outcome.kind === 'copied') tally.copied++;
      else tally.missed[outcome.code] = (tally.missed[outcome.code] ?? 0) + 1;
  }
  const isFull = room.left <= 0;
  if (isFull) log.warn('no room for copies of pictures', { mostBytes });
  const notHad = Object.values(tally.missed).reduce((sum, count) => sum + count, 0);
  if (asked.size > 0) log.info('pictures copied', { copied: tally.copied, notHad });
  return { ...tally, isFull };
}

async function copySome(
  tools: ImageTools,
  some: readonly DueImage[],
  given: {
    readonly sources: ReadonlyMap<string, Source>;
    readonly underWay: Set<string>;
    readonly room: { left: number };
  },
  until: AbortSignal,
): Promise<ImageOutcome[]> {
  const { sources, underWay, room } = given;
  const outcomes: ImageOutcome[] = [];
  const work = async (image: DueImage): Promise<ImageOutcome | null> => {
    if (until.aborted || room.left <= 0) return null;
    underWay.add(image.url);
    try {
      const fetched = await tools.fetchImage(image.url, sources.get(image.sourceId) ?? null, until);
      if (fetched.kind === 'not-fetched') return missed(image, fetched, tools.clock.now());
      room.left -= fetched.body.byteLength;
      return await kept(tools.folder, image, fetched);
    } catch (error) {
      // The time is over: it is as due as it was.
      if (until.aborted) return null;
      throw error;
    } finally {
      underWay.delete(image.url);
    }
  };
  for await (const outcome of mapConcurrently(some, AT_ONCE, work)) if (outcome !== null) outcomes.push(outcome);
  return outcomes;
}

function missed(
  { url, tries }: DueImage,
  { code, reason }: { readonly code: string; readonly reason: string },
  now: Instant,
): ImageOutcome {
  const kinds: Readonly<Record<string, ErrorKind>> = ERRORS;
  const wait = kinds[code]?.retry === true ? TRY_AGAIN_AFTER_S[tries] : undefined;
  return { url, kind: 'missed', code, reason, nextAt: wait === undefined ? null : plusSeconds(now, wait) };
}

/** The file first: a copy that is known lies there. */
async function kept(
  folder: ImageFolder,
  { url }: DueImage,
  { type, ending, width, height, body }: Extract<FetchedImage, { readonly kind: 'fetched' }>,
): Promise<ImageOutcome> {
  const digest = sha256(body);
  const path = `${IMAGES}${digest.slice(0, 2)}/${digest.slice(2, 34)}.${ending}`;
  await folder.write(path, body);
  return { url, kind: 'copied', copy: { path, type, width, height, bytes: body.byteLength } };
}
