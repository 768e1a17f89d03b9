import { belongsTo, LEAST_NEAR, likestFirst, type Neighbour } from './belonging.ts';
import { regroup, type Regrouped } from './regroup.ts';
import type { StoryText } from './story-text.ts';
import { openWindowIndex } from './window-index.ts';
import { openWordWeights } from './word-weights.ts';

/** Where a text went: the story's id is the id of the text that founded it. */
export type Placed = {
  readonly storyId: string;
  /** The report it is likest to, and how much; null for a text that founded a story. */
  readonly nearest: { readonly id: string; readonly likeness: number } | null;
};

/**
 * The stories of the last days, grown text by text: each newcomer joins the story of what it is likest to, by what is
 * known when it comes, or founds one. Nothing published changes later by a newcomer alone; see `regroup`.
 */
export type StoryWindow = {
  /** A text that is known already stays where it is. */
  place(document: StoryText): Placed;
  /** Looks at the whole window again, applies what it finds, and tells it. */
  regroup(): Regrouped;
  /** How many texts are in the window. */
  size(): number;
};

const DAY_MS = 86_400_000;
/** Reports of one event seldom come further apart. */
export const WINDOW_MS = 14 * DAY_MS;
/** At the window's far end likeness counts for so much less: two like events are rather two when time has passed. */
const FADES_BY = 0.5;
/** Names tell one event from the next of its kind. */
const NAMES_WEIGH = 2;
/** So many neighbours of each text are remembered for the regrouping. */
const MOST_NEIGHBOURS = 8;
const ALMOST_ONE = 0.9999;

type Item = {
  readonly id: string;
  readonly atMs: number;
  readonly words: number;
  /** Its neighbours, each a serial number with the likeness behind its point: a tenth of the memory of objects. */
  readonly near: readonly number[];
  storyId: string;
};

/** @param windowMs texts further than this behind the newest are forgotten; no text's time lies in the future */
export function openStoryWindow({ windowMs = WINDOW_MS }: { readonly windowMs?: number } = {}): StoryWindow {
  const weights = openWordWeights({ namesWeigh: NAMES_WEIGH });
  const index = openWindowIndex();
  const items = new Map<number, Item>();
  const serials = new Map<string, number>();
  const sizes = new Map<string, number>();
  const redirects = new Map<string, string>();
  let oldest = 0;
  let newestMs = -Infinity;

  const resize = (storyId: string, by: number): void => {
    const size = (sizes.get(storyId) ?? 0) + by;
    if (size > 0) sizes.set(storyId, size);
    else sizes.delete(storyId);
  };

  const forgetOld = (): void => {
    for (let item = items.get(oldest); item !== undefined; item = items.get(++oldest)) {
      if (item.atMs >= newestMs - windowMs) break;
      items.delete(oldest);
      serials.delete(item.id);
      resize(item.storyId, -1);
    }
    index.forgetBefore(oldest);
  };

  const place = (document: StoryText): Placed => {
    const known = serials.get(document.id);
    if (known !== undefined) return { storyId: items.get(known)!.storyId, nearest: null };
    newestMs = Math.max(newestMs, document.atMs);
    forgetOld();
    const text = weights.learn(document);
    const near = index.near(text, LEAST_NEAR).map(({ serial, likeness }) => {
      const item = items.get(serial)!;
      const apart = Math.min(1, Math.abs(document.atMs - item.atMs) / windowMs);
      return { serial, id: item.id, storyId: item.storyId, likeness: likeness * (1 - FADES_BY * apart) };
    });
    near.sort(likestFirst);
    const belonging = belongsTo(near, { words: text.length, sizeOf: (storyId) => sizes.get(storyId) ?? 0 });
    const storyId = belonging?.storyId ?? document.id;
    const serial = index.add(text);
    items.set(serial, {
      id: document.id,
      atMs: document.atMs,
      words: text.length,
      near: near.slice(0, MOST_NEIGHBOURS).map((one) => one.serial + Math.min(ALMOST_ONE, one.likeness)),
      storyId,
    });
    serials.set(document.id, serial);
    resize(storyId, 1);
    const through: Neighbour | undefined = belonging?.through;
    return { storyId, nearest: through === undefined ? null : { id: through.id, likeness: through.likeness } };
  };

  return {
    place,
    regroup() {
      const members = [...items.values()].map(({ id, words, storyId, near }) => ({
        id,
        words,
        storyId,
        near: near.flatMap((one) => {
          const other = items.get(Math.floor(one));
          return other === undefined ? [] : [{ id: other.id, likeness: one - Math.floor(one) }];
        }),
      }));
      const found = regroup(members, redirects);
      for (const { id, storyId } of found.moved) {
        const item = items.get(serials.get(id)!)!;
        resize(item.storyId, -1);
        item.storyId = storyId;
        resize(storyId, 1);
      }
      redirects.clear();
      for (const [from, to] of found.redirects) redirects.set(from, to);
      return found;
    },
    size: () => items.size,
  };
}
