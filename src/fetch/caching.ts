import type { FreshnessHints, Validators } from '../model/fetched-feed.ts';
import { epochMsOf, type Instant } from '../support/instant.ts';
import type { Headers } from './fetch-bytes.ts';

// What the headers of an answer say about asking again (RFC 9110, RFC 9111). Pure.

/** max-age values of years exist: no answer is held fresh for longer than a week, and no wait is longer than a day. */
const LONGEST_FRESHNESS_S = 7 * 86_400;
const LONGEST_RETRY_AFTER_S = 86_400;

/** Longer ones are no validators but a burden: they would be stored, and sent back with every request. */
const LONGEST_VALIDATOR = 1_000;

/** What may stand in a header's value (RFC 9110 §5.5); so nothing that we send back can begin a header of its own. */
const VALUE = /^[\x20-\x7e\x80-\xff]+$/;

/** The validators as they stand: servers compare them character by character, also those that are not well-formed. */
export function validatorsOf(headers: Headers): Validators {
  return { etag: validator(headers['etag']), lastModified: validator(headers['last-modified']) };
}

/** A validator that may be kept and sent; null when there is none. */
export function validator(value: string | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return value.length <= LONGEST_VALIDATOR && VALUE.test(value) ? value : null;
}

/** Freshness by max-age or Expires, less Age (RFC 9111 §4.2); s-maxage is for shared caches, which we are not. */
export function freshnessOf(headers: Headers, now: Instant): FreshnessHints {
  return { freshForSeconds: freshForSeconds(headers, now), retryAfterSeconds: retryAfterSeconds(headers, now) };
}

function freshForSeconds(headers: Headers, now: Instant): number | null {
  const lifetime = lifetimeSeconds(headers, now);
  if (lifetime === null) return null;
  return Math.min(Math.max(0, lifetime - (seconds(headers['age']) ?? 0)), LONGEST_FRESHNESS_S);
}

function lifetimeSeconds(headers: Headers, now: Instant): number | null {
  const control = headers['cache-control']?.toLowerCase() ?? '';
  if (/(?:^|[\s,])no-(?:cache|store)(?:$|[\s,=])/.test(control)) return 0;
  const maxAge = /(?:^|[\s,])max-age\s{0,5}=\s{0,5}"?(\d{1,20})/.exec(control);
  if (maxAge !== null) return Number(maxAge[1]);
  const expires = headers['expires'];
  if (expires === undefined) return null;
  // What is no date, above all "0", is in the past (RFC 9111 §5.3).
  const until = httpDateMs(expires);
  return until === null ? 0 : wholeSeconds(until - serverNowMs(headers, now));
}

/** Retry-After in seconds or as a date (RFC 9110 §10.2.3), a day at most. Null when there is none that can be read. */
export function retryAfterSeconds(headers: Headers, now: Instant): number | null {
  const value = headers['retry-after'];
  if (value === undefined) return null;
  const until = seconds(value) === null ? httpDateMs(value) : null;
  const wait = seconds(value) ?? (until === null ? null : wholeSeconds(until - serverNowMs(headers, now)));
  return wait === null ? null : Math.min(Math.max(0, wait), LONGEST_RETRY_AFTER_S);
}

/** The server's own time, against which its dates are meant: its clock may be wrong by hours. */
function serverNowMs(headers: Headers, now: Instant): number {
  return httpDateMs(headers['date'] ?? '') ?? epochMsOf(now);
}

/** The three forms of RFC 9110 §5.6.7, the last of which names no zone. */
const HTTP_DATE = /^[a-z]{3,9},? [a-z0-9][a-z0-9: -]{5,40}$/i;

function httpDateMs(text: string): number | null {
  const trimmed = text.trim();
  if (!HTTP_DATE.test(trimmed)) return null;
  const ms = Date.parse(/(?:gmt|utc)$/i.test(trimmed) ? trimmed : `${trimmed} GMT`);
  return Number.isNaN(ms) ? null : ms;
}

function seconds(text: string | undefined): number | null {
  return text !== undefined && /^\s*\d{1,20}\s*$/.test(text) ? Number(text) : null;
}

function wholeSeconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
