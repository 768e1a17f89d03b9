import { SITE } from './read-topics.ts';

/** Keys of the corpus that the product calls otherwise. */
const RENAMED: Readonly<Record<string, string>> = {
  selector: 'select',
  interval: 'schedule',
  intervalMs: 'schedule',
};
/** Second names of a key that the case gives as well. */
const SECOND_NAMES = new Set(['name', 'pollIntervalMinutes']);

/**
 * A configuration of the corpus in the product's shape, mechanically: the publication added, each topic that a source
 * names declared, each source titled, keys renamed. What is not of the corpus's shape at all stays as it is.
 */
export function adaptSources(text: string): string {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  let document: unknown;
  try {
    document = JSON.parse(text.slice(mark.length));
  } catch {
    return text;
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return text;
  const { sources } = document as { sources?: unknown };
  const adapted = Array.isArray(sources) ? { sources: sources.map(sourceOf) } : {};
  return mark + JSON.stringify({ site: SITE, topics: topicsIn(sources), ...document, ...adapted });
}

function sourceOf(source: unknown): unknown {
  if (typeof source !== 'object' || source === null) return source;
  const entries = Object.entries(source)
    .filter(([key]) => !SECOND_NAMES.has(key))
    .map(([key, value]): [string, unknown] => [RENAMED[key] ?? key, value]);
  return { title: 'A source', ...Object.fromEntries(entries) };
}

function topicsIn(sources: unknown): readonly { readonly id: string; readonly title: string }[] {
  const named = (Array.isArray(sources) ? sources : []).flatMap((source: { topics?: unknown } | null) =>
    Array.isArray(source?.topics) ? source.topics : [],
  );
  const names = new Set(named.filter((name) => typeof name === 'string'));
  return [...names].map((id) => ({ id, title: 'A topic' }));
}
