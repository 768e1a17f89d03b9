import { unescape } from 'node:querystring';
import { ProxyAgent, type Dispatcher } from 'undici';
import { StageError } from '../model/errors.ts';

export type ProxySettings = {
  readonly connectTimeoutMs: number;
  /** PEM certificates that are trusted instead of the usual ones; null: the usual ones. */
  readonly certificates: readonly string[] | null;
  /** What the direct way has too. */
  readonly connections: {
    readonly keepAliveTimeout: number;
    readonly keepAliveMaxTimeout: number;
    readonly headersTimeout: number;
    readonly bodyTimeout: number;
    readonly maxHeaderSize: number;
  };
};

/** The ways through proxies, each made when it is first asked for, and kept. */
export type ProxyRoutes = {
  through(proxy: string): Dispatcher;
  close(): Promise<void>;
};

/**
 * Opens the ways through HTTP proxies: https through a tunnel (CONNECT), http by asking the proxy for the whole address. A
 * proxy is reached wherever it is, since the operator names it; and it finds the hosts itself, so what a name leads to is
 * not judged by us. Hosts that are addresses, and names in private use, were judged before.
 */
export function openProxyRoutes({ connectTimeoutMs, certificates, connections }: ProxySettings): ProxyRoutes {
  const routes = new Map<string, ProxyAgent>();
  const tls = certificates === null ? {} : { ca: [...certificates] };
  return {
    through(proxy) {
      const known = routes.get(proxy);
      if (known !== undefined) return known;
      const { origin, username, password } = new URL(proxy);
      const pair = `${unescape(username)}:${unescape(password)}`;
      const route = new ProxyAgent({
        ...connections,
        uri: origin,
        ...(pair === ':' ? {} : { token: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` }),
        proxyTunnel: false,
        connectTimeout: connectTimeoutMs,
        requestTls: tls,
        proxyTls: tls,
        allowH2: false,
      });
      routes.set(proxy, route);
      return route;
    },
    async close() {
      await Promise.all([...routes.values()].map((route) => route.destroy()));
    },
  };
}

/** undici's codes for what a proxy refuses or cannot do. */
const OF_PROXY = new Set(['UND_ERR_PRX_TLS', 'UND_ERR_PRX_CONN', 'UND_ERR_ABORTED', 'UND_ERR_INVALID_ARG']);

/** What failed on the way through a proxy, told as that: else the host would be blamed. What it answered comes back as it is. */
export function proxyError(error: unknown, { url, proxy }: { readonly url: string; readonly proxy: string }): unknown {
  const { host } = new URL(proxy);
  if (error instanceof StageError) {
    if (error.code !== 'fetch-no-connection' && error.code !== 'fetch-no-such-host') return error;
    return new StageError('fetch-proxy', { url, detail: `no connection through ${host}`, cause: error });
  }
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code !== 'string' || !OF_PROXY.has(code)) return error;
  const status = /\((\d{3})\)/.exec(String(message))?.[1];
  const says =
    status === undefined
      ? 'cannot be used'
      : status === '407'
        ? 'asks for a user name and password (407)'
        : `answers with ${status}`;
  return new StageError('fetch-proxy', { url, detail: `${host} ${says}`, cause: error });
}
