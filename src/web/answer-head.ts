import type { Instant } from '../support/instant.ts';
import { epochMsOf } from '../support/instant.ts';
import { chooseCoding, type Coding } from './accept-encoding.ts';
import { wholeSeconds } from './conditional.ts';
import { endingOf, isArchive, isSubscriptionDocument, isXmlFeed, mediaKindOf, XML } from './media-types.ts';
import type { PublishedFile } from './kept-files.ts';

// The header fields of published files, in one place for all who answer.

/** Whether an answer is for everybody or for whoever knows the token in its path. */
export type Audience = 'everybody' | 'private';

export type Head = Readonly<Record<string, string>>;

/** What answers of every kind say to whoever may read them from other sites. */
const FOR_EVERYBODY: Head = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, IM, Link, Content-Range, Accept-Ranges',
  'x-content-type-options': 'nosniff',
};

/** The same of private answers: no other site reads them, no search engine lists them, and no link gives them away. */
const FOR_THE_HOLDER: Head = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
};

/** What every answer says, also when it is a refusal. */
export function headFor(audience: Audience): Head {
  return audience === 'everybody' ? FOR_EVERYBODY : FOR_THE_HOLDER;
}

const SHORTEST_SECONDS = 300;
const LONGEST_SECONDS = 3600;
/** Fresh for this part of the time for which it has not changed: a lively topic's readers come back soon. */
const FRESH_PART = 1 / 24;
const YEAR_SECONDS = 31_536_000;
/** The best first. */
const PACKED: readonly Coding[] = ['br', 'gzip'];
const ALL: readonly Coding[] = [...PACKED, 'identity'];
/** Less than this is not worth packing. */
const LEAST_PACKED_BYTES = 256;

const PICTURES = "img-src 'self' https: http: data:; media-src https: http:";
const NO_SCRIPT = `default-src 'none'; style-src 'self'; ${PICTURES}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The fields that answers with and without a body share (RFC 9110 §15.4.5). */
export function sharedHead(
  file: PublishedFile,
  tag: string,
  given: { readonly now: Instant; readonly audience: Audience; readonly links: string | null },
): Head {
  const nowMs = epochMsOf(given.now);
  return {
    etag: tag,
    ...(wholeSeconds(file.modifiedMs) <= nowMs
      ? { 'last-modified': new Date(wholeSeconds(file.modifiedMs)).toUTCString() }
      : {}),
    'cache-control': cacheControl(file, { nowMs, audience: given.audience }),
    vary: varyOf(file.path),
    ...(given.links === null ? {} : { link: given.links }),
    ...headFor(given.audience),
  };
}

/** Which request fields an answer depends on. */
function varyOf(path: string): string {
  const fields = isSubscriptionDocument(path) ? ['A-IM', 'Accept-Encoding'] : ['Accept-Encoding'];
  return (isXmlFeed(path) ? [...fields, 'Sec-Fetch-Dest'] : fields).join(', ');
}

/**
 * What the body is, and what a browser may do with it.
 * @param destination Sec-Fetch-Dest, which browsers alone send: a feed that is opened in one is shown by its style sheet only
 * if it is called XML
 */
export function contentHead(
  file: PublishedFile,
  coding: Coding,
  { audience, destination }: { readonly audience: Audience; readonly destination: string | null },
): Head {
  const isShown = destination === 'document' && isXmlFeed(file.path);
  const { type } = isShown ? XML : mediaKindOf(file.path);
  return {
    'content-type': type,
    ...(coding === 'identity' ? { 'accept-ranges': 'bytes' } : { 'content-encoding': coding }),
    ...(runsInBrowsers(type) ? { 'content-security-policy': NO_SCRIPT } : {}),
    ...(type.startsWith('text/html') && audience === 'everybody'
      ? { 'referrer-policy': 'strict-origin-when-cross-origin' }
      : {}),
  };
}

/** Pages, and every XML document: a browser would run a script in it. */
function runsInBrowsers(type: string): boolean {
  return type.startsWith('text/html') || /[/+]xml\b/.test(type);
}

/** The coding to answer in; null when the client refuses all there are (RFC 9110 §12.5.3). */
export function codingFor(file: PublishedFile, acceptEncoding: string | null): Coding | null {
  if (file.bytes === null) return chooseCoding(acceptEncoding, ['identity']);
  const isWorthIt = mediaKindOf(file.path).isText && file.size >= LEAST_PACKED_BYTES;
  // Pictures, sounds and small things are packed for no one but those who refuse them as they are.
  return chooseCoding(acceptEncoding, isWorthIt ? ALL : ['identity']) ?? chooseCoding(acceptEncoding, PACKED);
}

/** All that a version may be tagged with, the coding of the answer first. */
export function tagsOf(file: PublishedFile, coding: Coding): readonly string[] {
  return [coding, ...ALL.filter((other) => other !== coding)].map((each) => tagOf(file, each));
}

/** The strong entity tag of a version in a coding. */
export function tagOf(file: PublishedFile, coding: Coding): string {
  return coding === 'identity' ? `"${file.digest}"` : `"${file.digest}-${coding}"`;
}

function cacheControl(
  file: PublishedFile,
  { nowMs, audience }: { readonly nowMs: number; readonly audience: Audience },
): string {
  const scope = audience === 'everybody' ? 'public' : 'private';
  if (isArchive(file.path)) return `${scope}, max-age=${YEAR_SECONDS}, immutable`;
  return `${scope}, max-age=${freshForSeconds(file, nowMs)}, stale-while-revalidate=600, stale-if-error=86400`;
}

/** Whole minutes, so that the field does not change with every request. */
function freshForSeconds(file: PublishedFile, nowMs: number): number {
  if (['css', 'svg', 'png'].includes(endingOf(file.path))) return LONGEST_SECONDS;
  const part = ((nowMs - file.modifiedMs) / 1000) * FRESH_PART;
  return Math.floor(Math.min(Math.max(part, SHORTEST_SECONDS), LONGEST_SECONDS) / 60) * 60;
}
