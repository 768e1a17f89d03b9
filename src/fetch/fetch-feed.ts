import { StageError } from '../model/errors.ts';
import type { FetchedFeed } from '../model/fetched-feed.ts';
import type { Outbound, OutboundResponse } from '../model/outbound.ts';
import type { Source, SourceState } from '../model/source.ts';
import type { Clock } from '../support/clock.ts';
import { authHeaders, type SecretOf } from './auth-headers.ts';
import { freshnessOf, validator, validatorsOf } from './caching.ts';

export type FetchFeedTools = {
  readonly outbound: Outbound;
  readonly clock: Clock;
  /** What environment variables hold; absent: none is set. */
  readonly secretOf?: SecretOf;
};

export type FeedRequest = {
  readonly source: Source;
  /** What is known of the source; its validators make the request conditional. Null: never asked. */
  readonly state: Pick<SourceState, 'etag' | 'lastModified'> | null;
  readonly maxBodyBytes: number;
  readonly timeoutMs: number;
};

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, ' +
  'application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5';

/**
 * Asks for a source's feed, conditionally where we can (RFC 9110 §13.1). The operator's headers, and what the source knows
 * us by, go to the source's own host alone. Throws StageError with a `fetch-…` code.
 */
export async function fetchFeed(
  { outbound, clock, secretOf = () => null }: FetchFeedTools,
  { source, state, maxBodyBytes, timeoutMs }: FeedRequest,
  signal: AbortSignal,
): Promise<FetchedFeed> {
  const etag = validator(state?.etag);
  const lastModified = validator(state?.lastModified);
  const headers: Record<string, string> = { accept: ACCEPT };
  for (const name in source.headers) headers[name.toLowerCase()] = source.headers[name]!;
  if (source.userAgent !== null) headers['user-agent'] = source.userAgent;
  if (etag !== null) headers['if-none-match'] = etag;
  if (lastModified !== null) headers['if-modified-since'] = lastModified;
  const way = {
    ...(source.auth === null ? {} : { secretHeaders: () => authHeaders(source, secretOf) }),
    ...(source.proxy === null ? {} : { proxy: source.proxy }),
  };
  const response = await outbound({ url: source.url, headers, maxBodyBytes, timeoutMs, ...way }, signal);

  const fetchedAt = clock.now();
  const { url, status } = response;
  const hints = freshnessOf(response.headers, fetchedAt);
  const fresh = validatorsOf(response.headers);
  if (status === 304) {
    if (etag === null && lastModified === null) throw unasked(url, 'status 304, though we named no earlier version');
    const kept = { etag: fresh.etag ?? etag, lastModified: fresh.lastModified ?? lastModified };
    return { kind: 'not-modified', url, fetchedAt, ...kept, ...hints };
  }
  if (status === 206) throw unasked(url, 'status 206, though we asked for the whole');
  return {
    kind: 'fetched',
    url,
    status,
    contentType: response.headers['content-type'] ?? null,
    contentLocation: response.headers['content-location'] ?? null,
    links: response.headers['link'] ?? null,
    body: response.body,
    movedTo: movedTo(response),
    fetchedAt,
    ...fresh,
    ...hints,
  };
}

/** Where the feed has moved for good: only if every redirect on the way said so. */
function movedTo({ url, redirects }: OutboundResponse): string | null {
  const permanent = redirects.every(({ status }) => status === 301 || status === 308);
  return redirects.length > 0 && permanent ? url : null;
}

function unasked(url: string, detail: string): StageError {
  return new StageError('fetch-bad-answer', { url, detail });
}
