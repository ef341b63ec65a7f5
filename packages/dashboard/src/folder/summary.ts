import { plural } from '../view/figures.js';
import type { ResultRow, RunStatus } from '../view/run-view.js';

/** What is read of `summary.json`. */
export interface Summary {
  readonly status: RunStatus;
  readonly engine: string;
  readonly seconds: number;
  readonly testedStep: number;
  readonly trainers: number;
  readonly attackers: number;
  readonly test: ResultRow['test'];
  readonly examplesPerSecond: number;
  readonly parametersDigest: string;
  readonly optimizerDigest: string;
  readonly dataChecksum: string;
  readonly evaluation: { readonly examples: number };
  readonly machine: {
    readonly cpu: string;
    readonly platform: string;
    readonly node: string;
    readonly engineVersion: string;
  };
  readonly twin: { readonly test: ResultRow['test'] } | null;
}

/** What equal bits depend on besides the configuration, and what the run came to. */
export function factsOf(summary: Omit<Summary, 'status' | 'test' | 'twin' | 'evaluation'>): Record<string, string> {
  const { machine } = summary;
  return {
    'parameters digest': summary.parametersDigest,
    'optimizer digest': summary.optimizerDigest,
    'data checksum': summary.dataChecksum,
    'tested step': String(summary.testedStep),
    workers: `${plural(summary.trainers, 'trainer')}, ${plural(summary.attackers, 'attacker')}`,
    engine: `${summary.engine} ${machine.engineVersion}`,
    processor: machine.cpu,
    platform: `${machine.platform}, Node ${machine.node}`,
  };
}
