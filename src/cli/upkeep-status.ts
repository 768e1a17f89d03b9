import { VERSION } from '../app.ts';
import { lastPublication } from '../pipeline/last-publication.ts';
import type { Store } from '../store/store.ts';
import type { DatabaseFacts } from '../store/upkeep-store.ts';
import type { Instant } from '../support/instant.ts';

/** What `status` tells of the program, its database and what it published last. */
export type UpkeepStatus = {
  readonly version: string;
  readonly database: DatabaseFacts;
  /** Null: nothing was published yet. `at` null: by a version that did not note when. */
  readonly lastPublication: { readonly at: Instant | null; readonly files: number; readonly refused: number } | null;
};

export async function gatherUpkeepStatus(store: Store): Promise<UpkeepStatus> {
  const last = await lastPublication(store);
  return {
    version: VERSION,
    database: await store.upkeep.databaseFacts(),
    lastPublication: last === null ? null : { at: last.at ?? null, files: last.files, refused: last.refusals.length },
  };
}

export function upkeepLines({ version, database, lastPublication: last }: UpkeepStatus): string[] {
  const { kind, bytes, oldestArticle, articles } = database;
  const megabytes = (bytes / 1024 / 1024).toFixed(1);
  return [
    `version: ${version}, with ${kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'} of ${megabytes} MB`,
    `published last: ${last === null ? 'never' : `${last.at ?? 'at a time that was not noted'}; ${last.files} files`}`,
    ...(oldestArticle === null ? [] : [`oldest of ${articles} articles kept: ${oldestArticle}`]),
  ];
}
