import type { RunFolder } from '@sparring/runtime';
import { invocation, shortPath } from './invocation.js';

/** What to say when a run is interrupted: where it stands and what to type to go on. */
export function resumeWords({ path }: Pick<RunFolder, 'path'>, net: string, step: number): string {
  return `Interrupted while training ${net}; step ${step} is saved. To go on:\n  ${invocation()} resume ${shortPath(path)}`;
}
