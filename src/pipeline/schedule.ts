import { parse, schedule, validateDetailed } from 'node-cron';
import { epochMsOf, instantFrom, type Instant } from '../support/instant.ts';

// Says when, never what. The one door to node-cron.

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A schedule that names no day within so many days (31 February) names none. Covers every leap year. */
const HORIZON_DAYS = 366 * 8;

/** Null, or what is wrong with a cron expression: five fields, minute to day of the week, as node-cron reads them. */
export function scheduleFault(expression: string): string | null {
  if (expression.trim().split(/\s+/).length === 6)
    return 'has six fields; seconds are not used, five are right, as "*/15 * * * *"';
  const meant = meantBy(expression);
  if (meant !== null) return `is no cron expression; right would be "${meant}"`;
  const { valid, errors, fields } = validateDetailed(expression);
  if (!valid)
    return `is no cron expression (${errors[0]?.message ?? 'unreadable'}); right would be five fields, as "*/15 * * * *"`;
  const special = [...(fields?.dayOfMonth ?? []), ...(fields?.dayOfWeek ?? [])].find((day) => typeof day === 'string');
  if (special !== undefined) return `uses "${special}", which is not supported; name the days by numbers`;
  return nextRun(expression, '2026-01-01T00:00:00Z') === null ? 'names a day that never comes' : null;
}

const WORDS: Readonly<Record<string, string>> = {
  hourly: '0 * * * *',
  daily: '0 6 * * *',
  weekly: '0 6 * * 1',
  monthly: '0 6 1 * *',
};

/** What somebody meant who wrote `15m`, `every 2 hours` or `@daily`; null where that is not clear. */
function meantBy(expression: string): string | null {
  const written = expression.trim().toLowerCase();
  const word = written.replace(/^@/, '');
  if (Object.hasOwn(WORDS, word)) return WORDS[word]!;
  const [, count = '', unit = ''] = /^(?:every )?(\d{1,4}) ?(m|min|minutes?|h|hours?)$/.exec(written) ?? [];
  const every = Number(count) * (unit.startsWith('h') ? 60 : 1);
  if (every >= 1 && every < 60 && 60 % every === 0) return `*/${every} * * * *`;
  return every >= 60 && every % 60 === 0 && (24 * 60) % every === 0 && every < 24 * 60
    ? `0 */${every / 60} * * *`
    : null;
}

/**
 * The first minute after an instant that a cron expression names, in UTC (zones with summer time would lose or double
 * runs). Null when there is none within eight years. The expression is one that `scheduleFault` finds right.
 */
export function nextRun(expression: string, after: Instant): Instant | null {
  const fields = parse(expression);
  const start = Math.floor(epochMsOf(after) / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const firstDay = Math.floor(start / DAY_MS) * DAY_MS;
  for (let day = 0; day < HORIZON_DAYS; day++) {
    const midnight = firstDay + day * DAY_MS;
    const date = new Date(midnight);
    if (!fields.month.includes(date.getUTCMonth() + 1) || !fields.dayOfMonth.includes(date.getUTCDate())) continue;
    if (!fields.dayOfWeek.includes(date.getUTCDay())) continue;
    for (const hour of fields.hour.toSorted(byNumber)) {
      for (const minute of fields.minute.toSorted(byNumber)) {
        const moment = midnight + (hour * 60 + minute) * MINUTE_MS;
        if (moment >= start) return instantFrom(moment);
      }
    }
  }
  return null;
}

const byNumber = (a: number, b: number): number => a - b;

/**
 * Calls `work` at every minute until the signal is aborted; never twice at once: a minute that falls into a running work
 * is left out. Resolves when the last work has ended; a work that rejects ends the ticking and is thrown on.
 */
export async function tickEveryMinute(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  const last = { work: Promise.resolve(), running: false };
  const task = schedule('* * * * *', () => {
    if (last.running) return;
    last.running = true;
    last.work = work()
      .catch(reject)
      .finally(() => {
        last.running = false;
      });
  });
  signal.addEventListener('abort', () => resolve(), { once: true });
  try {
    await ended;
  } finally {
    await task.destroy();
    await last.work;
  }
}
