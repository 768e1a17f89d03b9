import { belongsTo, type Neighbour } from './belonging.ts';
import { nameStories } from './name-stories.ts';

/** The texts of a window in the order they came, in columns. */
export type GroupedTexts = {
  readonly ids: readonly string[];
  /** The story of each text. */
  readonly storyIds: readonly string[];
  /** How many words were read of each. */
  readonly words: ArrayLike<number>;
  /** The places of the texts each was likest to when it came, `nearEach` for each text; below 0 is none. */
  readonly near: Int32Array;
  readonly likenesses: Float32Array;
  readonly nearEach: number;
};

export type Regrouped = {
  /** Texts whose story is another now. */
  readonly moved: readonly { readonly id: string; readonly storyId: string }[];
  /** Published ids of stories that are told within another now, each to the living story's id; earlier ones included. */
  readonly redirects: ReadonlyMap<string, string>;
};

/** Texts are asked so often: what moves a text may move its neighbours. */
const ROUNDS = 3;

/**
 * Looks at a window again, now that it is known what came after each text: every text is asked anew which story it
 * belongs to, its later neighbours included. Stories may join and part by it. No published id is lost, changed or given
 * to another story (`nameStories`). Pure; the same texts in the same order give the same answer.
 *
 * @param redirects as the last regrouping told them
 */
export function regroup(texts: GroupedTexts, redirects: ReadonlyMap<string, string>): Regrouped {
  const { ids, storyIds, words } = texts;
  const groups = [...storyIds];
  const sizes = new Map<string, number>();
  for (const storyId of storyIds) sizes.set(storyId, (sizes.get(storyId) ?? 0) + 1);
  const near = bothWays(texts);
  for (let round = 0; round < ROUNDS; round++) {
    let anyMoved = false;
    for (let place = 0; place < ids.length; place++) {
      const now = groups[place]!;
      const sizeOf = (storyId: string): number => (sizes.get(storyId) ?? 0) - (storyId === now ? 1 : 0);
      const neighbours = near.of(place).map(({ place: other, likeness }): Neighbour => ({
        id: ids[other]!,
        storyId: groups[other]!,
        likeness,
      }));
      const belonging = belongsTo(neighbours, { words: words[place]!, sizeOf });
      // Alone in its story and like nothing: that is where it belongs.
      const next = belonging?.storyId ?? (sizeOf(now) === 0 ? now : aloneWith(ids[place]!, sizes));
      if (next === now) continue;
      anyMoved = true;
      groups[place] = next;
      sizes.set(now, sizes.get(now)! - 1);
      sizes.set(next, (sizes.get(next) ?? 0) + 1);
    }
    if (!anyMoved) break;
  }
  const named = nameStories(
    ids.map((id, place) => ({ id, storyId: storyIds[place]!, group: groups[place]! })),
    redirects,
  );
  const moved = ids.flatMap((id, place) => {
    const name = named.names.get(groups[place]!)!;
    return name === storyIds[place] ? [] : [{ id, storyId: name }];
  });
  return { moved, redirects: named.redirects };
}

/** A label for a group of one, in use by no group; never published (`nameStories` finds the name). */
function aloneWith(id: string, sizes: ReadonlyMap<string, number>): string {
  return (sizes.get(id) ?? 0) === 0 ? id : `${id}\u0000alone`;
}

type BothWays = { of(place: number): { readonly place: number; readonly likeness: number }[] };

/** Each text with the earlier ones it was like, and the later ones that were like it. */
function bothWays({ ids, near, likenesses, nearEach }: GroupedTexts): BothWays {
  const ends = new Uint32Array(ids.length + 1);
  for (let at = 0; at < near.length; at++) if (near[at]! >= 0) ends[near[at]! + 1]!++;
  for (let place = 0; place < ids.length; place++) ends[place + 1]! += ends[place]!;
  const later = new Uint32Array(ends[ids.length]!);
  const filled = ends.slice();
  for (let at = 0; at < near.length; at++) if (near[at]! >= 0) later[filled[near[at]!]!++] = at;
  return {
    of(place) {
      const found: { place: number; likeness: number }[] = [];
      for (let at = place * nearEach; at < (place + 1) * nearEach; at++)
        if (near[at]! >= 0) found.push({ place: near[at]!, likeness: likenesses[at]! });
      for (let which = ends[place]!; which < ends[place + 1]!; which++) {
        const at = later[which]!;
        found.push({ place: Math.floor(at / nearEach), likeness: likenesses[at]! });
      }
      return found;
    },
  };
}
