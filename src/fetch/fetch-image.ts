import { StageError } from '../model/errors.ts';
import type { FetchedImage } from '../model/fetched-feed.ts';
import type { Outbound } from '../model/outbound.ts';
import { imageKindOf } from './image-kind.ts';
import type { Robots } from './robots.ts';

export type FetchImageTools = {
  readonly outbound: Outbound;
  readonly robots: Robots;
  /** What we are called where robots are named, in lower case. */
  readonly name: string;
};

export type ImageRequest = {
  readonly url: string;
  readonly maxBodyBytes: number;
  readonly timeoutMs: number;
  /** As in OutboundRequest. */
  readonly proxy?: string | null;
};

/** What servers that offer several kinds are to give: what feed readers show as well, before what browsers alone show. */
const ACCEPT = 'image/jpeg, image/png, image/gif, image/webp;q=0.9, image/avif;q=0.8, */*;q=0.1';

/** So many pixels fill a browser's memory with a quarter of a gigabyte. */
const MOST_PIXELS = 64_000_000;
/** What is smaller counts who reads, or keeps a place. */
const LEAST_SIDE = 8;

/**
 * Fetches a picture, if robots.txt of every host on the way lets us and its answer does not ask that nobody keeps it. What
 * it is, its bytes tell: servers often call pictures otherwise. Whatever the network does is an outcome with its reason;
 * throws for nothing but an aborted signal and bugs.
 */
export async function fetchImage(
  { outbound, robots, name }: FetchImageTools,
  { url, maxBodyBytes, timeoutMs, proxy = null }: ImageRequest,
  signal: AbortSignal,
): Promise<FetchedImage> {
  try {
    const response = await outbound(
      {
        url,
        headers: { accept: ACCEPT },
        maxBodyBytes,
        timeoutMs,
        permit: (hop) => robots.permit(hop, signal, proxy),
        proxy,
      },
      signal,
    );
    if (asksNotToKeep(response.headers['x-robots-tag'] ?? '', name))
      throw new StageError('image-not-to-be-kept', { url, detail: 'X-Robots-Tag' });
    const kind = imageKindOf(response.body);
    if (kind === null) throw unshowable(url, beginning(response.body));
    const { width, height } = kind;
    if (width * height > MOST_PIXELS || Math.min(width, height) < LEAST_SIDE)
      throw unshowable(url, `${width} by ${height} pixels`);
    return { kind: 'fetched', ...kind, body: response.body };
  } catch (error) {
    if (signal.aborted || !(error instanceof StageError)) throw error;
    const { code, message: reason, retryAfterSeconds } = error;
    return { kind: 'not-fetched', code, reason, retryAfterSeconds };
  }
}

/**
 * Google's words for X-Robots-Tag, where they are for all robots or for us: no copies (`noarchive`), no pictures
 * (`noimageindex`), nothing at all (`none`). What stands behind a robot's name is for that robot.
 */
function asksNotToKeep(header: string, name: string): boolean {
  let isForUs = true;
  return header.split(',').some((part) => {
    const [, robot, word = part] = /^\s*([\w-]+)\s*:(.*)$/s.exec(part) ?? [];
    if (robot !== undefined && !/^(?:max-[\w-]+|unavailable_after)$/i.test(robot))
      isForUs = robot.toLowerCase() === name;
    return isForUs && /^(?:noarchive|noimageindex|none)$/i.test(word.trim());
  });
}

function unshowable(url: string, detail: string): StageError {
  return new StageError('image-unshowable', { url, detail });
}

/** What it may be instead, as far as operators would know it. */
function beginning(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'there is nothing in it';
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 300)).trimStart();
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*(?:<!doctype svg[^>]*>\s*)?<svg[\s>]/i.test(text)) return 'SVG';
  return /^<(?:!doctype html|html|head|body|script)\b/i.test(text)
    ? 'a web page'
    : 'bytes of another kind, or cut short';
}
