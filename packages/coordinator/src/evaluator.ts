import type { RunConfig } from '@sparring/runtime';
import {
  concludeEvaluation,
  type Evaluation,
  type EvaluationAttack,
  type Parameters,
  probeRanges,
} from '@sparring/training';
import type { WorkDesk } from './work-desk.js';

export type AttackName = 'clean' | 'fgsm' | 'pgd';

/** The attacks that a run is measured under, as its configuration states them. */
export function evaluationAttacks({ evaluation, attack }: RunConfig): Record<AttackName, EvaluationAttack> {
  const common = { norm: 'linf', epsilon: evaluation.epsilon, clip: evaluation.clip, label: 'true' } as const;
  const { bounds } = attack;
  return {
    clean: 'clean',
    fgsm: { ...common, bounds, kind: 'fgsm', stepSize: evaluation.epsilon, iterations: 1, randomStart: false },
    pgd: {
      ...common,
      bounds,
      kind: 'pgd',
      stepSize: evaluation.pgdStepSize,
      iterations: evaluation.pgdIterations,
      randomStart: evaluation.pgdRandomStart,
    },
  };
}

/** Measures parameters on the first `size` examples of a split, all workers taking part. */
export async function evaluateSplit(
  desk: WorkDesk,
  parametersStep: number,
  parameters: Parameters,
  split: 'validation' | 'test',
  size: number,
  attack: EvaluationAttack,
): Promise<Evaluation> {
  const name = attack === 'clean' ? 'clean' : JSON.stringify(attack);
  const parts = await Promise.all(
    probeRanges(size).map((range) =>
      desk.perform({ kind: 'probe', split, attack: name, ...range, parametersStep }, { parameters }),
    ),
  );
  return concludeEvaluation(parts);
}
