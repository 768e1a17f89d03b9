import { StageError } from '../model/errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk reports an error',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'a file stands where a folder should be',
  EISDIR: 'a folder stands where the file should be',
  ENOTEMPTY: 'a folder stands where the file should be',
  ELOOP: 'a symbolic link stands there',
  EXDEV: 'the folder lies on another disk',
  ENAMETOOLONG: 'the name is too long for this disk',
};

/** Runs work on files; what the system refuses becomes StageError `output-unwritable` with the path and the reason. */
export async function orUnwritable<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    throw new StageError('output-unwritable', {
      url: path,
      detail: `${path}: ${REASONS[code] ?? code}`,
      cause: error,
    });
  }
}

/** The system's word for a failure (`ENOENT`); null if it is something else. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('syscall' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
