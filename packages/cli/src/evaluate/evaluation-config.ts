import type { EvaluationConfig } from '@sparring/runtime';
import type { EvaluateOptions } from './evaluate-options.js';

/** The evaluation of a run's configuration with what the command line changes. PGD's step keeps its proportion to ε / iterations. */
export function evaluationConfig(
  configured: EvaluationConfig,
  { epsilon, clip, iterations }: Pick<EvaluateOptions, 'epsilon' | 'clip' | 'iterations'>,
): EvaluationConfig {
  const asked = {
    ...configured,
    epsilon: epsilon ?? configured.epsilon,
    clip: clip ?? configured.clip,
    pgdIterations: iterations ?? configured.pgdIterations,
  };
  if (asked.epsilon === configured.epsilon && asked.pgdIterations === configured.pgdIterations) return asked;
  const reach = configured.epsilon > 0 ? (configured.pgdStepSize * configured.pgdIterations) / configured.epsilon : 2.5;
  return { ...asked, pgdStepSize: (reach * asked.epsilon) / asked.pgdIterations };
}
