/**
 * Runs `work` over the items, at most `atOnce` at a time, and yields the results as they come, in order of completion.
 * A work that throws ends the whole; whoever stops listening lets the started ones finish and starts no more.
 */
export async function* mapConcurrently<Item, Result>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncIterable<Result> {
  const running = new Map<number, Promise<{ readonly key: number; readonly result: Result }>>();
  const waiting = items[Symbol.iterator]();
  let started = 0;
  const startNext = (): boolean => {
    const next = waiting.next();
    if (next.done === true) return false;
    const key = started++;
    running.set(
      key,
      work(next.value).then((result) => ({ key, result })),
    );
    return true;
  };
  while (running.size < atOnce && startNext());
  try {
    while (running.size > 0) {
      const { key, result } = await Promise.race(running.values());
      running.delete(key);
      yield result;
      startNext();
    }
  } finally {
    await Promise.allSettled(running.values());
  }
}
