import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewsroomArticle, PublisherArticles } from './articles.ts';

/** What each publisher has written, by its id. Publishers without a file have nothing to say. */
export type Articles = ReadonlyMap<string, readonly NewsroomArticle[]>;

/** Reads `articles/*.json`. A file that is not what `articles.ts` describes is an error that names it. */
export function readArticles(directory = join(import.meta.dirname, 'articles')): Articles {
  const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
  return new Map(files.sort().map((name) => readPublisher(join(directory, name))));
}

function readPublisher(path: string): [string, readonly NewsroomArticle[]] {
  let file: PublisherArticles;
  try {
    file = JSON.parse(readFileSync(path, 'utf8')) as PublisherArticles;
  } catch (cause) {
    throw new Error(`${path} is not JSON`, { cause });
  }
  if (typeof file.publisher !== 'string' || !Array.isArray(file.articles)) {
    throw new Error(`${path} holds no publisher and articles: see articles.ts`);
  }
  return [file.publisher, file.articles];
}
