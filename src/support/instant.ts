/**
 * A moment, as an RFC 3339 string in UTC with whole seconds: `2026-11-24T16:18:25Z`.
 * Of this one shape, so that instants compare as strings.
 */
export type Instant = string;

const WHOLE_SECONDS = 'YYYY-MM-DDTHH:MM:SS'.length;

/** The instant of a moment in milliseconds since 1970. Years outside 0000 to 9999 have no instant: throws RangeError. */
export function instantFrom(epochMs: number): Instant {
  const text = new Date(epochMs).toISOString();
  if (text.length !== '2026-11-24T16:18:25.000Z'.length) throw new RangeError(`no instant for ${epochMs}`);
  return `${text.slice(0, WHOLE_SECONDS)}Z`;
}

/** Milliseconds since 1970. */
export function epochMsOf(instant: Instant): number {
  return Date.parse(instant);
}

export function plusSeconds(instant: Instant, seconds: number): Instant {
  return instantFrom(epochMsOf(instant) + seconds * 1000);
}

/** The later of instants; null when there is none. */
export function latest(instants: readonly (Instant | null)[]): Instant | null {
  let newest: Instant | null = null;
  for (const instant of instants) if (instant !== null && (newest === null || instant > newest)) newest = instant;
  return newest;
}
