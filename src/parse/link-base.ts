import * as markup from './markup.ts';

/** A base that is longer is none: every link would grow to its length. */
const LONGEST_BASE = 2000;

/** What relative addresses are resolved against, with the parts of it that plain ones need. */
export type LinkBase = {
  readonly href: string;
  /** Up to the path; null for a base that is no page of the web. */
  readonly origin: string | null;
  /** Up to the last slash of the path, up to its query, and up to its fragment. */
  readonly directory: string;
  readonly path: string;
  readonly page: string;
};

/** The base that an address is; null for one that is longer than any. */
export function linkBase(href: string): LinkBase | null {
  if (href.length > LONGEST_BASE) return null;
  const pathStart = /^https?:/.test(href) ? href.indexOf('/', 8) : -1;
  const fragment = href.indexOf('#');
  const page = fragment < 0 ? href : href.slice(0, fragment);
  const query = page.indexOf('?');
  const path = query < 0 ? page : page.slice(0, query);
  const directory = path.slice(0, path.lastIndexOf('/') + 1);
  return {
    href,
    origin: pathStart < 0 || path.length <= pathStart ? null : href.slice(0, pathStart),
    directory,
    path,
    page,
  };
}

/** A path, query or fragment of characters that need no care; a first segment with a colon would be a scheme. */
const SIMPLE = /^(?:\/(?!\/)|[\w~?#-])[\w.~!$&()*+,;=@/?#-]*$/;

/** RFC 3986 §5.2 for the plainest of addresses, without the URL parser, which is dear; null for all others. */
export function simplyAbsolute(address: string, base: LinkBase): string | null {
  if (base.origin === null || !SIMPLE.test(address) || address.includes('/.') || address.includes('..')) return null;
  switch (address.charCodeAt(0)) {
    case markup.SLASH:
      return base.origin + address;
    case markup.QUESTION:
      return base.path + address;
    case 35:
      return base.page + address;
    default:
      return base.directory + address;
  }
}
