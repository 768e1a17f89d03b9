/** Told otherwise; and headers, which may hold what others should not see, and go to a publisher in the operator's name. */
const NOT_CARRIED = new Set(['id', 'title', 'url', 'topics', 'headers']);

/** Of a source's settings those that an export carries, and that an import takes. */
export function carriedSettings(source: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(source).filter(([name]) => !NOT_CARRIED.has(name)));
}
