import { plainTitle } from '../../support/plain-title.ts';
import type { OpmlPath } from './opml-list.ts';

const MOST_PATHS = 50;
const DEEPEST = 16;

/**
 * The folders that an outline's `category` names: paths with slashes between the folders, or words, with commas between
 * (OPML 2.0, "Common attributes").
 */
export function categoryPaths(category: string): OpmlPath[] {
  return category
    .split(',', MOST_PATHS)
    .map((path) =>
      path
        .split('/')
        .map(plainTitle)
        .filter((title) => title !== '')
        .slice(0, DEEPEST)
        .map((title) => ({ title, id: null })),
    )
    .filter((path) => path.length > 0);
}
