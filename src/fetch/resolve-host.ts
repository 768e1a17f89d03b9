import { lookup, Resolver } from 'node:dns/promises';
import { StageError } from '../model/errors.ts';

/**
 * The addresses of a host, as text. None is an error too: throws StageError `fetch-no-such-host`.
 * What comes back is judged by the guard, whoever answered.
 */
export type Resolve = (host: string) => Promise<readonly string[]>;

export type OpenedResolver = { readonly resolve: Resolve; close(): void };

export type ResolverSettings = {
  /** Name servers as `address:port`; the machine's own when left out. */
  readonly servers?: readonly string[];
  /** How long a name server is waited for at the first try, and how often it is asked; 2 s and twice unless given. */
  readonly timeoutMs?: number;
  readonly tries?: number;
};

/** Answers after which the machine's own names (hosts file, mDNS, search domains) may still know the host. */
const UNKNOWN_TO_NAME_SERVERS = new Set(['ENOTFOUND', 'ENODATA', 'ECONNREFUSED', 'EBADNAME', 'EBADRESP']);

/**
 * Asks the name servers over sockets, and the machine's own list only for what they do not know: `lookup` has four
 * threads in all, and a few hosts whose name servers are silent would hold up every other one.
 */
export function openResolver({ servers, timeoutMs = 2_000, tries = 2 }: ResolverSettings = {}): OpenedResolver {
  const resolver = new Resolver({ timeout: timeoutMs, tries });
  if (servers !== undefined) resolver.setServers(servers);
  return {
    async resolve(host) {
      const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
      const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
      if (addresses.length > 0) return addresses;
      const codes = answers.map((answer) => (answer.status === 'rejected' ? codeOf(answer.reason) : 'ENODATA'));
      if (codes.every((code) => UNKNOWN_TO_NAME_SERVERS.has(code))) return lookUp(host);
      throw new StageError('fetch-no-such-host', { detail: `the name servers of ${host} do not answer: ${codes[0]}` });
    },
    close: () => resolver.cancel(),
  };
}

async function lookUp(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (cause) {
    throw new StageError('fetch-no-such-host', { detail: `${host}: ${codeOf(cause)}`, cause });
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code);
}
