/** What RFC 3986 lets stand in an address, or escapes; everything else has to be written as escapes. */
const NOT_IN_ADDRESSES = /[^!#$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z~]/;
const BARE_PERCENT = /%(?![0-9A-Fa-f]{2})/;
/** A host of plain labels, the last of which begins with a letter: no number, no punycode, nothing that parsing judges. */
const PLAIN_HOST = /^https?:\/\/(?:(?!xn--)[a-z0-9-]+\.)+(?!xn--)[a-z][a-z0-9-]*(?::\d{1,4})?(?:[/?#]|$)/i;

/**
 * An absolute http or https address as it may be given to anyone: ASCII alone (RFC 3986), no credentials in it. One that
 * is so already comes back as it stands, every other one as a browser would ask for it. Null for all other addresses.
 */
export function publicAddress(address: string | null): string | null {
  if (address === null) return null;
  // Most are fine, and to see that costs less than to parse them.
  if (PLAIN_HOST.test(address) && !NOT_IN_ADDRESSES.test(address) && !BARE_PERCENT.test(address)) return address;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.username = '';
  url.password = '';
  // WHATWG's parser leaves `|`, `^`, `{` and bare `%` where they are.
  return url.href
    .replace(new RegExp(BARE_PERCENT, 'g'), '%25')
    .replace(new RegExp(NOT_IN_ADDRESSES, 'g'), encodeURIComponent);
}
