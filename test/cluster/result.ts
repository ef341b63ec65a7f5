import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finished } from './sparring.ts';

/** What a run came to: all that must not depend on who computed it, and on what happened meanwhile. */
export interface Result {
  readonly steps: number;
  readonly parametersDigest: string;
  readonly optimizerDigest: string;
  /** Of the parameters of a net that was trained without an adversary, for comparison. */
  readonly twinDigest: string | null;
  /** Errors on the test split. */
  readonly test: object;
  /** Each epoch's line of metrics.jsonl. */
  readonly epochs: readonly object[];
}

/** Of a command that trained with --json. @throws what it said, where it failed */
export function resultOf({ code, stdout, stderr }: Finished, runs: string): Result {
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  const summary = JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
  const { runId, steps, parametersDigest, optimizerDigest, twin, test } = summary;
  const lines = readFileSync(join(runs, runId, 'metrics.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  const epochs = lines.map((line) => {
    const { trainingSeconds: _, examplesPerSecond: __, ...epoch } = JSON.parse(line);
    return epoch;
  });
  return { steps, parametersDigest, optimizerDigest, twinDigest: twin?.parametersDigest ?? null, test, epochs };
}
