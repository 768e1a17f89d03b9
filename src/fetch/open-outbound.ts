import { Agent } from 'undici';
import { StageError } from '../model/errors.ts';
import type { Outbound, OutboundRequest } from '../model/outbound.ts';
import type { Clock } from '../support/clock.ts';
import { literalAddress, openAddressGuard } from './address-guard.ts';
import { ACCEPT_ENCODING } from './decode-body.ts';
import { openDialler } from './dialler.ts';
import { fetchBytes, type Answer, type Headers } from './fetch-bytes.ts';
import { followRedirects, REDIRECTS } from './follow-redirects.ts';
import { openHostLimits } from './host-limits.ts';
import { openProxyRoutes } from './proxy-routes.ts';
import { readAddress } from './read-address.ts';
import { openResolver, type Resolve } from './resolve-host.ts';
import { statusError } from './status-error.ts';

export type OutboundTools = {
  readonly clock: Clock;
  /** Stands for the name system; the machine's own when left out. */
  readonly resolve?: Resolve;
};

export type OutboundSettings = {
  /** Product, version and a link to the operator: `Tributary/0.1 (+https://news.example.org/)`. */
  readonly userAgent: string;
  /** CIDRs of private networks that may be reached. */
  readonly allowedNetworks: readonly string[];
  /** The least time between the starts of two requests to one host. */
  readonly hostSpacingMs: number;
  /** Requests to one host at once; 2 unless given. */
  readonly hostAtOnce?: number;
  /** 5 unless given. */
  readonly maxRedirects?: number;
  /** From the name to the finished TLS handshake; 10 s unless given. */
  readonly connectTimeoutMs?: number;
  /** How long headers may be waited for, and a body may stand still; to about a second. 20 s unless given. */
  readonly idleTimeoutMs?: number;
  /** PEM certificates that are trusted instead of the usual ones. */
  readonly certificates?: readonly string[];
  /** The HTTP proxy that is asked where a request names none; null or absent: none. May hold a user name and password. */
  readonly proxy?: string | null;
};

export type OpenedOutbound = AsyncDisposable & {
  readonly outbound: Outbound;
  /** A host asks for more time between requests (robots.txt, Crawl-delay). The host is that of URL.host. */
  readonly slowDown: (host: string, spacingMs: number) => void;
  /** Why an address could never be asked for, as far as that is seen without the name system; null when it may be tried. */
  readonly refusalOf: (url: string) => string | null;
};

/** Connections are kept so long for the next request, or as long as the server says, up to a minute. */
const KEEP_ALIVE_MS = 15_000;
const LONGEST_KEEP_ALIVE_MS = 60_000;
const LARGEST_HEADERS = 64 * 1024;

/** Headers that belong to the connection: ours to set, never a request's. */
const CONNECTION_HEADERS = new Set(
  'host connection keep-alive proxy-connection proxy-authorization te trailer transfer-encoding upgrade expect content-length'.split(
    ' ',
  ),
);

