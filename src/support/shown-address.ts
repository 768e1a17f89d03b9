import { sha256 } from './hash.ts';

const MARK_LETTERS = 8;

/**
 * How an address is shown that lets whoever knows it do something (a callback, a webhook): its host, and a short mark that
 * tells it from others of that host.
 */
export function shownAddress(url: string): string {
  return `${URL.parse(url)?.host ?? 'no address'} (${sha256(url).slice(0, MARK_LETTERS)})`;
}
