import type { PublishedArticle } from './issue.ts';
import { silentMp3 } from './silent-mp3.ts';

/** The article of each publisher that has a sound: the first in its file. Only The Sporting Post tells of it. */
const PLACE_WITH_SOUND = 0;

export function soundPath({ article }: PublishedArticle): string {
  return `/audio/${article.slug}.mp3`;
}

/** The sound that goes with the article; null when it has none. */
export function soundOf({ article, place }: PublishedArticle): Buffer | null {
  return place === PLACE_WITH_SOUND ? silentMp3(article.title, 2) : null;
}
