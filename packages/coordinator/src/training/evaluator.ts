import type { DataSet } from '@sparring/data';
import type { RunConfig } from '@sparring/runtime';
import {
  concludeEvaluation,
  type Evaluation,
  type EvaluationAttack,
  type Parameters,
  probeRanges,
} from '@sparring/training';
import type { WorkDesk } from '../work/work-desk.js';
import type { StateKeeper } from './state-keeper.js';

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

/** Measures parameters under attacks, all workers taking part; the result does not depend on who did. */
export class Evaluator {
  readonly #desk: WorkDesk;
  readonly #keeper: StateKeeper;
  readonly #dataSet: DataSet;
  readonly #config: RunConfig;

  constructor(desk: WorkDesk, keeper: StateKeeper, dataSet: DataSet, config: RunConfig) {
    this.#desk = desk;
    this.#keeper = keeper;
    this.#dataSet = dataSet;
    this.#config = config;
  }

  /** On the validation examples that the configuration says; null when there are none. */
  async validate(step: number, parameters: Parameters, attacks: readonly AttackName[]) {
    const { validationExamples } = this.#config.evaluation;
    const size = Math.min(this.#dataSet.validation.size, validationExamples ?? Number.POSITIVE_INFINITY);
    return size === 0 ? null : this.#measure('validation', size, step, parameters, attacks);
  }

  /** On the whole test split. */
  test(step: number, parameters: Parameters, attacks: readonly AttackName[]) {
    return this.#measure('test', this.#dataSet.test.size, step, parameters, attacks);
  }

  async #measure(
    split: 'validation' | 'test',
    size: number,
    parametersStep: number,
    parameters: Parameters,
    names: readonly AttackName[],
  ): Promise<Record<AttackName, Evaluation>> {
    const attacks = evaluationAttacks(this.#config);
    this.#keeper.lend(parametersStep, parameters);
    const measured = names.map(async (name) => {
      const attack = attacks[name] === 'clean' ? 'clean' : JSON.stringify(attacks[name]);
      const parts = probeRanges(size).map((range) =>
        this.#desk.perform({ kind: 'probe', split, attack, ...range, parametersStep }),
      );
      return [name, concludeEvaluation(await Promise.all(parts))] as const;
    });
    return Object.fromEntries(await Promise.all(measured)) as Record<AttackName, Evaluation>;
  }
}
