import type { Order } from '../config/sources-file.ts';
import { readySite } from '../curate/opt-out.ts';
import { StageError } from '../model/errors.ts';
import type { ImageCopies } from '../model/image-copy.ts';
import type { Output } from '../publish/write-output.ts';
import type { OutputRecord, Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import { givingWay } from '../support/give-way.ts';
import type { Instant } from '../support/instant.ts';
import type { Log } from '../support/log.ts';
import { clearExpired } from './clear-expired.ts';
import { clearFirst } from './clear-first.ts';
import { openEditionFiles, type EditionFiles } from './edition-files.ts';
import { followRenames } from './former-topics.ts';
import type { ImageFolder } from './images/image-folder.ts';
import { putImages } from './images/put-images.ts';
import {
  allThere,
  FOUNDED_FACT,
  lastPublication,
  publicationKey,
  savePublication,
  TAKEN_BACK_FACT,
  TOLD_FACT,
  type LastPublication,
} from './last-publication.ts';
import { placeEntries } from './place-entries.ts';
import { putSite, type Publication } from './put-site.ts';
import { storedWeather } from './refresh-weather.ts';
import {
  formerRooms,
  inRoom,
  ofRoom,
  outputsOfRoom,
  prefixOf,
  privateTokensFor,
  roomsOf,
  type PrivateRooms,
  type Room,
} from './rooms.ts';
import { ANNOUNCED, changedFiles, type Refusal } from './write-changed.ts';

export type PublishTools = {
  readonly store: Store;
  readonly output: Output;
  readonly clock: Clock;
  readonly log: Log;
  /** Digest of the program's own code that makes files, composing and rendering: a new version makes everything again. */
  readonly rendererDigest: string;
  /** Makes the feeds, and keeps what it made from one publication to the next. Without it nothing is kept. */
  readonly editionFiles?: EditionFiles;
  /** Without it private topics are published nowhere. */
  readonly privateRooms?: PrivateRooms;
  /** Where our copies of pictures are. Without it none are shown. */
  readonly images?: ImageFolder;
};

export type PublishReport = {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** What the gate refused: documents, whose last good files stay unless something was taken back, and entries that a feed had to leave out. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
};

/**
 * Stored stories as files: composes everything, renders what was made from something else than last time, and lets only
 * what passes the gate replace a file. What is nobody's any more is removed before all else. Then articles first, the front page last, and a story whose page the gate refused is
 * left out of all others, so that no page ever links into nothing. Where nothing has changed at all, only looks whether
 * the files are still there. Gives way to other work; rejects with the signal's reason, and the next one goes on.
 */
export async function publishTopics(
  tools: PublishTools,
  order: Order,
  signal: AbortSignal = new AbortController().signal,
): Promise<PublishReport> {
  const { store, output, clock, log, rendererDigest, privateRooms = null } = tools;
  log.debug('publication begins');
  const states = await store.sourceStates();
  const weather = await storedWeather(store, order.site.place);
  await followRenames(store, order.formerTopics);
  await store.settlePrivateTopics(order.topics.flatMap((topic) => (topic.private ? [topic.id] : [])));
  const tokens =
    privateRooms === null
      ? new Map<string, string>()
      : await privateTokensFor({ ...tools, privateRooms }, order.topics);
  const rooms = await roomsOf(order, output, { privateRooms, tokens });
  // The mark before the stories: what changes in between is published the next time.
  const key = publicationKey({ rendererDigest, order, tokens, changeMark: await store.changeMark(), states, weather });
  const last = await lastPublication(store);
  const records = await store.outputs();
  if (last?.key === key && (await isAllThere(rooms, records.values()))) return told(log, reportOf(last));

  const sources = new Map(order.sources.map((source) => [source.id, source]));
  const context = { sources, states, weather, images: NO_COPIES };
  const publication = {
    order,
    founded: await foundingInstant(store, clock),
    giveWay: givingWay(clock, signal),
    editionFiles: tools.editionFiles ?? openEditionFiles(),
  };
  await placeEntries(
    { store, output, giveWay: publication.giveWay },
    { ...publication, tokens, context: { ...context, site: readySite(order.site) } },
  );
  const takenBack = await store.fact(TAKEN_BACK_FACT);
  const nothingTakenBack = (last?.takenBack ?? null) === takenBack;
  await clearExpired(store, rooms);
  const cleared = new Set(await clearFormerRooms(tools, records, rooms));
  const chains = await store.archiveChains();
  for (const room of rooms) {
    const given = { records: inRoom(records.values(), room.prefix), chains, order };
    const paths = await clearFirst({ store, giveWay: publication.giveWay }, room, given);
    for (const path of paths) cleared.add(room.prefix + path);
  }
  const left = [...records.values()].filter(({ path }) => !cleared.has(path));
  const done: RoomReport[] = [];
  for (const room of rooms) {
    const before = {
      records: inRoom(left, room.prefix),
      refusals: inRoom(last?.refusals ?? [], room.prefix),
      nothingTakenBack,
    };
    const site = readySite(room.site);
    const outputs = rooms.map((one) => one.output);
    done.push(await publishRoom(tools, { ...publication, context: { ...context, site }, room, outputs }, before));
  }
  await clearUnusedImages(tools);
  const removed = [...cleared, ...done.flatMap((room) => room.removed)];
  const refusals = done.flatMap((room) => room.refusals);
  const refusedFiles = refusals.filter((refusal) => refusal.of === 'file').length;
  const wanted = done.map((room) => room.wanted).reduce((sum, count) => sum + count, 0);
  const written = done.flatMap((room) => room.written);
  const published = { key, files: wanted - refusedFiles, refusals, takenBack, at: clock.now() };
  await store.saveFact(TOLD_FACT, String(await store.lastTurn()));
  await savePublication(store, published);
  const report = reportOf(published);
  return told(log, { ...report, written, removed, unchanged: report.unchanged - written.length });
}

/** What one room came to; all names are those among the files of all rooms. */
type RoomReport = {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly wanted: number;
  readonly refusals: readonly Refusal[];
};

async function publishRoom(
  { store, log, clock, rendererDigest, images: folder }: PublishTools,
  publication: Publication & { readonly room: Room; readonly outputs: readonly Output[] },
  before: {
    readonly records: readonly OutputRecord[];
    readonly refusals: readonly Refusal[];
    readonly nothingTakenBack: boolean;
  },
): Promise<RoomReport> {
  const { prefix, output, hide } = publication.room;
  const outputs = outputsOfRoom(store, prefix);
  const files = changedFiles(
    { output, log, rendererDigest, store: outputs, hide },
    { ...before, records: byPath(before.records), refusals: byPath(before.refusals) },
  );
  const { room, order, giveWay, context, outputs: folders } = publication;
  const images =
    folder === undefined
      ? NO_COPIES
      : await putImages({ store, files, folder, outputs: folders, clock, giveWay }, room, order);
  await putSite({ store, output, files, clock }, { ...publication, context: { ...context, images } });
  const removed = before.records.map(({ path }) => path).filter((path) => !files.wanted.has(path));
  for (const path of removed) await output.remove(path);
  if (files.records.size > 0 || removed.length > 0)
    await outputs.saveOutputs({ written: [...files.records.values()], removed });
  const named = (path: string): string => prefix + path;
  return {
    written: [...files.written].map(named),
    removed: [...removed, ...files.withheld].map(named),
    wanted: files.wanted.size,
    refusals: ofRoom(files.refusals.values(), prefix),
  };
}

const NO_COPIES: ImageCopies = new Map();
const UNUSED_AT_ONCE = 200;

/**
 * Copies of pictures that no article shows any more are in no room by now, and are kept no longer. Those that cannot be
 * removed are still known, and tried again.
 */
async function clearUnusedImages({ store, images, log }: PublishTools): Promise<void> {
  if (images === undefined) return;
  try {
    for (;;) {
      const { urls, free } = await store.images.unused(UNUSED_AT_ONCE);
      if (urls.length === 0) return;
      // The files first: after a kill in between they are still known.
      for (const path of free) await images.remove(path);
      await store.images.forget(urls);
    }
  } catch (error) {
    if (!(error instanceof StageError) || error.code !== 'output-unwritable') throw error;
    log.error('copies of pictures could not be removed', { reason: error.message });
  }
}

/** What is private no more, or published no more. */
async function clearFormerRooms(
  { store, privateRooms }: PublishTools,
  records: ReadonlyMap<string, OutputRecord>,
  rooms: readonly Room[],
): Promise<readonly string[]> {
  if (privateRooms === undefined) return [];
  const cleared: string[] = [];
  for (const topicId of formerRooms(records.keys(), rooms)) {
    const output = await privateRooms.output(topicId);
    const removed = inRoom(records.values(), prefixOf(topicId)).map(({ path }) => path);
    for (const path of removed) await output.remove(path);
    await outputsOfRoom(store, prefixOf(topicId)).saveOutputs({ written: [], removed });
    cleared.push(...removed.map((path) => prefixOf(topicId) + path));
  }
  return cleared;
}

async function isAllThere(rooms: readonly Room[], records: Iterable<OutputRecord>): Promise<boolean> {
  const written = [...records].filter(({ inputKey }) => inputKey !== ANNOUNCED);
  for (const { prefix, output } of rooms) {
    const paths = inRoom(written, prefix).map(({ path }) => path);
    if (!(await allThere(output, paths))) return false;
  }
  return true;
}

/** What a publication that changes nothing reports. */
function reportOf({ files, refusals }: LastPublication): PublishReport {
  const refused = refusals.flatMap(({ path, reasons }) => reasons.map((reason) => ({ path, reason })));
  return { written: [], removed: [], unchanged: files, refused };
}

function told(log: Log, report: PublishReport): PublishReport {
  const { written, removed, unchanged, refused } = report;
  log.info('published', { written: written.length, unchanged, removed: removed.length, refused: refused.length });
  return report;
}

function byPath<Kept extends { readonly path: string }>(all: readonly Kept[]): ReadonlyMap<string, Kept> {
  return new Map(all.map((one) => [one.path, one]));
}

/** When this publication began: the date of feeds that have no entry yet. Remembered, so that it never moves. */
async function foundingInstant(store: Store, clock: Clock): Promise<Instant> {
  const known = await store.fact(FOUNDED_FACT);
  if (known !== null) return known;
  const now = clock.now();
  await store.saveFact(FOUNDED_FACT, now);
  return now;
}
