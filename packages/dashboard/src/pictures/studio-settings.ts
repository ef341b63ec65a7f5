import { definitionOf, evaluationAttacks } from '@sparring/coordinator';
import type { AttackSpec } from '@sparring/core';
import type { RunConfig } from '@sparring/runtime';
import type { StudioSettings } from './studio.js';

/** How the pictures of a run's nets are made, whatever data there are. */
export function studioSettings(config: RunConfig): StudioSettings {
  const { data, seed } = config;
  return {
    // A GPU is busy, and the native TensorFlow binding can be loaded in one thread only.
    engine: config.engine.startsWith('tfjs') ? 'tfjs:cpu' : 'onnx:cpu',
    model: definitionOf(config).model,
    seed,
    attacks: shownAttacks(config),
    classNames: (data.classes ?? []).map(String),
  };
}

/** The attack that the run trains against, and PGD as it is evaluated. */
function shownAttacks(config: RunConfig): Record<string, AttackSpec> {
  const { attack, alpha } = config;
  const { placement: _, sameMasks: __, ...own } = attack;
  const { fgsm, pgd } = evaluationAttacks(config);
  const trained = alpha === 1 ? fgsm : own;
  return { [titleOf(trained)]: trained, [titleOf(pgd)]: pgd };
}

function titleOf({ kind, iterations, epsilon, norm }: AttackSpec): string {
  const name = kind === 'fgsm' ? 'FGSM' : `PGD-${iterations}`;
  return `${name}, ${norm === 'l2' ? '‖η‖₂ ≤' : 'ε ='} ${epsilon}`;
}
