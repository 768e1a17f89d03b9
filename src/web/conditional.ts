// Conditional requests (RFC 9110 §13).

/** What the client has, as it says. Null: the header was not there. */
export type Conditions = {
  readonly noneMatch: string | null;
  readonly modifiedSince: string | null;
};

// Dates are `modifiedMs` throughout: when the document changed, null when that is not told.

/**
 * The entity tag to confirm with a 304, or null when the whole is to be sent. If-None-Match wins over
 * If-Modified-Since (§13.2.2); tags compare weakly (§13.1.2).
 * A tag of the same version in another coding is confirmed as well, and by its own name, so that caches know which of
 * their answers is meant (RFC 9111 §4.3.4).
 * @param tags the tags of all codings of this version, that of the chosen coding first
 */
export function unchangedTag(
  { noneMatch, modifiedSince }: Conditions,
  current: { readonly tags: readonly string[]; readonly modifiedMs: number | null },
): string | null {
  const chosen = current.tags[0]!;
  if (noneMatch !== null) {
    if (noneMatch === chosen || noneMatch.trim() === '*') return chosen;
    const theirs = tagsIn(noneMatch);
    return current.tags.find((tag) => theirs.includes(tag)) ?? null;
  }
  if (modifiedSince === null || current.modifiedMs === null) return null;
  const since = httpDateMs(modifiedSince);
  return since !== null && wholeSeconds(current.modifiedMs) <= since ? chosen : null;
}

/** The entity tags of a list, without their marks of weakness. Commas may stand within tags. */
export function tagsIn(list: string): readonly string[] {
  return list.match(/"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [];
}

/** Whether If-Match or If-Unmodified-Since forbid an answer (§13.1.1, §13.1.4): strong comparison, and If-Match wins. */
export function isPreconditionFailed(
  given: { readonly match: string | null; readonly unmodifiedSince: string | null },
  current: { readonly tag: string; readonly modifiedMs: number | null },
): boolean {
  if (given.match !== null) return given.match.trim() !== '*' && !strongTagsIn(given.match).includes(current.tag);
  const since = given.unmodifiedSince === null ? null : httpDateMs(given.unmodifiedSince);
  return since !== null && current.modifiedMs !== null && wholeSeconds(current.modifiedMs) > since;
}

function strongTagsIn(list: string): readonly string[] {
  return list.match(/(?<!W\/)"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [];
}

/** Whether a part may be sent: If-Range names exactly this version (§13.1.5), or there is none. */
export function isRangeCurrent(
  ifRange: string | null,
  current: { readonly tag: string; readonly modifiedMs: number | null },
): boolean {
  if (ifRange === null) return true;
  const said = ifRange.trim();
  if (said.startsWith('"')) return said === current.tag;
  return current.modifiedMs !== null && httpDateMs(said) === wholeSeconds(current.modifiedMs);
}

const MONTHS = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const HTTP_DATE = new RegExp(
  `^(?:[A-Z][a-z]{2}, \\d{2} ${MONTHS} \\d{4} [\\d:]{8} GMT|` +
    `[A-Z][a-z]{5,8}, \\d{2}-${MONTHS}-\\d{2} [\\d:]{8} GMT|` +
    `[A-Z][a-z]{2} ${MONTHS} [ \\d]\\d [\\d:]{8} \\d{4})$`,
);

/** The milliseconds of an HTTP-date in one of its three forms (§5.6.7); null for everything else that looks like a date. */
export function httpDateMs(text: string): number | null {
  const trimmed = text.trim();
  if (!HTTP_DATE.test(trimmed)) return null;
  // The third form, that of asctime, names no zone and means UTC.
  const ms = Date.parse(trimmed.endsWith(' GMT') ? trimmed : `${trimmed} GMT`);
  return Number.isNaN(ms) ? null : ms;
}

/**
 * A moment as an HTTP-date tells it, which knows no parts of a second: the second that ends it. Who was served within the
 * second in which something changed, and takes the date of that answer for the document's, has an earlier date.
 */
export function wholeSeconds(ms: number): number {
  return Math.ceil(ms / 1000) * 1000;
}
