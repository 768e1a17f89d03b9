import { belongsTo, type Neighbour } from './belonging.ts';
import { nameStories } from './name-stories.ts';

/** A text of the window: its story now, and the texts it was likest to when it came. */
export type Member = {
  readonly id: string;
  readonly words: number;
  readonly storyId: string;
  readonly near: readonly { readonly id: string; readonly likeness: number }[];
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
 * to another story (`nameStories`). Pure; the same members in the same order give the same answer.
 *
 * @param members in the order they came
 * @param redirects as the last regrouping told them
 */
export function regroup(members: readonly Member[], redirects: ReadonlyMap<string, string>): Regrouped {
  const storyOf = new Map(members.map(({ id, storyId }) => [id, storyId]));
  const sizes = new Map<string, number>();
  for (const { storyId } of members) sizes.set(storyId, (sizes.get(storyId) ?? 0) + 1);
  const near = bothWays(members);
  for (let round = 0; round < ROUNDS; round++) {
    let anyMoved = false;
    for (const { id, words } of members) {
      const now = storyOf.get(id)!;
      const neighbours: Neighbour[] = near.get(id)!.map((one) => ({ ...one, storyId: storyOf.get(one.id)! }));
      const sizeOf = (storyId: string): number => (sizes.get(storyId) ?? 0) - (storyId === now ? 1 : 0);
      const belonging = belongsTo(neighbours, { words, sizeOf });
      // Alone in its story and like nothing: that is where it belongs.
      const next = belonging?.storyId ?? (sizeOf(now) === 0 ? now : aloneWith(id, sizes));
      if (next === now) continue;
      anyMoved = true;
      storyOf.set(id, next);
      sizes.set(now, sizes.get(now)! - 1);
      sizes.set(next, (sizes.get(next) ?? 0) + 1);
    }
    if (!anyMoved) break;
  }
  const named = nameStories(
    members.map(({ id, storyId }) => ({ id, storyId, group: storyOf.get(id)! })),
    redirects,
  );
  const moved = members.flatMap(({ id, storyId }) => {
    const name = named.names.get(storyOf.get(id)!)!;
    return name === storyId ? [] : [{ id, storyId: name }];
  });
  return { moved, redirects: named.redirects };
}

/** A label for a group of one, in use by no group; never published (`nameStories` finds the name). */
function aloneWith(id: string, sizes: ReadonlyMap<string, number>): string {
  return (sizes.get(id) ?? 0) === 0 ? id : `${id}\u0000alone`;
}

/** Each text with the earlier ones it was like, and the later ones that were like it. */
function bothWays(members: readonly Member[]): Map<string, { readonly id: string; readonly likeness: number }[]> {
  const near = new Map(members.map((member) => [member.id, member.near.filter(({ id }) => id !== member.id)]));
  for (const { id, near: earlier } of members)
    for (const { id: other, likeness } of earlier) near.get(other)?.push({ id, likeness });
  return near;
}
