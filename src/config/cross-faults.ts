import { pathText, shown, suggestion, type FoundFault } from './faults.ts';
import type { Path } from './json-places.ts';

/**
 * Faults between the parts: the same id twice, a topic or source that does not exist, the same address twice. Reads the raw
 * document, so that they are told beside the schema's.
 */
export function crossFaults(document: unknown): FoundFault[] {
  const topics = listIn(document, 'topics');
  const sources = listIn(document, 'sources');
  const topicIds = topics.map((topic) => textIn(topic, 'id'));
  const sourceIds = sources.map((source) => textIn(source, 'id'));
  const unknownTopics = openUnknown('topic', topicIds, renamedIn(topics));
  const unknownSources = openUnknown('source', sourceIds, new Map());
  return [
    ...repeated(topicIds, (at) => ['topics', at, 'id']),
    ...namedAgain(topics),
    ...repeated(sourceIds, (at) => ['sources', at, 'id']),
    ...repeated(
      sources.map((source) => comparable(textIn(source, 'url'))),
      (at) => ['sources', at, 'url'],
    ),
    ...sources.flatMap((source, at) =>
      repeated(
        listIn(source, 'topics').map((topic) => (typeof topic === 'string' ? topic : null)),
        (index) => ['sources', at, 'topics', index],
      ),
    ),
    ...sources.flatMap((source, at) => unknownTopics(listIn(source, 'topics'), ['sources', at, 'topics'])),
    ...topics.flatMap((topic, at) =>
      repeated(
        listIn(topic, 'webhooks').map((webhook) => comparable(textIn(webhook, 'url'))),
        (index) => ['topics', at, 'webhooks', index, 'url'],
      ),
    ),
    ...scheduledTwice(propertyOf(document, 'defaults'), ['defaults']),
    ...sources.flatMap((source, at) => scheduledTwice(source, ['sources', at])),
    ...unknownTopics(listIn(propertyOf(document, 'defaults'), 'topics'), ['defaults', 'topics']),
    ...topics.flatMap((topic, at) =>
      unknownSources(listIn(propertyOf(topic, 'match'), 'sources'), ['topics', at, 'match', 'sources']),
    ),
  ];
}

/** A source is asked by a schedule or by its rhythm. */
function scheduledTwice(source: unknown, path: Path): FoundFault[] {
  if (propertyOf(source, 'adaptive') === undefined || propertyOf(source, 'schedule') === undefined) return [];
  const message = 'stands in the place of "schedule", which is given as well; take one of the two out';
  return [{ path: [...path, 'adaptive'], part: 'name', message }];
}

/** What a former name of a topic is called now. A name that two topics claim is told elsewhere. */
function renamedIn(topics: readonly unknown[]): ReadonlyMap<unknown, string> {
  return new Map(
    topics.flatMap((topic) => {
      const id = textIn(topic, 'id');
      return id === null ? [] : listIn(topic, 'formerly').map((name): [unknown, string] => [name, id]);
    }),
  );
}

/** Tells of a list's names those that nothing has. */
function openUnknown(
  kind: 'topic' | 'source',
  ids: readonly (string | null)[],
  renamed: ReadonlyMap<unknown, string>,
): (names: readonly unknown[], path: Path) => FoundFault[] {
  const known = new Set(ids);
  const names = [...known].filter((id) => id !== null);
  const hint = (name: string): string => {
    const now = renamed.get(name);
    return now === undefined ? suggestion(name, names) : `; it is called ${shown(now)} now`;
  };
  return (list, path) =>
    list.flatMap((name, index): FoundFault[] => {
      if (typeof name !== 'string' || known.has(name)) return [];
      const message = `names ${shown(name)}, but there is no such ${kind}${hint(name)}`;
      return [{ path: [...path, index], part: 'value', message }];
    });
}

/** A former name may be no topic's name, and no other's former name: its old address can lead to one place only. */
function namedAgain(topics: readonly unknown[]): FoundFault[] {
  const taken = new Map<string | null, Path>(topics.map((topic, at) => [textIn(topic, 'id'), ['topics', at, 'id']]));
  return topics.flatMap((topic, at) =>
    listIn(topic, 'formerly').flatMap((name, index): FoundFault[] => {
      if (typeof name !== 'string') return [];
      const path = ['topics', at, 'formerly', index];
      const before = taken.get(name);
      if (before === undefined) {
        taken.set(name, path);
        return [];
      }
      const message = `is ${shown(name)}, as ${pathText(before)} is already; a former name is nobody's any more`;
      return [{ path, part: 'value', message }];
    }),
  );
}

/** @param path of the nth value */
function repeated(values: readonly (string | null)[], path: (at: number) => Path): FoundFault[] {
  const first = new Map<string, number>();
  return values.flatMap((value, at): FoundFault[] => {
    if (value === null) return [];
    const before = first.get(value);
    if (before === undefined) {
      first.set(value, at);
      return [];
    }
    const message = `is ${shown(value)}, as ${pathText(path(before))} is already; each must be different`;
    return [{ path: path(at), part: 'value', message }];
  });
}

/** An address as two spellings of it are compared. */
function comparable(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return url;
  const { href, hash } = new URL(url);
  return hash === '' ? href : href.slice(0, -hash.length);
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = propertyOf(value, key);
  return Array.isArray(list) ? list : [];
}

function textIn(value: unknown, key: string): string | null {
  const text = propertyOf(value, key);
  return typeof text === 'string' ? text : null;
}
