/** A GET or HEAD of a published file with nothing unusual about it. */
export type PlainRequest = {
  readonly method: 'GET' | 'HEAD';
  /** Without the query, which no published file knows. */
  readonly pathname: string;
  readonly acceptEncoding: string | null;
  readonly noneMatch: string | null;
  readonly modifiedSince: string | null;
};

const MOST_BYTES = 4096;
const LINE = /^(GET|HEAD) (\/[a-z0-9_./-]{0,1000})(?:\?[!-~]{0,1000})? HTTP\/1\.1$/;
/** Fields that change nothing of the answer, or what is known here. With any other the request is not plain. */
const IDLE = new Set([
  'user-agent',
  'accept',
  'accept-language',
  'accept-charset',
  'cache-control',
  'pragma',
  'origin',
  'referer',
  'from',
  'cookie',
  'dnt',
  'priority',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-real-ip',
  'forwarded',
  'via',
  'sec-fetch-mode',
  'sec-fetch-site',
  'sec-fetch-user',
  'upgrade-insecure-requests',
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-gpc',
  'x-forwarded-port',
  'x-forwarded-server',
  'x-request-id',
  'cdn-loop',
]);

/**
 * Reads what arrived on a connection, if it is exactly one plain request. Null for everything else: parts of requests,
 * several at once, bodies, anything unusual. Node's own parser is the judge of that, so this one need never be right about
 * what it does not know.
 */
export function plainRequest(chunk: Buffer): PlainRequest | null {
  if (chunk.length > MOST_BYTES) return null;
  const lines = chunk.toString('latin1').split('\r\n');
  // The empty line that ends the head, and nothing behind it.
  if (lines.length < 4 || lines.at(-1) !== '' || lines.at(-2) !== '') return null;
  const [, method, pathname] = LINE.exec(lines[0] ?? '') ?? [];
  if (method === undefined || pathname === undefined) return null;
  let host: string | null = null;
  let acceptEncoding: string | null = null;
  let noneMatch: string | null = null;
  let modifiedSince: string | null = null;
  for (let at = 1; at < lines.length - 2; at++) {
    const line = lines[at]!;
    const colon = line.indexOf(':');
    if (colon < 1) return null;
    const name = line.slice(0, colon).toLowerCase();
    if (!VISIBLE.test(line)) return null;
    // A field that is there twice is not plain.
    if (name === 'host' && host === null) host = line.slice(colon + 1).trim();
    else if (name === 'accept-encoding' && acceptEncoding === null) acceptEncoding = line.slice(colon + 1).trim();
    else if (name === 'if-none-match' && noneMatch === null) noneMatch = line.slice(colon + 1).trim();
    else if (name === 'if-modified-since' && modifiedSince === null) modifiedSince = line.slice(colon + 1).trim();
    else if (name === 'sec-fetch-dest') {
      // A feed that a browser shows is called by another name: answer-head.ts.
      if (SHOWN.test(line) && pathname.startsWith('/feeds/')) return null;
    } else if (name === 'connection' ? !KEPT_OPEN.test(line) : !IDLE.has(name)) return null;
  }
  if (host === null || host === '') return null;
  return { method: method === 'HEAD' ? 'HEAD' : 'GET', pathname, acceptEncoding, noneMatch, modifiedSince };
}

const VISIBLE = /^[\t -~]*$/;
const SHOWN = /^[^:]+:[ \t]*document[ \t]*$/i;
const KEPT_OPEN = /^connection:[ \t]*keep-alive[ \t]*$/i;
