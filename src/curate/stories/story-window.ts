import { belongsTo, isHeadline, isNews, LEAST_NEAR, type Neighbour } from './belonging.ts';
import { regroup, type Regrouped } from './regroup.ts';
import { noChance } from './shared-words.ts';
import { wordsOf, wordsRead, type StoryPrint } from './story-print.ts';
import { openWindowIndex } from './window-index.ts';
import { openWindowTexts } from './window-texts.ts';
import { openWordWeights } from './word-weights.ts';

/** An article as its story is found: `storyPrintOf` makes the print. No time lies in the future. */
export type PrintedText = { readonly id: string; readonly atMs: number; readonly print: StoryPrint };

/** A text of the window and how alike it is. */
export type Likeness = { readonly id: string; readonly likeness: number };

/** Where a text went: the story's id is the id of the text that founded it. */
export type Placed = {
  readonly storyId: string;
  /** The report of its story that it is likest to; null for a text that founded a story. */
  readonly nearest: Likeness | null;
  /** To be stored with the print for `restore`; null for a text that the window knew. */
  readonly keep: Kept | null;
};

/** What was found out of a text when it came. */
export type Kept = {
  /** What it is likest to in any story, packed (near-text.ts). */
  readonly near: string;
  /** How much each word of its print weighed. */
  readonly weights: Uint16Array;
};

/** A text as it was stored: where it was placed, or where a regrouping has moved it since. */
export type StoredText = PrintedText & Kept & Pick<Placed, 'storyId'>;

/**
 * The stories of the last days, grown text by text: each newcomer joins the story of what it is likest to, by what is
 * known when it comes, or founds one. Nothing published changes later by a newcomer alone; see `regroup`.
 */
export type StoryWindow = {
  /** A text that is known already stays where it is. */
  place(text: PrintedText): Placed;
  /**
   * Takes back what was placed before a restart, in the order in which it came, with the redirects of the last
   * regrouping. No text is read again, and none is placed anew.
   */
  restore(texts: Iterable<StoredText>, redirects?: ReadonlyMap<string, string>): void;
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
/** So many of the likest have a say. */
const MOST_ASKED = 32;

/** @param windowMs texts further than this behind the newest are forgotten */
export function openStoryWindow({ windowMs = WINDOW_MS }: { readonly windowMs?: number } = {}): StoryWindow {
  const words = openWordWeights({ namesWeigh: NAMES_WEIGH, rarity: 'root' });
  const index = openWindowIndex();
  const texts = openWindowTexts();
  const redirects = new Map<string, string>();
  let newestMs = -Infinity;

  const makeRoomFor = (atMs: number): void => {
    newestMs = Math.max(newestMs, atMs);
    texts.forgetBefore(newestMs - windowMs);
    index.forgetBefore(texts.oldest());
  };

  const place = ({ id, atMs, print }: PrintedText): Placed => {
    const known = texts.storyOf(id);
    if (known !== null) return { storyId: known, nearest: null, keep: null };
    makeRoomFor(atMs);
    words.note(print);
    const weighed = words.weigh(print);
    const read = wordsRead(print);
    const proves = provingBy(read, words.news());
    const fade = (likeness: number, serial: number, proof: number): number =>
      likeness * (1 - FADES_BY * Math.min(1, Math.abs(atMs - texts.atMsOf(serial)) / windowMs)) * proves(proof);
    const near = index.near(weighed, { least: LEAST_NEAR, most: MOST_ASKED, fade });
    const neighbours: Neighbour[] = near.map(({ serial, likeness }) => ({
      id: texts.idOf(serial),
      storyId: texts.storyAt(serial),
      likeness,
    }));
    const belonging = belongsTo(neighbours, { words: read, sizeOf: (story) => texts.sizeOf(story) });
    const storyId = belonging?.storyId ?? id;
    if (isNews(read, near[0]?.likeness ?? 0)) words.note(print, { text: false, news: true });
    index.add(weighed);
    const stored = texts.add({ id, atMs, words: read, storyId }, near);
    return {
      storyId,
      nearest: belonging === null ? null : likenessOf(belonging.through),
      keep: { near: stored, weights: weighed.weights },
    };
  };

  return {
    place,
    restore(stored, earlier = new Map()) {
      for (const { id, atMs, print, weights, storyId, near } of stored) {
        const known = texts.storyOf(id);
        // Another program's regrouping has moved it.
        if (known !== null && known !== storyId) texts.move(id, storyId);
        if (known !== null) continue;
        makeRoomFor(atMs);
        index.add({ digests: wordsOf(print).digests, weights });
        const read = wordsRead(print);
        const likest = texts.addStored({ id, atMs, words: read, storyId }, near);
        words.note(print, { text: true, news: isNews(read, likest) });
      }
      for (const [from, to] of earlier) redirects.set(from, to);
    },
    regroup() {
      const found = regroup(texts.grouped(), redirects);
      for (const { id, storyId } of found.moved) texts.move(id, storyId);
      redirects.clear();
      for (const [from, to] of found.redirects) redirects.set(from, to);
      return found;
    },
    size: () => texts.size(),
  };
}

/** What likeness is worth by what the shared words prove. Of a headline alone no proof is asked. */
function provingBy(words: number, news: number): (proof: number) => number {
  return isHeadline(words) ? () => 1 : (proof) => noChance(proof, { news });
}

function likenessOf({ id, likeness }: Neighbour): Likeness {
  return { id, likeness };
}
