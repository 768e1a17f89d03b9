import type { DueImage } from '../../model/image-copy.ts';

/** Pictures that are asked for some at a time. */
export type Turns = Iterable<DueImage> & {
  /** One that was given is asked for no longer: the next of its source may be. */
  done(image: DueImage): void;
};

/**
 * Gives pictures in such an order that the sources take turns, and none has more than some under way: one whose pictures
 * never come keeps those of no other waiting. Where all that is left is of such sources there is none to give, until one
 * is done.
 */
export function inTurns(images: readonly DueImage[], mostOfSource: number): Turns {
  const waiting = new Map(
    [...Map.groupBy(images, ({ sourceId }) => sourceId)].map(([id, own]) => [id, own.toReversed()]),
  );
  const running = new Map<string, number>();
  const runningOf = (sourceId: string): number => running.get(sourceId) ?? 0;

  const next = (): IteratorResult<DueImage, undefined> => {
    let chosen: string | null = null;
    for (const sourceId of waiting.keys())
      if (runningOf(sourceId) < (chosen === null ? mostOfSource : runningOf(chosen))) chosen = sourceId;
    const image = chosen === null ? undefined : waiting.get(chosen)?.pop();
    if (chosen === null || image === undefined) return { done: true, value: undefined };
    if (waiting.get(chosen)?.length === 0) waiting.delete(chosen);
    running.set(chosen, runningOf(chosen) + 1);
    return { done: false, value: image };
  };

  return {
    [Symbol.iterator]: () => ({ next }),
    done: ({ sourceId }) => void running.set(sourceId, runningOf(sourceId) - 1),
  };
}
