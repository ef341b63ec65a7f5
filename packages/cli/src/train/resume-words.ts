import type { RunFolder } from '@sparring/runtime';
import { invocation, shortPath } from '../presentation/invocation.js';
import { hasBegun } from './has-begun.js';

/** What to say when a run is interrupted: where it stands and what to type to go on. */
export function resumeWords(folder: Pick<RunFolder, 'path'>, net: string, step: number): string {
  if (!hasBegun(folder)) return 'Interrupted before the first step: nothing is kept.';
  const reached = step === 0 ? 'before its first step' : `after step ${step}, which is saved`;
  return `Interrupted while training ${net}, ${reached}. To go on:\n  ${invocation()} resume ${shortPath(folder.path)}`;
}
