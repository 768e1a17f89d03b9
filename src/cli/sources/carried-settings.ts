/**
 * Told otherwise; and what goes to a publisher in the operator's name, or by a way of the operator's: a list from elsewhere
 * could have what is in his environment sent to itself.
 */
const NOT_CARRIED = new Set(['id', 'title', 'url', 'topics', 'headers', 'auth', 'proxy']);

/** Of a source's settings those that an export carries, and that an import takes. */
export function carriedSettings(source: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(source).filter(([name]) => !NOT_CARRIED.has(name)));
}
