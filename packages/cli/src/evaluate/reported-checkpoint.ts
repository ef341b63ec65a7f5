import type { Checkpoint, RunConfig, RunFolder } from '@sparring/runtime';

/** The checkpoint that a run reports on: the last one, or with early stopping the best. @throws CheckpointError where there is none */
export function reportedCheckpoint(folder: RunFolder, { earlyStop }: RunConfig): Promise<Checkpoint> {
  return folder.loadCheckpoint(earlyStop && folder.hasCheckpoint('best') ? 'best' : 'last');
}
