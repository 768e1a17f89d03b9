import type { SourceState } from '../model/source.ts';
import type { Instant } from '../support/instant.ts';

/** When a source is asked again, and why then. */
export type NextCheck = { readonly at: Instant; readonly why: string };

/** When a feed says that it has nothing new (RSS 2.0 skipHours and skipDays, in UTC). */
export type SkipTimes = Pick<SourceState, 'skipHours' | 'skipDays'>;

/** Whether a feed asks not to be asked at a moment. Who would skip all hours or all days says nothing. */
export function isSkipped(at: Instant, { skipHours, skipDays }: SkipTimes): boolean {
  if (skipHours.length >= 24 || skipDays.length >= 7) return false;
  const date = new Date(at);
  return skipHours.includes(date.getUTCHours()) || skipDays.includes(date.getUTCDay());
}
