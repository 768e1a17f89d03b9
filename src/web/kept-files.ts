import type { FileHandle } from 'node:fs/promises';
import type { Clock } from '../support/clock.ts';
import type { Coding } from './accept-encoding.ts';
import { pack, type Packing } from './pack.ts';
import { openVersion, readVersion, versionAt, type Bytes, type Version } from './file-versions.ts';

// Published files in memory, packed once for each version. Whether a file is still the one on the disk is looked at when
// it is asked for, and at most once a second.

/** One version of a file. */
export type PublishedFile = Version & {
  /** Under its folder, with `/`. */
  readonly path: string;
  /** Its packed bytes, as far as they are ready. */
  readonly packed: ReadonlyMap<Coding, Bytes>;
  /** Packs in the background, once, however many ask for it at the same time. Only where there are `bytes`. */
  pack(coding: Packing): Promise<Bytes>;
  /** The file on the disk; null when it is no longer this version. The caller closes it. */
  open(): Promise<FileHandle | null>;
};

export type KeptFiles = {
  /** A file that was looked at within the last second; null: ask `find`. */
  recent(root: string, path: string): PublishedFile | null;
  /** Null when there is no such file, or it lies behind a symbolic link. */
  find(root: string, path: string): Promise<PublishedFile | 'folder' | null>;
  /** Something was published: every file is looked at before it is served again. */
  lookAgain(): void;
};

/** An old document may be served for so long. */
const RECHECK_MS = 1000;
/** Files and their packed forms together; what was not asked for the longest time makes room. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_BYTES_EACH = 4 * 1024 * 1024;
/** Names, numbers and heads of a file, roundly. */
const OVERHEAD_BYTES = 2000;

type Kept = { readonly file: PublishedFile; checkedAtMs: number; bytes: number };

/** @param onNewVersion told of every version that is read, before anybody gets it */
export function openKeptFiles(
  clock: Pick<Clock, 'elapsedMs'>,
  { onNewVersion = () => undefined }: { readonly onNewVersion?: (file: PublishedFile) => void } = {},
): KeptFiles {
  // In the order in which they were last looked at.
  const kept = new Map<string, Kept>();
  const finding = new Map<string, Promise<PublishedFile | 'folder' | null>>();
  let bytesKept = 0;
  let publications = 0;

  const forget = (key: string): void => {
    bytesKept -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, one: Kept): void => {
    forget(key);
    kept.set(key, one);
    bytesKept += one.bytes;
    for (const oldest of kept.keys()) {
      if (bytesKept <= MOST_BYTES) return;
      forget(oldest);
    }
  };
  // What is read from the disk for each answer is looked at for each answer.
  const isRecent = ({ file, checkedAtMs }: Kept): boolean =>
    file.bytes !== null && clock.elapsedMs() - checkedAtMs < RECHECK_MS;

  const look = async (root: string, path: string, key: string): Promise<PublishedFile | 'folder' | null> => {
    // Taken before the look: what is written while it lasts is seen the next time.
    const beganAtMs = clock.elapsedMs();
    const publicationsBefore = publications;
    const checkedAtMs = (): number => (publications === publicationsBefore ? beganAtMs : -Infinity);
    const known = kept.get(key);
    if (known !== undefined && (await versionAt(root, path)) === known.file.version) {
      known.checkedAtMs = checkedAtMs();
      keep(key, known);
      return known.file;
    }
    forget(key);
    const version = await readVersion(root, path, { mostBytes: MOST_BYTES_EACH });
    if (version === null || version === 'folder') return version;
    const file = publishedFile(root, path, version, (byteLength) => {
      const one = kept.get(key);
      if (one?.file === file) keep(key, { ...one, bytes: one.bytes + byteLength });
    });
    onNewVersion(file);
    keep(key, { file, checkedAtMs: checkedAtMs(), bytes: OVERHEAD_BYTES + (version.bytes?.byteLength ?? 0) });
    return file;
  };

  return {
    recent(root, path) {
      const one = kept.get(keyOf(root, path));
      return one !== undefined && isRecent(one) ? one.file : null;
    },
    find(root, path) {
      const key = keyOf(root, path);
      const one = kept.get(key);
      if (one !== undefined && isRecent(one)) return Promise.resolve(one.file);
      const underWay = finding.get(key);
      if (underWay !== undefined) return underWay;
      const found = look(root, path, key).finally(() => finding.get(key) === found && finding.delete(key));
      finding.set(key, found);
      return found;
    },
    lookAgain() {
      publications++;
      // Who asks from now on does not wait for a look that began before.
      finding.clear();
      for (const one of kept.values()) one.checkedAtMs = -Infinity;
    },
  };
}

function publishedFile(
  root: string,
  path: string,
  version: Version,
  onPacked: (byteLength: number) => void,
): PublishedFile {
  const packed = new Map<Coding, Bytes>();
  const underWay = new Map<Coding, Promise<Bytes>>();
  const packOnce = async (coding: Packing): Promise<Bytes> => {
    try {
      const bytes = await pack(version.bytes!, coding);
      packed.set(coding, bytes);
      onPacked(bytes.byteLength);
      return bytes;
    } finally {
      underWay.delete(coding);
    }
  };
  return {
    ...version,
    path,
    packed,
    async pack(coding) {
      const ready = packed.get(coding) ?? underWay.get(coding);
      if (ready !== undefined) return ready;
      const packing = packOnce(coding);
      underWay.set(coding, packing);
      return packing;
    },
    open: () => openVersion(root, path, version.version),
  };
}

function keyOf(root: string, path: string): string {
  return `${root}/${path}`;
}
