/** A wish to be waked: whoever waits goes on when somebody rings, also when that was before the waiting began. */
export type Bell = {
  /** Wakes the one who waits, or the next one who will. Rung twice before that, it wakes once. */
  ring(): void;
  /** Resolves when it is rung; rejects with the signal's reason. One waits at a time. */
  rung(signal: AbortSignal): Promise<void>;
};

export function openBell(): Bell {
  let isRung = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      isRung = true;
      wake?.();
    },
    rung(signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const leave = (): void => {
          wake = null;
          reject(signal.reason as Error);
        };
        const goOn = (): void => {
          signal.removeEventListener('abort', leave);
          wake = null;
          isRung = false;
          resolve();
        };
        if (isRung) return goOn();
        wake = goOn;
        signal.addEventListener('abort', leave, { once: true });
      });
    },
  };
}
