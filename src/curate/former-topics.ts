import type { Fate } from '../model/published-entry.ts';
import type { FormerTopic } from '../model/topic.ts';

const FEED = /^(feeds)\/([a-z0-9-]+)((?:(?:\.excerpt)?|\/archive\/[1-9]\d*)\.(?:atom|rss|json))$/;
const PAGE = /^(topics)\/([a-z0-9-]+)(\/(?:index\.html)?)?$/;

/**
 * What became of an address of a topic that has another name by now, or is closed; null for every other path.
 * @param path relative to output/
 */
export function fateOfTopicPath(path: string, former: readonly FormerTopic[]): Fate | null {
  const [, folder, id, rest = ''] = FEED.exec(path) ?? PAGE.exec(path) ?? [];
  const known = id === undefined ? undefined : former.find((topic) => topic.id === id);
  if (known === undefined || known.private === true) return null;
  return known.movedTo === null ? { kind: 'gone' } : { kind: 'moved', to: `${folder}/${known.movedTo}${rest}` };
}
