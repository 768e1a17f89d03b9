import { entryMarks } from '../admit/entry-marks.ts';
import { StageError } from '../model/errors.ts';
import type { Feed } from '../model/feed.ts';
import type { Alias } from '../model/ledger.ts';
import type { OutboundResponse } from '../model/outbound.ts';
import type { Source } from '../model/source.ts';
import { parseFeed } from '../parse/parse-feed.ts';

const POLICIES: readonly Source['identity'][] = ['guid', 'link', 'title'];

/** Mends after which an entry may have come to lie in another, or outside of all. */
const DOUBTFUL = new Set([
  'json-mended',
  'text-before-root',
  'text-after-root',
  'root-odd',
  'tag-broken',
  'element-unclosed',
  'end-tag-stray',
  'cdata-nested',
  'comment-unclosed',
  'bytes-invalid',
]);

/**
 * By what the entries are known that a feed's answer tells of, under any policy of identity. Null where it is not sure
 * that these are all: what cannot be read to its end, or had to be mended, may hold others, and so may a comment with
 * markup in it.
 */
export async function entriesTold({ url, headers, body }: OutboundResponse): Promise<readonly Alias[] | null> {
  let feed: Feed;
  try {
    const contentLocation = headers['content-location'] ?? null;
    feed = await parseFeed(body, { url, contentType: headers['content-type'] ?? null, contentLocation });
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return null;
  }
  const isMended = feed.repairs.some(({ code }) => DOUBTFUL.has(code));
  if (feed.truncated || feed.skipped.length > 0 || isMended || hasHiddenMarkup(body)) return null;
  return POLICIES.flatMap((policy) => entryMarks(feed.entries, policy).flatMap(({ aliases }) => aliases));
}

/** Whether a comment holds markup: an entry, perhaps, that its publisher has only hidden. Of UTF-16 that is not looked at. */
function hasHiddenMarkup(body: Uint8Array): boolean {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  if (text.includes('\0')) return true;
  for (let at = text.indexOf('<!--'); at >= 0;) {
    const end = text.indexOf('-->', at + 4);
    if (end < 0) return true;
    if (text.slice(at + 4, end).includes('<')) return true;
    at = text.indexOf('<!--', end);
  }
  return false;
}
