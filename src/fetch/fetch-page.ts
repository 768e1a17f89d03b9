import { StageError } from '../model/errors.ts';
import type { FetchedPage } from '../model/fetched-feed.ts';
import type { Outbound, OutboundRequest } from '../model/outbound.ts';
import type { Robots } from './robots.ts';

export type FetchPageTools = { readonly outbound: Outbound; readonly robots: Robots };
export type PageRequest = {
  readonly url: string;
  readonly maxBodyBytes: number;
  readonly timeoutMs: number;
  /** As in OutboundRequest. */
  readonly proxy?: string | null;
  /** As in OutboundRequest; robots.txt is asked for without. */
  readonly secretHeaders?: OutboundRequest['secretHeaders'];
};

type Fetched = Extract<FetchedPage, { readonly kind: 'fetched' }>;

const ACCEPT = 'text/html, application/xhtml+xml, */*;q=0.1';
const PAGE_TYPES = ['text/html', 'application/xhtml+xml', 'application/vnd.wap.xhtml+xml'];

/**
 * Fetches an article's page, if robots.txt of every host on the way lets us and what comes is a page. Whatever the
 * network does is an outcome with its reason; throws for nothing but an aborted signal and bugs.
 */
export async function fetchPage(
  { outbound, robots }: FetchPageTools,
  { url, maxBodyBytes, timeoutMs, proxy = null, secretHeaders }: PageRequest,
  signal: AbortSignal,
): Promise<FetchedPage> {
  try {
    const response = await outbound(
      {
        url,
        headers: { accept: ACCEPT },
        maxBodyBytes,
        timeoutMs,
        contentTypes: PAGE_TYPES,
        permit: (hop) => robots.permit(hop, signal, proxy),
        proxy,
        ...(secretHeaders === undefined ? {} : { secretHeaders }),
      },
      signal,
    );
    if (response.status === 304 || response.body.length === 0) {
      return notFetched(url, new StageError('fetch-bad-answer', { url, detail: 'there is nothing in it' }));
    }
    return {
      kind: 'fetched',
      url: response.url,
      contentType: response.headers['content-type'] ?? null,
      ...termsIn(response.headers),
      body: response.body,
    };
  } catch (error) {
    if (signal.aborted || !(error instanceof StageError)) throw error;
    return notFetched(url, error);
  }
}

function termsIn(headers: Readonly<Record<string, string>>): Pick<Fetched, 'terms'> {
  const [robots, links] = [headers['x-robots-tag'] ?? null, headers['link'] ?? null];
  return robots === null && links === null ? {} : { terms: { robots, links } };
}

function notFetched(url: string, { code, message }: StageError): FetchedPage {
  return { kind: 'not-fetched', url, code, reason: message };
}
