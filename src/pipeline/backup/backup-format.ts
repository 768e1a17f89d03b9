import { isOutputPath } from '../../publish/output-path.ts';
import type { Numbering } from '../../store/backup/numbering.ts';
import type { Instant } from '../../support/instant.ts';

// A backup is a tar archive, packed by gzip. In it: `sources.json`; `tables/<table>/<n>.jsonl`, a row a line, in an order in
// which they can be put in; `files/…`, published files that nothing could make again; `manifest.json`, the last.

export const FORMAT = 'tributary-backup';
export const FORMAT_VERSION = 1;
export const MANIFEST = 'manifest.json';
export const LIST = 'sources.json';
/** No file in a backup is larger. */
export const MOST_BYTES = 512 * 1024 * 1024;

/** What a backup tells of itself. */
export type Manifest = {
  readonly format: typeof FORMAT;
  readonly formatVersion: number;
  /** The version of the program that made it. */
  readonly program: string;
  readonly madeAt: Instant;
  readonly database: 'sqlite' | 'postgres';
  /** The steps of the schema that the database had, in order. */
  readonly schema: readonly string[];
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly numbering: Numbering;
  /** Tables whose rows were left out. */
  readonly leftOut: readonly string[];
  /** All other files in it. */
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
};

/** The table that a file in a backup has rows of; null: it is none of rows. */
export function tableOf(name: string): string | null {
  return /^tables\/([a-z_]+)\/\d+\.jsonl$/.exec(name)?.[1] ?? null;
}

/** The record's path of a published file in a backup; null: it is none, or one that nothing is published at. */
export function publishedPathOf(name: string): string | null {
  const [, room, path] = /^files\/(output|private\/[a-z0-9-]+)\/(.+)$/.exec(name) ?? [];
  if (room === undefined || path === undefined || !isOutputPath(path)) return null;
  return room === 'output' ? path : `private:${room.slice('private/'.length)}/${path}`;
}

/** The other way round. */
export function nameOfPublished(path: string): string {
  const [, topicId, rest] = /^private:([^/]+)\/(.+)$/.exec(path) ?? [];
  return topicId === undefined ? `files/output/${path}` : `files/private/${topicId}/${rest}`;
}
