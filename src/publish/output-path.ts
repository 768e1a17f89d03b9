const SEGMENT = /^[a-z0-9_](?:[a-z0-9._-]{0,198}[a-z0-9_-])?$/;
const LONGEST = 1000;

/**
 * The segments of a path under output/: `articles/2026/11/slug.html`. Lower-case letters a to z, digits, `.`, `_`, `-`;
 * no segment begins or ends with a dot, so none leads elsewhere, is hidden, or means another file on another system.
 * Throws RangeError for every other path: paths are minted by us.
 */
export function segmentsOf(path: string): readonly string[] {
  if (!isOutputPath(path)) throw new RangeError(`no path for a published file: ${JSON.stringify(path.slice(0, 200))}`);
  return path.split('/');
}

/** Whether a path may be that of a published file. */
export function isOutputPath(path: string): boolean {
  return path.length <= LONGEST && path.split('/').every((segment) => SEGMENT.test(segment));
}
