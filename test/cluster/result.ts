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
  /** Each line of metrics.jsonl, in the order of steps: when the result of a probe is known depends on who measured it. */
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
  epochs.sort((a, b) => a.step - b.step || Number(a.kind === undefined) - Number(b.kind === undefined));
  return { steps, parametersDigest, optimizerDigest, twinDigest: twin?.parametersDigest ?? null, test, epochs };
}
