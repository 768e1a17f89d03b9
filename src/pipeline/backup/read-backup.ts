import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream';
import { StageError } from '../../model/errors.ts';
import { sha256 } from '../../support/hash.ts';
import { readTar, TarFault, type TarFile } from '../../support/tar.ts';
import {
  FORMAT,
  FORMAT_VERSION,
  MANIFEST,
  MOST_BYTES,
  publishedPathOf,
  tableOf,
  LIST,
  type Manifest,
} from './backup-format.ts';

/**
 * Reads a backup through and makes sure that it is whole: every file in it is as its manifest says, and none is missing.
 * Throws StageError `backup-unusable`.
 */
export async function checkBackup(
  file: string,
  onProgress: (files: number) => void,
  signal: AbortSignal,
): Promise<Manifest> {
  const found = new Map<string, { readonly bytes: number; readonly sha256: string }>();
  let manifest: Manifest | null = null;
  for await (const { name, content } of filesOf(file)) {
    signal.throwIfAborted();
    if (manifest !== null) throw unusable(file, `"${name}" comes behind the manifest`);
    if (found.has(name)) throw unusable(file, `"${name}" is in it twice`);
    if (name === MANIFEST) manifest = manifestOf(file, content);
    else {
      if (name !== LIST && tableOf(name) === null && publishedPathOf(name) === null)
        throw unusable(file, `"${name}" is nothing that a backup has`);
      found.set(name, { bytes: content.length, sha256: sha256(content) });
    }
    onProgress(found.size);
  }
  if (manifest === null)
    throw unusable(file, 'its manifest is missing; it is no backup of Tributary, or a part of one');
  for (const { name, bytes, sha256: digest } of manifest.files) {
    const there = found.get(name);
    if (there === undefined) throw unusable(file, `"${name}" is missing`);
    if (there.bytes !== bytes || there.sha256 !== digest) throw unusable(file, `"${name}" is not as it was written`);
    found.delete(name);
  }
  const [foreign] = found.keys();
  if (foreign !== undefined) throw unusable(file, `its manifest does not name "${foreign}"`);
  return manifest;
}

/** The files in a backup, one after the other. Throws StageError `backup-unusable`. */
export async function* filesOf(file: string): AsyncGenerator<TarFile> {
  const unpacked = createGunzip();
  try {
    // A file that cannot be opened is told before anything is unpacked.
    await (await open(file, 'r')).close();
    pipeline(createReadStream(file), unpacked, () => undefined);
    yield* readTar(unpacked, MOST_BYTES);
  } catch (error) {
    const reason = faultOf(error);
    if (reason === null) throw error;
    throw unusable(file, reason, error);
  } finally {
    unpacked.destroy();
  }
}

function faultOf(error: unknown): string | null {
  if (error instanceof TarFault) return error.message;
  const code = Error.isError(error) && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'Z_BUF_ERROR') return 'it ends in the middle';
  if (code.startsWith('Z_')) return 'it is no backup, or a damaged one';
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read';
  return code === 'EIO' ? 'the disk reports an error' : null;
}

function manifestOf(file: string, content: Uint8Array): Manifest {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(content).toString('utf8'));
  } catch (cause) {
    throw unusable(file, 'its manifest is no JSON', cause);
  }
  const manifest = read as Manifest;
  if (manifest?.format !== FORMAT) throw unusable(file, 'it is no backup of Tributary');
  if (manifest.formatVersion !== FORMAT_VERSION)
    throw unusable(file, `it was made by a newer version (${manifest.program}); update Tributary first`);
  const fault = faultIn(manifest);
  if (fault !== null)
    throw unusable(file, `its manifest does not say what is in it: "${fault}" is missing, or is something else`);
  return manifest;
}

/** The first part of a manifest that is not what it has to be; null: all are. */
function faultIn(manifest: Readonly<Record<keyof Manifest, unknown>>): string | null {
  const parts: Readonly<Partial<Record<keyof Manifest, (value: unknown) => boolean>>> = {
    program: isText,
    madeAt: isText,
    database: isText,
    schema: (value) => Array.isArray(value) && value.every(isText),
    rows: isCounts,
    numbering: isCounts,
    files: (value) => Array.isArray(value) && value.every(isFile),
  };
  return Object.entries(parts).find(([name, isRight]) => !isRight(manifest[name as keyof Manifest]))?.[0] ?? null;
}

const isText = (value: unknown): boolean => typeof value === 'string';

function isCounts(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every(Number.isSafeInteger);
}

function isFile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name, bytes, sha256: digest } = value as Readonly<Record<string, unknown>>;
  return isText(name) && Number.isSafeInteger(bytes) && isText(digest);
}

export function unusable(file: string, reason: string, cause?: unknown): StageError {
  const detail = `${file}: ${reason}`;
  return new StageError('backup-unusable', { url: file, detail, ...(cause === undefined ? {} : { cause }) });
}
