import type { AttackName } from '@sparring/coordinator';
import type { Evaluation } from '@sparring/training';
import type { Session } from './session.js';
import type { Machine } from './this-machine.js';
import type { PhaseResult } from './train-phase.js';

/** What a trained net came to. Errors are fractions. */
export interface NetSummary {
  readonly status: PhaseResult['status'];
  readonly steps: number;
  /** How often it went back to the parameters of an earlier probe, because the net had collapsed. */
  readonly rollbacks: number;
  /** The step whose parameters were tested: the last, or with early stopping the best. */
  readonly testedStep: number;
  readonly trainingSeconds: number;
  readonly examplesPerSecond: number;
  /** Of the tested step. */
  readonly parametersDigest: string;
  readonly optimizerDigest: string;
  readonly trainers: number;
  readonly attackers: number;
  readonly test: Record<AttackName, Evaluation>;
}

/** A run's `summary.json`. */
export interface RunSummary extends NetSummary {
  readonly runId: string;
  readonly name: string;
  readonly seed: number;
  readonly engine: string;
  readonly epochs: number;
  /** Wall-clock time of the process that finished the run. */
  readonly seconds: number;
  readonly evaluation: {
    readonly examples: number;
    readonly epsilon: number;
    readonly clip: boolean;
    readonly pgdIterations: number;
  };
  readonly dataChecksum: string;
  /** Whether the digests do not depend on who computed: not where `allowMixedHardware` is set. */
  readonly reproducible: boolean;
  /** Where the run was finished. */
  readonly machine: Machine;
  readonly twin: NetSummary | null;
  /** Of a run that trained twice: the net that stopped early, by which the epochs of this one were found. */
  readonly selection?: NetSummary;
  /** What sweeps know it by; absent where it was trained by a cluster. */
  readonly identity?: string;
}

export function summarizeNet({ status, step, net, test, plan, ...outcome }: PhaseResult): NetSummary {
  return {
    status,
    steps: step,
    rollbacks: outcome.rollbacks,
    testedStep: net.step,
    trainingSeconds: outcome.trainingSeconds,
    examplesPerSecond: outcome.examplesPerSecond,
    parametersDigest: net.digests.parameters,
    optimizerDigest: net.digests.optimizer,
    trainers: plan.trainers,
    attackers: plan.attackers,
    test,
  };
}

export function summarizeRun(
  session: Pick<Session, 'config' | 'engine' | 'dataSet' | 'startedAt'> & {
    readonly runId: string;
    readonly identity?: string;
  },
  { net, twin, selection }: { net: PhaseResult; twin: NetSummary | null; selection: NetSummary | null },
  machine: Machine,
): RunSummary {
  const { runId, identity, config, engine, dataSet, startedAt } = session;
  const { epsilon, clip, pgdIterations } = config.evaluation;
  return {
    runId,
    name: config.name,
    seed: config.seed,
    engine,
    epochs: config.epochs,
    seconds: (performance.now() - startedAt) / 1_000,
    ...summarizeNet(net),
    evaluation: { examples: dataSet.test.size, epsilon, clip, pgdIterations },
    dataChecksum: dataSet.checksum,
    reproducible: !config.allowMixedHardware,
    machine,
    twin,
    ...(selection ? { selection } : {}),
    ...(identity ? { identity } : {}),
  };
}
