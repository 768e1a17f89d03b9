import type { Order } from '../config/sources-file.ts';
import { StageError } from '../model/errors.ts';
import { openBell, type Bell } from '../support/bell.ts';
import type { Clock } from '../support/clock.ts';
import type { CycleParts } from './run-cycle.ts';
import type { RefreshReport } from './refresh-report.ts';

/** The sources that hubs have pushed for, and that are to be asked. */
export type PushedSources = {
  note(sourceId: string): void;
  /** Those that were noted since; waits for the first. */
  taken(signal: AbortSignal): Promise<readonly string[]>;
};

export function openPushedSources(bell: Bell = openBell()): PushedSources {
  const noted = new Set<string>();
  return {
    note(sourceId) {
      noted.add(sourceId);
      bell.ring();
    },
    async taken(signal) {
      await bell.rung(signal);
      const ids = [...noted];
      noted.clear();
      return ids;
    },
  };
}

export type PushedParts = Pick<CycleParts, 'curate' | 'copyImages' | 'publish'> & {
  readonly clock: Clock;
  readonly pushed: PushedSources;
  /** Asks one source past all caches, due or not; null for one that must not be asked now. */
  refreshPushed(order: Order, sourceId: string, signal: AbortSignal): Promise<RefreshReport | null>;
  /** A source that was pushed for and had nothing new is asked again soon: some publishers push before they publish. */
  askAgainSoon(sourceId: string): Promise<void>;
};

/** Whoever is told at once does not wait longer for the pictures. */
const PICTURES_MS = 3_000;
/** A source that is pushed for again and again is asked no more often than this. */
const SPACING_MS = 2_000;

/**
 * Asks sources as soon as their hubs push, sorts and publishes, beside the rounds of every minute and without waiting for
 * them: one slow source keeps no other from being published. Until the signal is aborted.
 */
export async function runPushedSources(
  parts: PushedParts,
  given: {
    readonly orderNow: () => Order;
    readonly onSource: (report: RefreshReport) => void;
    readonly onTrouble: (error: StageError) => void;
  },
  signal: AbortSignal,
): Promise<void> {
  const news = openBell();
  const faults = new AbortController();
  const until = AbortSignal.any([signal, faults.signal]);
  const running = new Map<string, Promise<void>>();
  /** Those whose turn has not come since they were pushed for. */
  const waiting = new Set<string>();

  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (until.aborted) return;
      if (error instanceof StageError) given.onTrouble(error);
      else faults.abort(error);
    }
  };
  const askOne = async (sourceId: string): Promise<void> => {
    const report = await parts.refreshPushed(given.orderNow(), sourceId, until);
    if (report !== null) {
      given.onSource(report);
      if (report.added + report.changed + report.pagesHadAtLast > 0) news.ring();
      else if (report.outcome !== 'failed') await parts.askAgainSoon(sourceId);
    }
    await parts.clock.sleep(SPACING_MS, until);
  };
  const ask = async (): Promise<void> => {
    for (;;) {
      for (const sourceId of await parts.pushed.taken(until)) {
        const before = running.get(sourceId) ?? Promise.resolve();
        if (waiting.has(sourceId)) continue;
        waiting.add(sourceId);
        const work = before
          .then(() => {
            waiting.delete(sourceId);
            return guarded(() => askOne(sourceId));
          })
          .finally(() => {
            if (running.get(sourceId) === work) running.delete(sourceId);
          });
        running.set(sourceId, work);
      }
    }
  };
  const publish = async (): Promise<void> => {
    for (;;) {
      await news.rung(until);
      await guarded(async () => {
        await parts.curate(given.orderNow(), until);
        await parts.copyImages(given.orderNow(), { withinMs: PICTURES_MS }, until);
        await parts.publish(given.orderNow(), until);
      });
    }
  };
  await Promise.allSettled([ask(), publish()]);
  await Promise.allSettled(running.values());
  if (faults.signal.aborted) throw faults.signal.reason;
  signal.throwIfAborted();
}
