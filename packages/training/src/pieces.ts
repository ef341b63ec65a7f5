import { fgsm, inputGradient, type Model, passGradients, pgd, predictedLabels, update } from '@sparring/core';
import { piece } from '@sparring/engine/piece';
import { type Tensors, tf } from '@sparring/engine/tensorflow';
import { attackSharesCleanPass, type TrainingDefinition } from './definition.js';

/** One shard of a step as tensors. x: [shard size, inputs]; labels: int32 [shard size]; masks by layer: float32 [shard size, units]. */
export interface ShardTensors {
  readonly x: tf.Tensor2D;
  readonly labels: tf.Tensor1D;
  readonly cleanMasks: Tensors | undefined;
  readonly adversarialMasks: Tensors | undefined;
  /** Random numbers for the attack's random start, [shard size, inputs]. */
  readonly start: tf.Tensor2D | undefined;
}

export interface Pass {
  readonly loss: tf.Scalar;
  readonly gradients: Tensors;
  readonly inputGradient: tf.Tensor2D;
}

export type Pieces = ReturnType<typeof buildPieces>;

/**
 * The pieces that every step is composed of. Each is compiled alone, wherever it runs, so that a fused step, a split one
 * and a lone pass round alike.
 */
export function buildPieces(model: Model, definition: TrainingDefinition) {
  const { attack: spec, alpha, optimizer } = definition;
  // α lies in the losses, so that gradients just add: weighing them afterwards would cost two more passes over all parameters.
  const cleanScale = (alpha === 0 ? 1 : alpha) / definition.batch;
  const adversarialScale = (1 - alpha) / definition.batch;

  const cleanPass = piece(
    'cleanPass',
    (parameters: Tensors, shard: ShardTensors): Pass =>
      passGradients(model, parameters, shard.x, shard.labels, shard.cleanMasks, cleanScale),
  );

  const adversarialPass = piece(
    'adversarialPass',
    (parameters: Tensors, shard: ShardTensors, x: tf.Tensor2D): Pass =>
      passGradients(model, parameters, x, shard.labels, shard.adversarialMasks, adversarialScale),
  );

  const perturb = piece('perturb', (x: tf.Tensor2D, gradient: tf.Tensor2D) => ({ x: fgsm(x, gradient, spec) }));

  const search = piece('search', (parameters: Tensors, shard: ShardTensors) => {
    const labels =
      spec.label === 'true'
        ? shard.labels
        : predictedLabels(model, model.logits(parameters, shard.x, shard.cleanMasks));
    const gradientAt = (x: tf.Tensor2D) => inputGradient(model, parameters, x, labels, shard.cleanMasks);
    return {
      x: spec.kind === 'fgsm' ? fgsm(shard.x, gradientAt(shard.x), spec) : pgd(gradientAt, shard.x, shard.start, spec),
    };
  });

  /** Adversarial examples of a shard against `parameters`; `clean` is the shard's clean pass at the same parameters, if made. */
  function attack(parameters: Tensors, shard: ShardTensors, clean?: Pass): tf.Tensor2D {
    if (!(spec.kind === 'fgsm' && spec.label === 'true')) return search(parameters, shard).x;
    const { inputGradient } = clean && attackSharesCleanPass(definition) ? clean : cleanPass(parameters, shard);
    return perturb(shard.x, inputGradient).x;
  }

  /** ∇ of α J(x) + (1 − α) J(x + η) (paper §6), from the gradients of its two parts. */
  const combine = piece('combine', (clean: Tensors, adversarial: Tensors): Tensors => {
    if (alpha === 0) return adversarial;
    return Object.fromEntries(Object.keys(clean).map((name) => [name, tf.add(clean[name]!, adversarial[name]!)]));
  });

  /** Adds the shards' gradients, in shard order. */
  const reduce = piece('reduce', sum);

  /** The mean of what the replicas came to, added in replica order. */
  const average = piece('average', (replicas: readonly Tensors[]): Tensors => {
    const total = Object.entries(sum(replicas));
    return Object.fromEntries(total.map(([name, tensor]) => [name, tf.mul(tensor, 1 / replicas.length)]));
  });

  const updatePiece = piece(
    'update',
    (parameters: Tensors, velocity: Tensors, gradients: Tensors, learningRate: tf.Scalar, momentum: tf.Scalar) =>
      update(optimizer, parameters, velocity, gradients, learningRate, momentum),
  );

  return { cleanPass, adversarialPass, attack, combine, reduce, update: updatePiece, average };
}

/** Adds tensors of the same names in a fixed binary tree over their index. */
function sum(sets: readonly Tensors[]): Tensors {
  if (sets.length === 1) return sets[0]!;
  const middle = sets.length >> 1;
  const [low, high] = [sum(sets.slice(0, middle)), sum(sets.slice(middle))];
  return Object.fromEntries(Object.keys(low).map((name) => [name, tf.add(low[name]!, high[name]!)]));
}
