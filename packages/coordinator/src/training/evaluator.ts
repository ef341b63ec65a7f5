import type { AttackSpec } from '@sparring/core';
import type { DataSet } from '@sparring/data';
import type { RunConfig } from '@sparring/runtime';
import {
  concludeEvaluation,
  type Evaluation,
  type EvaluationAttack,
  type EvaluationSums,
  type Parameters,
  probeRanges,
} from '@sparring/training';
import type { ProbeErrors } from '../probes/collapse.js';
import type { WorkDesk } from '../work/work-desk.js';
import type { StateKeeper } from './state-keeper.js';

export type AttackName = 'clean' | 'fgsm' | 'pgd';

/** The attacks that a run is measured under, as its configuration states them. */
export function evaluationAttacks({ evaluation, attack }: RunConfig): EvaluationAttacks {
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

export interface EvaluationAttacks extends Record<AttackName, EvaluationAttack> {
  readonly clean: 'clean';
  readonly fgsm: AttackSpec;
  readonly pgd: AttackSpec;
}

/** The random point at which a probe compares the input gradient with that at the example: of the ball of the attacks. */
function randomAttack({ evaluation, attack }: RunConfig): EvaluationAttack {
  const { epsilon, clip } = evaluation;
  return { kind: 'random', norm: 'linf', epsilon, clip, bounds: attack.bounds };
}

/** Parameters, and where in a run they are from. */
export interface MeasuredNet {
  readonly step: number;
  readonly rollbacks: number;
  readonly parameters: Parameters;
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
  async validate(net: MeasuredNet, attacks: readonly AttackName[]) {
    const { validationExamples } = this.#config.evaluation;
    const size = Math.min(this.#dataSet.validation.size, validationExamples ?? Number.POSITIVE_INFINITY);
    return size === 0 ? null : this.#measure('validation', size, net, attacks);
  }

  /** On the whole test split. */
  test(net: MeasuredNet, attacks: readonly AttackName[]) {
    return this.#measure('test', this.#dataSet.test.size, net, attacks);
  }

  /** Errors on the validation examples that probes measure, and the mean alignment of the input gradients there, from −1 to 1. */
  async probe(net: MeasuredNet): Promise<{ readonly errors: ProbeErrors; readonly gradientCosine: number }> {
    const size = Math.min(this.#dataSet.validation.size, this.#config.probe.examples);
    const { clean, fgsm, pgd } = evaluationAttacks(this.#config);
    const giveBack = this.#lend(net);
    try {
      const [onClean, onFgsm, onPgd, atRandom] = await Promise.all(
        [clean, fgsm, pgd, randomAttack(this.#config)].map((attack) => this.#sums('validation', size, net, attack)),
      );
      const error = (parts: readonly EvaluationSums[]) => concludeEvaluation(parts).error;
      const cosines = atRandom!.reduce((sum, { gradientCosine }) => sum + gradientCosine, 0);
      return {
        errors: { clean: error(onClean!), fgsm: error(onFgsm!), pgd: error(onPgd!) },
        gradientCosine: cosines / size,
      };
    } finally {
      giveBack();
    }
  }

  async #measure(split: 'validation' | 'test', size: number, net: MeasuredNet, names: readonly AttackName[]) {
    const attacks = evaluationAttacks(this.#config);
    const giveBack = this.#lend(net);
    try {
      const measured = names.map(
        async (name) => [name, concludeEvaluation(await this.#sums(split, size, net, attacks[name]))] as const,
      );
      return Object.fromEntries(await Promise.all(measured)) as Record<AttackName, Evaluation>;
    } finally {
      giveBack();
    }
  }

  #lend({ step, rollbacks, parameters }: MeasuredNet): () => void {
    return this.#keeper.lend(step, parameters, rollbacks);
  }

  #sums(
    split: 'validation' | 'test',
    size: number,
    { step: parametersStep, rollbacks }: MeasuredNet,
    against: EvaluationAttack,
  ): Promise<EvaluationSums[]> {
    const attack = against === 'clean' ? 'clean' : JSON.stringify(against);
    const lineage = rollbacks > 0 ? { rollbacks } : {};
    return Promise.all(
      probeRanges(size).map((range) =>
        this.#desk.perform({ kind: 'probe', split, attack, ...range, parametersStep, ...lineage }),
      ),
    );
  }
}
