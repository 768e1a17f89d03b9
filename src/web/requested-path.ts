import { segmentsOf } from '../publish/output-path.ts';

/**
 * The path under output/ that an address asks for: one spelling for each file, and nothing that publishing could not have
 * made. `/topics/world/` is its index.html. Null for everything else.
 * @param pathname as it was sent, percent-escapes and all
 */
export function requestedPath(pathname: string): string | null {
  if (!/^\/[a-z0-9_./-]*$/.test(pathname)) return null;
  const path = pathname.endsWith('/') ? `${pathname.slice(1)}index.html` : pathname.slice(1);
  try {
    return segmentsOf(path).join('/');
  } catch {
    return null;
  }
}

/** The same the other way: the address, from the site's beginning, at which people know a file. */
export function addressOfPath(path: string): string {
  return path.replace(/(^|\/)index\.html$/, '$1');
}
