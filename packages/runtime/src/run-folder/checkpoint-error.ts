import { RunFolderError } from './run-folder-error.js';

/** A checkpoint that is missing, truncated, corrupt or not what it should be; the message names the file and the fault. */
export class CheckpointError extends RunFolderError {
  override readonly name = 'CheckpointError';

  constructor(file: string, fault: string) {
    super(`${file}: ${fault}`);
  }
}
