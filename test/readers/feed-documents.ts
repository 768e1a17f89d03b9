import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { FeedDocument, Format } from './reading.ts';

/** All feeds below an output folder, archives and excerpts among them, in the order of their paths. */
export function feedDocuments(output: string): FeedDocument[] {
  const files = readdirSync(join(output, 'feeds'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:atom|rss|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  return files.map((file) => ({
    path: relative(output, file),
    format: file.slice(file.lastIndexOf('.') + 1) as Format,
    text: readFileSync(file, 'utf8'),
  }));
}
