import { literalAddress, openAddressGuard } from '../../src/fetch/address-guard.ts';
import { followRedirects } from '../../src/fetch/follow-redirects.ts';
import { readAddress } from '../../src/fetch/read-address.ts';
import { StageError } from '../../src/model/errors.ts';

/** Stands for DNS: the addresses of a host, as text. */
type Resolve = (host: string) => Promise<readonly string[]> | readonly string[];

/** Stands for the server: what it answers, so far as redirects go. */
type AnswerOf = (url: string) => { readonly status: number; readonly location: string } | null;

export type Verdict = { readonly allowed: boolean; readonly reason: string };

const guard = openAddressGuard([]);

/**
 * Whether the outbound client would ask for an address, and why not. No request is made: the steps are those of the
 * client (read, judge the host, resolve, judge what it resolves to), and with `answerOf` its redirects are followed.
 */
export async function judge(
  url: string,
  { resolve, answerOf = () => null }: { readonly resolve: Resolve; readonly answerOf?: AnswerOf },
): Promise<Verdict> {
  const ask = async (hop: URL): ReturnType<Parameters<typeof followRedirects>[0]> => {
    const refusal = guard.refusalOfHost(hop.hostname) ?? (await refusalByName(hop.hostname, resolve));
    if (refusal !== null) throw new StageError('fetch-refused-address', { url: hop.href, detail: refusal });
    const redirect = answerOf(hop.href);
    const headers: Record<string, string> = redirect === null ? {} : { location: redirect.location };
    return { status: redirect?.status ?? 200, headers, body: new Uint8Array() };
  };
  try {
    const journey = { url: readAddress(url), headers: {}, maxRedirects: 5, acceptStatuses: [] };
    const arrival = await followRedirects(ask, journey);
    return { allowed: true, reason: `${arrival.url} may be asked for` };
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return { allowed: false, reason: error.message };
  }
}

/** Literal addresses are not resolved; the guard has judged them. */
async function refusalByName(host: string, resolve: Resolve): Promise<string | null> {
  if (literalAddress(host) !== null) return null;
  const addresses = await resolve(host);
  return addresses.length === 0 ? `${host} has no address` : guard.refusalOfAnswer(host, addresses);
}
