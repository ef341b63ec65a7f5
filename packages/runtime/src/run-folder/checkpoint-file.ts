import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeAtomically } from './atomic-write.js';
import { type Checkpoint, fromSafetensors, toSafetensors } from './checkpoint.js';
import { CheckpointError } from './checkpoint-error.js';
import { makeFolder } from './make-folder.js';
import { asRunFolderError } from './run-folder-error.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

/** Which checkpoint: the newest, or the one with the best validation error. No others are kept. */
export type CheckpointKind = 'last' | 'best';

export function checkpointFile(folder: string, kind: CheckpointKind): string {
  return join(folder, 'checkpoints', `${kind}.safetensors`);
}

/**
 * Writes a checkpoint in place of the one before. The steps it holds are committed when the promise resolves, and only then. The tensors
 * are copied before the first `await`, so that the caller may go on changing them.
 */
export async function saveCheckpoint(folder: string, kind: CheckpointKind, checkpoint: Checkpoint): Promise<void> {
  const file = checkpointFile(folder, kind);
  const bytes = encodeCheckpoint(checkpoint);
  await makeFolder(dirname(file)).catch((error) => {
    throw asRunFolderError(error, `create ${dirname(file)}`);
  });
  await writeAtomically(file, bytes);
}

export function hasCheckpoint(folder: string, kind: CheckpointKind): boolean {
  return existsSync(checkpointFile(folder, kind));
}

/** Reads a checkpoint; throws CheckpointError where there is none or it is damaged. */
export async function loadCheckpoint(folder: string, kind: CheckpointKind): Promise<Checkpoint> {
  const file = checkpointFile(folder, kind);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT'
      ? new CheckpointError(file, 'no such checkpoint')
      : asRunFolderError(error, `read ${file}`);
  });
  return decodeCheckpoint(bytes, file);
}

/** The step of a checkpoint, read from the file's header alone; 0 where there is none, or none that can be read. */
export async function checkpointStep(folder: string, kind: CheckpointKind): Promise<number> {
  const handle = await open(checkpointFile(folder, kind), 'r').catch(() => null);
  if (!handle) return 0;
  try {
    const length = Buffer.alloc(8);
    await handle.read(length, 0, 8, 0);
    const header = Buffer.alloc(Math.min(Number(length.readBigUInt64LE()), longestHeader));
    await handle.read(header, 0, header.length, 8);
    const { __metadata__: metadata } = JSON.parse(header.toString()) as { __metadata__: { checkpoint: string } };
    const { step } = JSON.parse(metadata.checkpoint) as { step: unknown };
    return Number.isInteger(step) ? (step as number) : 0;
  } catch {
    return 0;
  } finally {
    await handle.close();
  }
}

/** Of a file that is not damaged: some hundred bytes a tensor. */
const longestHeader = 10_000_000;

/** The bytes of a checkpoint's file. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { tensors, metadata } = toSafetensors(checkpoint);
  return encodeSafetensors(tensors, metadata);
}

/** The inverse of `encodeCheckpoint`; throws CheckpointError, naming `file`, where the bytes are damaged. */
export function decodeCheckpoint(bytes: Uint8Array, file: string): Checkpoint {
  return fromSafetensors(decodeSafetensors(bytes, file), file);
}
