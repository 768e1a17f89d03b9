import { epochMsOf, type Instant } from '../../support/instant.ts';

/** So many pauses have to be known before one can be called long. */
const FEWEST_PAUSES = 5;
/** However busy a source is, a pause of some hours says nothing. */
const SHORTEST_MS = 6 * 3_600_000;

/** For how long a source has brought nothing, and its longest usual pause. */
export type Silence = { readonly silentMs: number; readonly usualMs: number };

/**
 * Whether a source is silent: nothing came for `factor` times its longest usual pause. That is the second longest of those
 * that are known, so that nights and weekends count and one outage does not. Null: it is not, or too little is known.
 * @param arrivals the moments at which it brought new entries, each once, in order
 */
export function silenceOf(arrivals: readonly Instant[], now: Instant, factor: number): Silence | null {
  const times = arrivals.map(epochMsOf);
  const pauses = times.slice(1).map((time, at) => time - times[at]!);
  if (pauses.length < FEWEST_PAUSES) return null;
  const usualMs = pauses.toSorted((a, b) => b - a)[1]!;
  const silentMs = epochMsOf(now) - times.at(-1)!;
  return silentMs > Math.max(usualMs * factor, SHORTEST_MS) ? { silentMs, usualMs } : null;
}
