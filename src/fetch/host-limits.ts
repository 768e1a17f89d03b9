import type { Clock } from '../support/clock.ts';

export type HostLimitsSettings = {
  /** The least time between the starts of two requests to one host. */
  readonly spacingMs: number;
  /** Requests to one host that run at once. */
  readonly atOnce: number;
};

export type HostLimits = {
  /**
   * Waits for a turn at a host, first come, first served. Whoever has it gives it back by disposing of it.
   * Rejects with the signal's reason when it is aborted before.
   * @param host with its port, as in URL.host
   */
  turn(host: string, signal: AbortSignal): Promise<Disposable>;
  /** The host asks for more time between two requests than the setting gives (Crawl-delay). */
  slowDown(host: string, spacingMs: number): void;
  /** Those who wait get no turn any more. */
  close(): void;
};

type Waiter = { readonly grant: () => void; readonly refuse: (reason: unknown) => void };

type Lane = {
  running: number;
  /** On the clock's monotonic scale; before everything when the host was never asked. */
  lastStartMs: number;
  readonly waiting: Waiter[];
  /** Set while a timer runs that will look again. */
  waking: AbortController | null;
};

/** Above so many hosts those that nobody asks just now are forgotten. */
const MOST_LANES = 5_000;
const NOBODY_WAITS = 'nobody waits';

export function openHostLimits({ clock }: { readonly clock: Clock }, settings: HostLimitsSettings): HostLimits {
  const lanes = new Map<string, Lane>();
  const slowed = new Map<string, number>();
  const spacingOf = (host: string): number => Math.max(settings.spacingMs, slowed.get(host) ?? 0);

  const laneOf = (host: string): Lane => {
    const known = lanes.get(host);
    if (known !== undefined) return known;
    if (lanes.size >= MOST_LANES) forgetIdle();
    const lane: Lane = { running: 0, lastStartMs: -Infinity, waiting: [], waking: null };
    lanes.set(host, lane);
    return lane;
  };

  const forgetIdle = (): void => {
    const now = clock.elapsedMs();
    for (const [host, lane] of lanes) {
      if (lane.running + lane.waiting.length === 0 && now >= lane.lastStartMs + spacingOf(host)) lanes.delete(host);
    }
  };

  const start = (host: string, lane: Lane): Disposable => {
    lane.running++;
    lane.lastStartMs = clock.elapsedMs();
    let held = true;
    return {
      [Symbol.dispose]() {
        if (!held) return;
        held = false;
        lane.running--;
        advance(host, lane);
      },
    };
  };

  const advance = (host: string, lane: Lane): void => {
    if (lane.waking !== null) return;
    while (lane.waiting.length > 0 && lane.running < settings.atOnce) {
      const waitMs = lane.lastStartMs + spacingOf(host) - clock.elapsedMs();
      if (waitMs > 0) return wake(host, lane, waitMs);
      lane.waiting.shift()!.grant();
    }
  };

  const wake = (host: string, lane: Lane, waitMs: number): void => {
    const waking = new AbortController();
    lane.waking = waking;
    const look = (): void => {
      if (lane.waking === waking) lane.waking = null;
      advance(host, lane);
    };
    clock.sleep(waitMs, waking.signal).then(look, look);
  };

  return {
    turn(host, signal) {
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      const lane = laneOf(host);
      const free = lane.running < settings.atOnce && lane.waiting.length === 0;
      if (free && clock.elapsedMs() >= lane.lastStartMs + spacingOf(host)) return Promise.resolve(start(host, lane));
      return new Promise((resolve, reject) => {
        const waiter: Waiter = {
          grant() {
            signal.removeEventListener('abort', leave);
            resolve(start(host, lane));
          },
          refuse(reason) {
            signal.removeEventListener('abort', leave);
            reject(reason);
          },
        };
        const leave = (): void => {
          lane.waiting.splice(lane.waiting.indexOf(waiter), 1);
          if (lane.waiting.length === 0) lane.waking?.abort(NOBODY_WAITS);
          waiter.refuse(signal.reason);
        };
        signal.addEventListener('abort', leave);
        lane.waiting.push(waiter);
        advance(host, lane);
      });
    },
    slowDown(host, spacingMs) {
      slowed.delete(host);
      if (spacingMs <= settings.spacingMs) return;
      slowed.set(host, spacingMs);
      if (slowed.size > MOST_LANES) slowed.delete(slowed.keys().next().value!);
    },
    close() {
      for (const lane of lanes.values()) {
        for (const waiter of lane.waiting.splice(0)) waiter.refuse(new Error('the program is closing'));
        lane.waking?.abort(NOBODY_WAITS);
      }
    },
  };
}