/** Opens the one way out of the program. Closing it ends what is still under way. */
export function openOutbound(tools: OutboundTools, settings: OutboundSettings): OpenedOutbound {
  const { clock } = tools;
  const guard = openAddressGuard(settings.allowedNetworks);
  const publicAlone = openAddressGuard([]);
  const resolver = openResolver();
  const dialler = openDialler(
    { clock, guard, resolve: tools.resolve ?? resolver.resolve },
    { connectTimeoutMs: settings.connectTimeoutMs ?? 10_000, certificates: settings.certificates ?? null },
  );
  const idleTimeoutMs = settings.idleTimeoutMs ?? 20_000;
  const connections = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: LONGEST_KEEP_ALIVE_MS,
    headersTimeout: idleTimeoutMs,
    bodyTimeout: idleTimeoutMs,
    maxHeaderSize: LARGEST_HEADERS,
  };
  const direct = new Agent({ ...connections, connect: dialler.connect, allowH2: false });
  const proxies = openProxyRoutes({
    connectTimeoutMs: settings.connectTimeoutMs ?? 10_000,
    certificates: settings.certificates ?? null,
    connections,
  });
  const limits = openHostLimits({ clock }, { spacingMs: settings.hostSpacingMs, atOnce: settings.hostAtOnce ?? 2 });

  const askOnce = async (
    request: OutboundRequest,
    url: URL,
    headers: Headers,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const named = request.proxy ?? settings.proxy ?? null;
    const proxy = named === 'none' ? null : named;
    // Where a proxy would lead a name in private use, nobody judges.
    const isUnjudged = proxy !== null && literalAddress(url.hostname) === null;
    const refusal = (isUnjudged ? publicAlone : guard).refusalOfHost(url.hostname);
    if (refusal !== null) throw new StageError('fetch-refused-address', { url: url.href, detail: refusal });
    await request.permit?.(url.href, signal);
    using _turn = await limits.turn(url.host, signal);
    const { maxBodyBytes, timeoutMs } = request;
    const dispatcher = proxy === null ? direct : proxies.through(proxy);
    return await fetchBytes(
      { dispatcher, clock, ...(proxy === null ? {} : { proxy }) },
      {
        url,
        headers: { 'user-agent': settings.userAgent, 'accept-encoding': ACCEPT_ENCODING, ...headers },
        send: request.send ?? null,
        maxBodyBytes,
        timeoutMs,
        wants: (status, answered) =>
          isAnswer(request, status) && request.answerBody !== 'unread' && isWantedType(request, url, answered),
      },
      signal,
    );
  };

  return {
    async outbound(request, signal) {
      const { url, answer, redirects } = await followRedirects(
        (hop, headers) => askOnce(request, hop, headers, signal),
        {
          url: readAddress(request.url),
          headers: ownHeaders({ ...request.headers, ...request.secretHeaders?.() }),
          maxRedirects: settings.maxRedirects ?? 5,
          acceptStatuses: staysThere(request) ? REDIRECTS : (request.acceptStatuses ?? NO_STATUSES),
        },
      );
      if (!isAnswer(request, answer.status)) throw statusError(url, answer, clock.now());
      return { url, status: answer.status, headers: answer.headers, body: answer.body, redirects };
    },
    slowDown: (host, spacingMs) => limits.slowDown(host, spacingMs),
    refusalOf(url) {
      try {
        return guard.refusalOfHost(readAddress(url).hostname);
      } catch (error) {
        if (error instanceof StageError) return error.message;
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      limits.close();
      dialler.close();
      resolver.close();
      await direct.destroy();
      await proxies.close();
    },
  };
}

const NO_STATUSES: readonly number[] = [];

/** Whoever was asked answers himself, or not at all. */
function staysThere({ send, redirects }: OutboundRequest): boolean {
  return send !== undefined || redirects === 'none';
}

function isAnswer({ acceptStatuses }: OutboundRequest, status: number): boolean {
  return (status >= 200 && status < 300) || status === 304 || acceptStatuses?.includes(status) === true;
}

/** An answer that names no type passes. */
function isWantedType({ contentTypes }: OutboundRequest, url: URL, headers: Headers): boolean {
  const type = mediaType(headers['content-type']);
  if (contentTypes === undefined || type === null || contentTypes.includes(type)) return true;
  throw new StageError('fetch-wrong-type', { url: url.href, detail: type });
}

/** The media type without its parameters, in lower case; null when none is named. */
function mediaType(contentType: string | undefined): string | null {
  return contentType?.split(';', 1)[0]!.trim().toLowerCase() || null;
}

function ownHeaders(headers: Headers): Headers {
  const own: Record<string, string> = {};
  for (const name in headers) if (!CONNECTION_HEADERS.has(name)) own[name] = headers[name]!;
  return own;
}
