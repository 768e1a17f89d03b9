import type { Instant } from '../support/instant.ts';
import { isSubscriptionDocument } from '../support/feed-documents.ts';
import { epochMsOf } from '../support/instant.ts';
import { chooseCoding, type Coding } from './accept-encoding.ts';
import { wholeSeconds } from './conditional.ts';
import { endingOf, isArchive, isImageCopy, isXmlFeed, mediaKindOf, XML } from './media-types.ts';
import type { PublishedFile } from './kept-files.ts';

// The header fields of published files, in one place for all who answer.

/** Whether an answer is for everybody or for whoever knows the token in its path. */
export type Audience = 'everybody' | 'private';

export type Head = Readonly<Record<string, string>>;

/** How the bytes of a file are sent. */
export type Form = {
  readonly coding: Coding;
  /** To a browser that shows it: a feed is shown by its style sheet only if it is called XML. */
  readonly isShown: boolean;
};

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

/** Who may keep an answer that is no document, and how. Private answers say so in whatever they say. */
export function cacheControlFor(audience: Audience, how: 'no-cache' | 'no-store' | `max-age=${number}`): string {
  if (audience === 'private') return `private, ${how}`;
  return how.startsWith('no-') ? how : `public, ${how}`;
}

const SHORTEST_SECONDS = 300;
const LONGEST_SECONDS = 3600;
/** Fresh for this part of the time for which it has not changed: a lively topic's readers come back soon. */
const FRESH_PART = 1 / 24;
const WEEK_SECONDS = 604_800;
const YEAR_SECONDS = 31_536_000;
/**
 * A date is told so long after its second. By then every version of that second lies in its place, however slow the disk,
 * and the one that is served was looked at since: no two versions are told with one date.
 */
const SETTLED_MS = 2000;
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
  const datedMs = datedMsOf(file, given.now);
  return {
    etag: tag,
    ...(datedMs === null ? {} : { 'last-modified': new Date(datedMs).toUTCString() }),
    'cache-control': cacheControl(file, { nowMs: epochMsOf(given.now), audience: given.audience }),
    vary: varyOf(file.path),
    ...(given.links === null ? {} : { link: given.links }),
    ...headFor(given.audience),
  };
}

/** What Last-Modified says; null for a file that changed just now, or is dated in the future. */
export function datedMsOf(file: PublishedFile, now: Instant): number | null {
  const datedMs = wholeSeconds(file.modifiedMs);
  return epochMsOf(now) - datedMs < SETTLED_MS ? null : datedMs;
}

/** Which request fields an answer depends on. */
function varyOf(path: string): string {
  const fields = isSubscriptionDocument(path) ? ['A-IM', 'Accept-Encoding'] : ['Accept-Encoding'];
  return (isXmlFeed(path) ? [...fields, 'Sec-Fetch-Dest'] : fields).join(', ');
}

/** What the body is, and what a browser may do with it. */
export function contentHead(file: PublishedFile, { coding, isShown }: Form, audience: Audience): Head {
  const { type } = isShown ? XML : mediaKindOf(file.path);
  return {
    'content-type': type,
    ...(coding === 'identity' ? { 'accept-ranges': 'bytes' } : { 'content-encoding': coding }),
    ...policyFor(file.path, type),
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

/** @param destination Sec-Fetch-Dest, which browsers alone send */
export function isShownTo(file: PublishedFile, destination: string | null): boolean {
  return destination === 'document' && isXmlFeed(file.path);
}

/** All that a version may be tagged with, the form of the answer first. */
export function tagsOf(file: PublishedFile, form: Form): readonly string[] {
  const ways = isXmlFeed(file.path) ? [false, true] : [false];
  const all = ways.flatMap((isShown) => ALL.map((coding) => tagOf(file, { coding, isShown })));
  return [...new Set([tagOf(file, form), ...all])];
}

/** The strong entity tag of a version in a form. */
export function tagOf(file: PublishedFile, { coding, isShown }: Form): string {
  return `"${file.digest}${isShown ? '-xml' : ''}${coding === 'identity' ? '' : `-${coding}`}"`;
}

/** Of which version an entity tag of ours is, in whatever form. */
export function digestIn(tag: string): string {
  return tag.replace(/^"|(?:-xml)?(?:-br|-gzip)?"$/g, '');
}

/** Strangers made our copies of pictures: whatever a browser takes one for, nothing in it runs. */
function policyFor(path: string, type: string): Head {
  if (isImageCopy(path)) return { 'content-security-policy': "default-src 'none'; sandbox" };
  return runsInBrowsers(type) ? { 'content-security-policy': NO_SCRIPT } : {};
}

function cacheControl(
  file: PublishedFile,
  { nowMs, audience }: { readonly nowMs: number; readonly audience: Audience },
): string {
  const scope = audience === 'everybody' ? 'public' : 'private';
  if (isArchive(file.path)) return `${scope}, max-age=${YEAR_SECONDS}, immutable`;
  // Not a year: what was taken back is to be gone from caches too, in the end.
  if (isImageCopy(file.path)) return `${scope}, max-age=${WEEK_SECONDS}, immutable`;
  return `${scope}, max-age=${freshForSeconds(file, nowMs)}, stale-while-revalidate=600, stale-if-error=86400`;
}

/** Whole minutes, so that the field does not change with every request. */
function freshForSeconds(file: PublishedFile, nowMs: number): number {
  if (['css', 'svg', 'png'].includes(endingOf(file.path))) return LONGEST_SECONDS;
  const part = ((nowMs - file.modifiedMs) / 1000) * FRESH_PART;
  return Math.floor(Math.min(Math.max(part, SHORTEST_SECONDS), LONGEST_SECONDS) / 60) * 60;
}
