import robotsParser from 'robots-parser';
import { StageError } from '../model/errors.ts';
import type { Outbound, OutboundResponse } from '../model/outbound.ts';
import type { Clock } from '../support/clock.ts';

// robots.txt, by RFC 9309.

export type RobotsTools = {
  readonly outbound: Outbound;
  readonly clock: Clock;
  /** Told what a host's Crawl-delay asks for. */
  readonly slowDown?: (host: string, spacingMs: number) => void;
};

export type Robots = {
  /**
   * Resolves if a page may be fetched. Throws StageError: `fetch-robots` if the site asks not to, or what kept us from
   * its robots.txt: until that is known, nothing is allowed (RFC 9309 §2.3.1.4).
   * @param proxy by which way the page is fetched, and so its robots.txt: as in OutboundRequest
   */
  permit(url: string, signal: AbortSignal, proxy?: string | null): Promise<void>;
};

/** What we use of robots-parser, whose own types describe a module that it is not. */
const parseRobots = robotsParser as unknown as (
  url: string,
  text: string,
) => {
  isAllowed(url: string, userAgent: string): boolean | undefined;
  getCrawlDelay(userAgent: string): number | undefined;
};

type Rules = {
  readonly isAllowed: (url: string) => boolean;
  /** On the clock's monotonic scale. */
  readonly goodUntilMs: number;
  readonly bytes: number;
  /** Why nothing may be fetched, when robots.txt could not be had. */
  readonly unreachable: StageError | null;
};

/** What is asked for at once by several is asked for once; it is given up when the last of them leaves. */
type Pending = { readonly rules: Promise<Rules>; readonly stop: AbortController; waiting: number };

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const TIMEOUT_MS = 15_000;
/** RFC 9309 §2.5: 500 KiB are read at least; the rest of a longer file is not. */
const READ_BYTES = 500 * 1024;
const MOST_BYTES = 4 * 1024 * 1024;
/** Matching takes time by the size of patterns with wildcards times the length of the address: an attack is bounded. */
const WILDCARD_CHARACTERS = 32 * 1024;
const MATCHED_CHARACTERS = 2_000;
/** Rules are kept for the origins last asked for, up to so much text of theirs. */
const KEPT_BYTES = 16 * 1024 * 1024;
const LONGEST_CRAWL_DELAY_S = 30;

/**
 * Opens the keeper of the sites' robots.txt, each asked for once a day.
 * @param settings.userAgent its product token, before the first "/", is the name that robots.txt may address
 */
export function openRobots(tools: RobotsTools, { userAgent }: { readonly userAgent: string }): Robots {
  const kept = new Map<string, Rules>();
  const pending = new Map<string, Pending>();
  let keptBytes = 0;

  const keep = (origin: string, rules: Rules): void => {
    keptBytes += rules.bytes - (kept.get(origin)?.bytes ?? 0);
    kept.delete(origin);
    kept.set(origin, rules);
    for (const [oldest, { bytes }] of kept) {
      if (keptBytes <= KEPT_BYTES) break;
      kept.delete(oldest);
      keptBytes -= bytes;
    }
  };

  const load = (origin: string, proxy: string | null): Pending => {
    const stop = new AbortController();
    const rules = readRules(tools, { origin, userAgent, proxy }, stop.signal);
    const loading: Pending = { rules, stop, waiting: 0 };
    pending.set(origin, loading);
    const forget = (): void => {
      if (pending.get(origin) === loading) pending.delete(origin);
    };
    // Whoever comes after the last has left asks anew, and does not join what is being given up.
    stop.signal.addEventListener('abort', forget, { once: true });
    rules
      .then(
        (read) => keep(origin, read),
        () => {},
      )
      .finally(forget);
    return loading;
  };

  return {
    async permit(url, signal, proxy = null) {
      const { origin } = new URL(url);
      const known = kept.get(origin);
      const fresh = known !== undefined && tools.clock.elapsedMs() < known.goodUntilMs;
      const rules = fresh ? known : await joinIn(pending.get(origin) ?? load(origin, proxy), signal);
      if (rules.unreachable !== null) throw rules.unreachable;
      if (!rules.isAllowed(url)) throw new StageError('fetch-robots', { url });
    },
  };
}

/** Waits together with others; leaves alone when aborted, and ends the request when nobody is left. */
async function joinIn(pending: Pending, signal: AbortSignal): Promise<Rules> {
  signal.throwIfAborted();
  const { promise: left, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  pending.waiting++;
  try {
    return await Promise.race([pending.rules, left]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (--pending.waiting === 0) pending.stop.abort(signal.reason);
  }
}

async function readRules(
  tools: RobotsTools,
  { origin, userAgent, proxy }: { readonly origin: string; readonly userAgent: string; readonly proxy: string | null },
  signal: AbortSignal,
): Promise<Rules> {
  const url = `${origin}/robots.txt`;
  const now = tools.clock.elapsedMs();
  try {
    const request = { url, maxBodyBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS, acceptStatuses: UNAVAILABLE, proxy };
    const text = textOf(await tools.outbound(request, signal));
    const rules = parseRobots(url, boundedRules(text));
    const delay = Math.min(rules.getCrawlDelay(userAgent) ?? 0, LONGEST_CRAWL_DELAY_S);
    if (delay > 0) tools.slowDown?.(new URL(origin).host, delay * 1000);
    const isAllowed = (page: string): boolean =>
      rules.isAllowed(page.slice(0, MATCHED_CHARACTERS), userAgent) !== false;
    return { isAllowed, goodUntilMs: now + DAY_MS, bytes: text.length + 500, unreachable: null };
  } catch (error) {
    if (signal.aborted || !(error instanceof StageError)) throw error;
    // More than five redirects count as no file (RFC 9309 §2.3.1.2).
    if (error.code === 'fetch-redirect-loop') {
      return { isAllowed: () => true, goodUntilMs: now + DAY_MS, bytes: 500, unreachable: null };
    }
    const waitMs = Math.max(HOUR_MS, (error.retryAfterSeconds ?? 0) * 1000);
    return { isAllowed: () => false, goodUntilMs: now + waitMs, bytes: 500, unreachable: askedFirst(url, error) };
  }
}

/** Statuses that say there are no rules (RFC 9309 §2.3.1.3). 429 is none of them: it asks us to stay away. */
const UNAVAILABLE = Array.from({ length: 100 }, (_, index) => 400 + index).filter((status) => status !== 429);

function askedFirst(url: string, { code, detail, retryAfterSeconds }: StageError): StageError {
  const seen = detail === null ? '' : `: ${detail}`;
  return new StageError(code, { url, detail: `asked for robots.txt first${seen}`, retryAfterSeconds });
}

/** No file, no rules. */
function textOf({ status, body }: OutboundResponse): string {
  if (status < 200 || status >= 300) return '';
  return new TextDecoder().decode(body.subarray(0, READ_BYTES));
}

/** The lines up to where the patterns with wildcards become too many. */
function boundedRules(text: string): string {
  if (!text.includes('*')) return text;
  let left = WILDCARD_CHARACTERS;
  const lines = text.split(/\r\n|\r|\n/).filter((line) => {
    if (!/^\s*(?:dis)?allow/i.test(line) || !line.includes('*')) return true;
    left -= line.length;
    return left >= 0;
  });
  return lines.join('\n');
}
