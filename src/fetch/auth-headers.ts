import { StageError } from '../model/errors.ts';
import type { OutboundRequest } from '../model/outbound.ts';
import type { Source } from '../model/source.ts';

/** What an environment variable holds; null where it is not set. */
export type SecretOf = (name: string) => string | null;

/** What can stand in a header: a line end would begin one of its own. */
const VALUE = /^[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?$/;

/**
 * The request headers by which a source knows us (RFC 7617, RFC 6750), by lower-case name.
 * Throws StageError `fetch-no-secret` that names the variable that is missing or cannot be sent, and never what is in it.
 */
export function authHeaders({ auth, url }: Pick<Source, 'auth' | 'url'>, secretOf: SecretOf): Record<string, string> {
  if (auth === null) return {};
  const valueOf = (name: string): string => {
    const value = secretOf(name);
    if (value === null || value === '') throw missing(url, `${name} is not set`);
    return value;
  };
  const headers: Record<string, string> = {};
  const set = (name: string, value: string, variable: string): void => {
    if (!VALUE.test(value)) throw missing(url, `${variable} holds what no header can`);
    headers[name] = value;
  };
  for (const [name, variable] of Object.entries(auth.headerEnvs)) set(name, valueOf(variable), variable);
  const { scheme } = auth;
  if (scheme?.kind === 'bearer') set('authorization', `Bearer ${valueOf(scheme.tokenEnv)}`, scheme.tokenEnv);
  if (scheme?.kind === 'basic') {
    const user = valueOf(scheme.userEnv);
    if (user.includes(':')) throw missing(url, `${scheme.userEnv} holds a colon, which no user name can`);
    const pair = Buffer.from(`${user}:${valueOf(scheme.passwordEnv)}`, 'utf8').toString('base64');
    headers['authorization'] = `Basic ${pair}`;
  }
  return headers;
}

/**
 * The same for an article's page, as a part of its request: nothing, unless the page is of the feed's own origin (RFC 6454).
 * A feed may link to wherever its publisher likes; the operator has trusted this one host.
 */
export function pageSecrets(
  source: Pick<Source, 'auth' | 'url'>,
  page: string,
  secretOf: SecretOf,
): Pick<OutboundRequest, 'secretHeaders'> {
  const isOwn = source.auth !== null && URL.parse(page)?.origin === URL.parse(source.url)?.origin;
  return isOwn ? { secretHeaders: () => authHeaders(source, secretOf) } : {};
}

function missing(url: string, detail: string): StageError {
  return new StageError('fetch-no-secret', { url, detail });
}
