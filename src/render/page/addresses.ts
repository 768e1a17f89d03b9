/**
 * The way from one of our pages to another, so that a copy of output/ works below any address and from a disk. Both are
 * absolute; a folder stands for its index.html. What does not lie below `base` (which ends in a slash) stays as it is.
 */
export function relativeAddress(from: string, to: string, base: string): string {
  if (!from.startsWith(base) || !to.startsWith(base)) return to;
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(to.slice(base.length)) ?? [];
  const target = (path === '' || path.endsWith('/') ? `${path}index.html` : path).split('/');
  const folders = from
    .slice(base.length)
    .replace(/[?#].*$/s, '')
    .split('/')
    .slice(0, -1);
  let shared = 0;
  while (shared < folders.length && shared < target.length - 1 && folders[shared] === target[shared]) shared++;
  const relative = '../'.repeat(folders.length - shared) + target.slice(shared).join('/');
  // A colon in the first segment would read as a scheme (RFC 3986 §4.2).
  return (/^[^/]*:/.test(relative) ? `./${relative}` : relative) + rest;
}

/** The host as people say it, without `www.`. The address is absolute. */
export function hostOf(address: string): string {
  return new URL(address).hostname.replace(/^www\./, '');
}
