import { StageError } from '../model/errors.ts';
import type { DueQuestion } from '../store/push-store.ts';
import { openBell, type Bell } from '../support/bell.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';

/** Something to be sent to one host. It tells its own failures; what it throws is a fault of the program or the store. */
export type Errand = {
  /** The same thing is not done twice at once. */
  readonly key: string;
  readonly host: string;
  run(signal: AbortSignal): Promise<void>;
};

/** A kind of errands, with hands of its own: one kind that waits for silent servers holds up no other. */
export type ErrandKind = {
  readonly name: string;
  readonly atOnce: number;
  readonly tried: DueQuestion['tried'];
  due(asked: DueQuestion): Promise<readonly Errand[]>;
};

export type ErrandTools = { readonly clock: Clock; readonly log: Log; readonly bell: Bell };

/** What becomes due by time alone, or by another process, is seen within so long. */
const LOOK_AGAIN_MS = 5_000;
const FOUND_FOR_EACH_HAND = 16;

/**
 * Does what is due, some of each kind at a time and one at a host, until the signal is aborted, or (`idle`) until nothing
 * is due and nothing is under way. Whoever makes something due rings the bell.
 * @param given.prepare is called before each look
 */
export async function runErrands(
  { clock, log, bell }: ErrandTools,
  given: {
    readonly kinds: readonly ErrandKind[];
    readonly prepare: (signal: AbortSignal) => Promise<void>;
    readonly until: 'stopped' | 'idle';
  },
  signal: AbortSignal,
): Promise<void> {
  const running = new Map<string, { readonly kind: string; readonly host: string; readonly work: Promise<void> }>();
  /** What was found due and not started yet, by kind. */
  const waiting = new Map<string, readonly Errand[]>();
  /** Kinds of which an errand has ended since the last look. */
  const ended = new Set<string>();
  const ends = openBell();
  const fault: { error: unknown } = { error: null };

  const start = (kind: ErrandKind, errand: Errand): void => {
    const done = (): void => {
      running.delete(errand.key);
      ended.add(kind.name);
      ends.ring();
    };
    const failed = (error: unknown): void => {
      running.delete(errand.key);
      if (signal.aborted) return;
      if (isPassing(error) && given.until === 'stopped') {
        // It is still due. Nobody rings: at once it would go no better.
        log.error('a push could not be written down', { kind: kind.name, reason: error.message });
        return;
      }
      fault.error ??= error;
      ends.ring();
    };
    const work = errand.run(signal).then(done, failed);
    running.set(errand.key, { kind: kind.name, host: errand.host, work });
  };

  /** Takes what it can of what was found due, and gives what it must leave. */
  const startSome = (kind: ErrandKind, found: readonly Errand[]): Errand[] => {
    const inHand = [...running.values()];
    let free = kind.atOnce - inHand.filter((one) => one.kind === kind.name).length;
    const busy = new Set(inHand.map(({ host }) => host));
    return found.filter((errand) => {
      if (free <= 0 || busy.has(errand.host)) return true;
      busy.add(errand.host);
      if (running.has(errand.key)) return false;
      free--;
      start(kind, errand);
      return false;
    });
  };

  /** How many were started. The database is asked only when hands are left over: not after each of thousands. */
  const startDue = async (kind: ErrandKind): Promise<number> => {
    const ofKind = (): number => [...running.values()].filter((one) => one.kind === kind.name).length;
    const before = ofKind();
    const left = startSome(kind, waiting.get(kind.name) ?? []);
    const already = ofKind() - before;
    waiting.set(kind.name, left);
    if (ofKind() >= kind.atOnce) return already;
    const busyHosts = [...new Set([...running.values()].map(({ host }) => host))];
    // More than there are hands for: several may be of one host, and the first of them keeps it busy.
    const asked = { now: clock.now(), busyHosts, limit: kind.atOnce * FOUND_FOR_EACH_HAND, tried: kind.tried };
    const found = await kind.due(asked);
    const then = ofKind();
    waiting.set(kind.name, startSome(kind, found));
    return already + ofKind() - then;
  };

  const look = async (kinds: readonly ErrandKind[]): Promise<number> => {
    let started = 0;
    try {
      await given.prepare(signal);
      for (const kind of kinds) started += await startDue(kind);
    } catch (error) {
      if (!isPassing(error) || given.until === 'idle') throw error;
      log.error('pushes could not be looked up', { reason: error.message });
    }
    return started;
  };

  try {
    for (let isWhole = true; ;) {
      signal.throwIfAborted();
      if (fault.error !== null) throw fault.error;
      // Where an errand has ended and nothing else was told, there are new hands for its kind alone.
      const kinds = isWhole ? given.kinds : given.kinds.filter(({ name }) => ended.has(name));
      ended.clear();
      const started = await look(kinds);
      if (given.until === 'idle' && started + running.size === 0 && fault.error === null) {
        if (isWhole) return;
        isWhole = true;
      } else isWhole = await wakened({ clock, bell, ends }, signal);
    }
  } finally {
    await Promise.all([...running.values()].map(({ work }) => work));
  }
}

/** Waits for the end of an errand, for the bell, or for a while. Whether all is to be looked at again. */
async function wakened(
  { clock, bell, ends }: { readonly clock: Clock; readonly bell: Bell; readonly ends: Bell },
  signal: AbortSignal,
): Promise<boolean> {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  let isWhole = false;
  const tell = (): void => {
    isWhole = true;
  };
  const waits = [ends.rung(until), bell.rung(until).then(tell), clock.sleep(LOOK_AGAIN_MS, until).then(tell)];
  try {
    await Promise.race(waits);
  } finally {
    over.abort('one of them came');
    // A ring that came together with another is not lost.
    await Promise.allSettled(waits);
  }
  return isWhole;
}

/** A database that is away comes back. */
function isPassing(error: unknown): error is StageError {
  return error instanceof StageError;
}
