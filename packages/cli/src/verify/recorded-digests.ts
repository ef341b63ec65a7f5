import type { Checkpoint, RunFolder } from '@sparring/runtime';

/** Digests that a run has written down after a step. */
export interface RecordedDigests {
  readonly step: number;
  /** null where no epoch ended at this step. */
  readonly epoch: number | null;
  readonly parameters: string;
  readonly optimizer: string;
}

/** Everything to compare a run with, by step: the end of each epoch, and its checkpoints. */
export async function recordedDigests(
  folder: RunFolder,
  checkpoints: readonly Checkpoint[],
): Promise<Map<number, RecordedDigests>> {
  const recorded = new Map<number, RecordedDigests>();
  for (const { step, digests } of checkpoints) recorded.set(step, { step, epoch: null, ...digests });
  for (const { kind, step, epoch, parametersDigest, optimizerDigest } of await folder.readMetrics()) {
    if (kind !== undefined) continue;
    recorded.set(step, {
      step,
      epoch: Number(epoch),
      parameters: String(parametersDigest),
      optimizer: String(optimizerDigest),
    });
  }
  return recorded;
}

/** The checkpoints that a run has. */
export function storedCheckpoints(folder: RunFolder): Promise<Checkpoint[]> {
  const kinds = (['best', 'last'] as const).filter((kind) => folder.hasCheckpoint(kind));
  return Promise.all(kinds.map((kind) => folder.loadCheckpoint(kind)));
}
