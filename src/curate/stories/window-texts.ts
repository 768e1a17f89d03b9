import { openIdSerials } from './id-serials.ts';
import { openNearReader, packNear } from './near-text.ts';
import type { GroupedTexts } from './regroup.ts';
import type { Near } from './window-index.ts';
import { longer } from './word-numbers.ts';

/** What is kept of a text of the window. */
export type KeptText = {
  readonly id: string;
  readonly atMs: number;
  /** How many words were read of it. */
  readonly words: number;
  readonly storyId: string;
};

/** The texts of the window, in columns: there are many. They go by serial numbers, counted up as they come. */
export type WindowTexts = {
  /**
   * Adds a text, and tells what is to be stored of its neighbours.
   *
   * @param near the earlier texts it is likest to, the likest first; no more than `MOST_NEIGHBOURS` are kept
   */
  add(text: KeptText, near: readonly Near[]): string;
  /** Adds a text with its neighbours as they were stored; those that are not here are left out. Tells how alike the likest was. */
  addStored(text: KeptText, near: string): number;
  move(id: string, storyId: string): void;
  /** Forgets the first texts as long as they are older than this. */
  forgetBefore(atMs: number): void;
  /** The serial number of the first text that is kept. */
  oldest(): number;
  idOf(serial: number): string;
  atMsOf(serial: number): number;
  storyAt(serial: number): string;
  /** The story of a text; null if the window does not know it. */
  storyOf(id: string): string | null;
  /** How many texts of the window are in a story. */
  sizeOf(storyId: string): number;
  /** The window as it is regrouped. */
  grouped(): GroupedTexts;
  size(): number;
};

/** So many neighbours of each text are remembered for the regrouping. */
export const MOST_NEIGHBOURS = 8;
const LEAST_TEXTS = 1024;
/** Columns are moved to the front, and do not grow, once this part of them is forgotten. */
const FORGOTTEN_SHARE = 0.25;
const NONE = -1;

export function openWindowTexts(): WindowTexts {
  /** The serial number of the columns' first place. */
  let first = 0;
  let oldest = 0;
  let next = 0;
  const ids: string[] = [];
  const storyIds: string[] = [];
  let times = new Float64Array(LEAST_TEXTS);
  let words = new Uint16Array(LEAST_TEXTS);
  let nearSerials = new Int32Array(LEAST_TEXTS * MOST_NEIGHBOURS);
  let nearLikenesses = new Float32Array(LEAST_TEXTS * MOST_NEIGHBOURS);
  const serials = openIdSerials();
  const readNear = openNearReader(MOST_NEIGHBOURS);
  const sizes = new Map<string, number>();

  const resize = (storyId: string, by: number): void => {
    const size = (sizes.get(storyId) ?? 0) + by;
    if (size > 0) sizes.set(storyId, size);
    else sizes.delete(storyId);
  };

  const makeRoom = (): void => {
    const forgotten = oldest - first;
    if (forgotten >= FORGOTTEN_SHARE * times.length) {
      ids.splice(0, forgotten);
      storyIds.splice(0, forgotten);
      for (const column of [times, words]) column.copyWithin(0, forgotten);
      for (const column of [nearSerials, nearLikenesses]) column.copyWithin(0, forgotten * MOST_NEIGHBOURS);
      first = oldest;
    } else if (next - first === times.length) {
      times = longer(times, next - first + 1);
      words = longer(words, times.length);
      nearSerials = longer(nearSerials, times.length * MOST_NEIGHBOURS);
      nearLikenesses = longer(nearLikenesses, times.length * MOST_NEIGHBOURS);
    }
  };

  /** Adds a text without neighbours. */
  const addAlone = ({ id, atMs, words: read, storyId }: KeptText): void => {
    makeRoom();
    const place = next - first;
    ids[place] = id;
    // A story is mostly named by its first text: one string for both.
    storyIds[place] = storyId === id ? id : storyId;
    times[place] = atMs;
    words[place] = read;
    nearSerials.fill(NONE, place * MOST_NEIGHBOURS, (place + 1) * MOST_NEIGHBOURS);
    nearLikenesses.fill(0, place * MOST_NEIGHBOURS, (place + 1) * MOST_NEIGHBOURS);
    serials.add(id, next++);
    resize(storyId, 1);
  };

  /** Where the next neighbour of the newest text goes. */
  let free = 0;
  let likest = 0;
  const takeStored = (low: number, high: number, likeness: number): void => {
    likest = Math.max(likest, likeness);
    const serial = serials.findDigest(low, high);
    if (serial === NONE || free === (next - first) * MOST_NEIGHBOURS) return;
    nearSerials[free] = serial;
    nearLikenesses[free++] = likeness;
  };

  return {
    add(text, near) {
      addAlone(text);
      const kept = near.slice(0, MOST_NEIGHBOURS);
      const start = (next - 1 - first) * MOST_NEIGHBOURS;
      for (const [at, { serial, likeness }] of kept.entries()) {
        nearSerials[start + at] = serial;
        nearLikenesses[start + at] = likeness;
      }
      return packNear(kept.map(({ serial, likeness }) => ({ id: ids[serial - first]!, likeness })));
    },
    addStored(text, near) {
      addAlone(text);
      free = (next - 1 - first) * MOST_NEIGHBOURS;
      likest = 0;
      readNear(near, takeStored);
      return likest;
    },
    move(id, storyId) {
      const place = serials.find(id) - first;
      resize(storyIds[place]!, -1);
      storyIds[place] = storyId;
      resize(storyId, 1);
    },
    forgetBefore(atMs) {
      for (; oldest < next && times[oldest - first]! < atMs; oldest++) resize(storyIds[oldest - first]!, -1);
      serials.forgetBefore(oldest);
    },
    oldest: () => oldest,
    idOf: (serial) => ids[serial - first]!,
    atMsOf: (serial) => times[serial - first]!,
    storyAt: (serial) => storyIds[serial - first]!,
    storyOf(id) {
      const serial = serials.find(id);
      return serial === NONE ? null : storyIds[serial - first]!;
    },
    sizeOf: (storyId) => sizes.get(storyId) ?? 0,
    grouped() {
      const [start, end] = [oldest - first, next - first];
      const kept = nearSerials.slice(start * MOST_NEIGHBOURS, end * MOST_NEIGHBOURS);
      return {
        ids: ids.slice(start, end),
        storyIds: storyIds.slice(start, end),
        words: words.slice(start, end),
        near: kept.map((serial) => Math.max(NONE, serial - oldest)),
        likenesses: nearLikenesses.slice(start * MOST_NEIGHBOURS, end * MOST_NEIGHBOURS),
        nearEach: MOST_NEIGHBOURS,
      };
    },
    size: () => next - oldest,
  };
}
