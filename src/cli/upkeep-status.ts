import { VERSION } from '../app/version.ts';
import { lastPublication } from '../pipeline/last-publication.ts';
import type { ImageCounts } from '../store/image-store.ts';
import type { Store } from '../store/store.ts';
import type { DatabaseFacts } from '../store/upkeep-store.ts';
import type { Instant } from '../support/instant.ts';
import { pageReason } from './closing-table.ts';

/** What `status` tells of the program, its database and what it published last. */
export type UpkeepStatus = {
  readonly version: string;
  readonly database: DatabaseFacts;
  /** Copies of pictures, and those that wait or are not had. */
  readonly images: ImageCounts;
  /** Null: nothing was published yet. `at` null: by a version that did not note when. */
  readonly lastPublication: { readonly at: Instant | null; readonly files: number; readonly refused: number } | null;
};

export async function gatherUpkeepStatus(store: Store): Promise<UpkeepStatus> {
  const last = await lastPublication(store);
  return {
    version: VERSION,
    database: await store.upkeep.databaseFacts(),
    images: await store.images.counts(),
    lastPublication: last === null ? null : { at: last.at ?? null, files: last.files, refused: last.refusals.length },
  };
}

export function upkeepLines({ version, database, images, lastPublication: last }: UpkeepStatus): string[] {
  const { kind, bytes, oldestArticle, articles } = database;
  return [
    `version: ${version}, with ${kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'} of ${megabytes(bytes)} MB`,
    `published last: ${last === null ? 'never' : `${last.at ?? 'at a time that was not noted'}; ${last.files} files`}`,
    ...(oldestArticle === null ? [] : [`oldest of ${articles} articles kept: ${oldestArticle}`]),
    ...imageLines(images),
  ];
}

function imageLines({ copies, bytes, waiting, missed }: ImageCounts): string[] {
  if (copies + waiting + missed.length === 0) return [];
  const others = [
    ...(waiting === 0 ? [] : [`${waiting} to be asked for`]),
    ...missed.map(({ code, count }) => `${count} not had (${pageReason(code)})`),
  ];
  return [`copies of pictures: ${[`${copies}, ${megabytes(bytes)} MB`, ...others].join('; ')}`];
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
