import { StageError } from '../model/errors.ts';
import type { Redirect } from '../model/outbound.ts';
import type { Answer, Headers } from './fetch-bytes.ts';
import { readAddress } from './read-address.ts';

/** What is asked for, step by step; `ask` is one step: it judges the address, waits, and asks. */
export type Journey = {
  readonly url: URL;
  readonly headers: Headers;
  readonly maxRedirects: number;
  /** Redirect statuses that the caller takes for answers. */
  readonly acceptStatuses: readonly number[];
};

export type Arrival = { readonly url: string; readonly answer: Answer; readonly redirects: readonly Redirect[] };

/** Statuses that lead elsewhere (RFC 9110 §15.4). */
export const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** What may be said to any host: nothing in it is the operator's secret. Validators stay, the feed lives there. */
const PUBLIC_HEADERS = new Set(['accept', 'accept-language', 'if-none-match', 'if-modified-since']);

/**
 * Follows redirects (RFC 9110 §15.4) to an answer. Each address is read and judged as if it were the first; what an
 * operator sends to one host goes to no other, nor from https to http. An address that comes back ends the journey.
 */
export async function followRedirects(
  ask: (url: URL, headers: Headers) => Promise<Answer>,
  journey: Journey,
): Promise<Arrival> {
  const redirects: Redirect[] = [];
  let { url, headers } = journey;
  for (;;) {
    const answer = await ask(url, headers);
    const { status } = answer;
    if (!REDIRECTS.includes(status) || journey.acceptStatuses.includes(status))
      return { url: url.href, answer, redirects };
    const next = destination(url, answer.headers['location']);
    const seen = next.href === journey.url.href || redirects.some((redirect) => redirect.url === next.href);
    if (seen || redirects.length === journey.maxRedirects) {
      const detail = seen ? `${next.href} comes back` : `more than ${journey.maxRedirects}`;
      throw new StageError('fetch-redirect-loop', { url: journey.url.href, detail });
    }
    redirects.push({ status, url: next.href });
    if (next.host !== url.host || (url.protocol === 'https:' && next.protocol !== 'https:'))
      headers = publicOnes(headers);
    url = next;
  }
}

function destination(from: URL, location: string | undefined): URL {
  if (location === undefined || location === '') {
    throw new StageError('fetch-bad-answer', { url: from.href, detail: 'a redirect to nowhere' });
  }
  return readAddress(asUtf8(location), from);
}

/** Header values come as Latin-1; an address with other letters in it was meant as UTF-8. */
function asUtf8(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value;
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? value : text;
}

function publicOnes(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => PUBLIC_HEADERS.has(name)));
}
