import { withoutForbiddenCharacters } from '../../support/html.ts';

const LONGEST = 4096;
/** No text may hold them; in an address whose page was encoded twice they are part of a file's name. */
const LATIN_CONTROLS = /[\u0080-\u009f]/g;

/**
 * An address that any parser writes as it stands: a host of letters and digits in small letters, no port, no dots that
 * lead upwards, no sign that is written otherwise. Most are, and to have each parsed takes ten times as long.
 */
const PLAIN = /^https?:\/\/(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}\/[\w~!$()*,;:@=&%?#+./-]*$/;
const NOT_SO_PLAIN = /\/\.|%2e|[/.]xn--/i;

/** An absolute http or https address without credentials, or null. For images, sounds and films. */
export function safeMediaAddress(address: string | undefined, baseUrl: string): string | null {
  if (address !== undefined && isPlain(address)) return address;
  const url = parsed(address, baseUrl);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  return written(url);
}

/** As safeMediaAddress, and mailto too. For links and citations. */
export function safeLinkAddress(address: string | undefined, baseUrl: string): string | null {
  if (address !== undefined && isPlain(address)) return address;
  const url = parsed(address, baseUrl);
  if (url === null || !/^(?:https?|mailto):$/.test(url.protocol)) return null;
  return written(url);
}

function isPlain(address: string): boolean {
  return address.length <= LONGEST && PLAIN.test(address) && !NOT_SO_PLAIN.test(address);
}

function parsed(address: string | undefined, baseUrl: string): URL | null {
  if (address === undefined || address.length > LONGEST) return null;
  const plain = withoutForbiddenCharacters(address.replace(LATIN_CONTROLS, encodeURIComponent)).trim();
  if (plain === '') return null;
  const url = URL.parse(plain, baseUrl);
  if (url === null || (url.protocol !== 'mailto:' && url.hostname === '')) return null;
  return url;
}

function written(url: URL): string {
  // To set either makes the address anew, and hardly any has one.
  if (url.protocol !== 'mailto:' && (url.username !== '' || url.password !== '')) {
    url.username = '';
    url.password = '';
  }
  return withoutForbiddenCharacters(url.href);
}
