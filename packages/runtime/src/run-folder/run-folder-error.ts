/** A run's folder that cannot be created, claimed, read or written. A failure, not a usage error: exit code 1. */
export class RunFolderError extends Error {
  override readonly name: string = 'RunFolderError';
}

/** A folder that a living process holds, or one of another host. */
export class RunInUse extends RunFolderError {
  override readonly name = 'RunInUse';
}

const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than allowed',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'there is something else in its place',
  EISDIR: 'it is a folder',
  EIO: 'the disk reports an error',
};

/** Says in one line what could not be done and why; errors that are not the file system's pass through. */
export function asRunFolderError(error: unknown, attempt: string): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined || error instanceof RunFolderError) return error as Error;
  return new RunFolderError(`cannot ${attempt}: ${reasons[code] ?? message} (${code})`, { cause: error });
}
