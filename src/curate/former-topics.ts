import type { Fate } from '../model/published-entry.ts';
import type { FormerTopic } from '../model/topic.ts';

const OF_TOPIC = /^(feeds|topics)\/([a-z0-9-]+)((?:\.excerpt)?\.(?:atom|rss|json)|\/.*)?$/;

/**
 * What became of an address of a topic that has another name by now, or is closed; null for every other path.
 * @param path relative to output/
 */
export function fateOfTopicPath(path: string, former: readonly FormerTopic[]): Fate | null {
  const [, folder, id, rest = ''] = OF_TOPIC.exec(path) ?? [];
  const known = id === undefined ? undefined : former.find((topic) => topic.id === id);
  if (known === undefined) return null;
  return known.movedTo === null ? { kind: 'gone' } : { kind: 'moved', to: `${folder}/${known.movedTo}${rest}` };
}
