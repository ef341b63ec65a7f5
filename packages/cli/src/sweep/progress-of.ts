import { join } from 'node:path';
import { checkpointStep } from '@sparring/runtime';

/** How far a run has come, in steps: those that its checkpoints hold, its twin's and its first training's included. */
export async function progressOf(folder: string): Promise<number> {
  const parts = ['twin', 'selection', '.'].map((part) => checkpointStep(join(folder, part), 'last'));
  return (await Promise.all(parts)).reduce((sum, step) => sum + step, 0);
}
