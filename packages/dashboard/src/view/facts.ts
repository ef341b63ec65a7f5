import type { RunConfig } from '@sparring/runtime';
import type { EvaluationView, NetKey, ResultRow } from './run-view.js';

/** 'maxout 240 × 5 – 240 × 5 · FGSM, ε = 0.25 · MNIST' */
export function subjectOf(config: RunConfig): string {
  const { alpha, attack } = config;
  const adversary =
    alpha === 1 ? 'without an adversary' : `against ${attack.kind.toUpperCase()}, ε = ${attack.epsilon}`;
  return [modelOf(config), adversary, dataOf(config), `batch ${config.batch}`].join(' · ');
}

export function evaluationOf({ evaluation, attack }: RunConfig, examples = 0): EvaluationView {
  const { epsilon, clip, pgdIterations } = evaluation;
  return { epsilon, clip, bounds: attack.bounds, pgdIterations, examples };
}

/** The nets that a run trains, in that order. */
export function netsOf({ twin, retrain }: Pick<RunConfig, 'twin' | 'retrain'>): NetKey[] {
  return [...(twin ? ['twin' as const] : []), ...(retrain ? ['selection' as const] : []), 'net'];
}

export function titleOf(key: NetKey): string {
  switch (key) {
    case 'net':
      return 'the net';
    case 'twin':
      return 'its twin';
    case 'selection':
      return 'the training that finds the number of epochs';
  }
}

/** The lines of the closing table. */
export function resultRows(
  { alpha }: Pick<RunConfig, 'alpha'>,
  { test, twin }: { readonly test: ResultRow['test']; readonly twin: { readonly test: ResultRow['test'] } | null },
): ResultRow[] {
  const name = alpha === 1 ? 'the net, trained without an adversary' : 'the adversarially trained net';
  return [{ name, test }, ...(twin ? [{ name: 'its twin, trained without', test: twin.test }] : [])];
}

function modelOf({ model }: RunConfig): string {
  switch (model.kind) {
    case 'softmax':
      return 'softmax regression';
    case 'logistic':
      return 'logistic regression';
    case 'mlp':
      return `${model.activation} net of ${model.layers.map(({ units }) => units).join(' – ')} units`;
    case 'maxout':
      return `maxout net of ${model.layers.map(({ units, pieces }) => `${units} × ${pieces}`).join(' – ')}`;
    case 'file':
      return model.path.split(/[\\/]/).at(-1)!;
  }
}

function dataOf({ data }: RunConfig): string {
  const name = data.set === 'mnist' ? 'MNIST' : data.set === 'folder' ? (data.folder ?? 'folder') : 'synthetic data';
  return data.classes ? `${name} [${data.classes.join(', ')}]` : name;
}
