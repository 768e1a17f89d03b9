import type { Output } from './write-output.ts';

/** An Output that shows another one with changes that are kept elsewhere: the one below is only ever read. */
export type OverlayOutput = Output & {
  /** What was written differs from what lies below, or is not there; and what was removed there, in order. */
  changes(): { readonly written: readonly string[]; readonly removed: readonly string[] };
  /** What lies below, whatever was done since. */
  readonly below: Pick<Output, 'read' | 'exists'>;
};

/** @param above an empty folder, for what is written */
export function overlayOutput(below: Pick<Output, 'read' | 'exists'>, above: Output): OverlayOutput {
  const written = new Set<string>();
  const removed = new Set<string>();
  const isBelow = async (path: string): Promise<boolean> => !removed.has(path) && (await below.exists(path));

  return {
    below,
    async write(path, content) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      const held = await below.read(path);
      if (held !== null && Buffer.compare(held, bytes) === 0) {
        // As it was, whatever was there in between: for whoever looks at the end, nothing happened.
        const wasWritten = written.delete(path);
        if (wasWritten) await above.remove(path);
        return removed.delete(path) || wasWritten ? 'written' : 'unchanged';
      }
      const done = await above.write(path, bytes);
      written.add(path);
      removed.delete(path);
      return done;
    },
    async remove(path) {
      if (written.delete(path)) await above.remove(path);
      if (await below.exists(path)) removed.add(path);
    },
    async read(path) {
      if (written.has(path)) return above.read(path);
      return removed.has(path) ? null : below.read(path);
    },
    exists: async (path) => written.has(path) || isBelow(path),
    changes: () => ({ written: [...written].toSorted(), removed: [...removed].toSorted() }),
  };
}
