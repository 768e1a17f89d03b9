import { z } from 'zod';

const WRITTEN = /^[1-9]\d{0,4}[mhd]$/;
const SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 };
const LONGEST = '7d';

/** A time as `15m`, `6h` or `2d`; a minute at least, a week at most. */
export const duration = (what: string) =>
  z
    .string()
    .regex(WRITTEN, { error: 'must be a time, as "15m", "6h" or "2d"' })
    .refine((written) => !WRITTEN.test(written) || secondsOf(written) <= secondsOf(LONGEST), {
      error: `must be at most "${LONGEST}"`,
    })
    .describe(what);

/** Of a right one. */
export function secondsOf(written: string): number {
  return Number(written.slice(0, -1)) * SECONDS[written.at(-1)!]!;
}
