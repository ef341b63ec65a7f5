/** Parameters by name, without prefix. */
export type Parameters = Record<string, Float32Array>;

/**
 * A shard's parts of the step's loss, α J(x) and (1 − α) J(x + η): sums over its examples divided by the size of the global batch,
 * so that shards just add.
 */
export interface ShardLoss {
  readonly clean: number | null;
  readonly adversarial: number | null;
}

/** Gradients of all shards of a step, by shard. */
export type StepGradients =
  | { readonly parts: 'whole'; readonly whole: readonly Parameters[] }
  | { readonly parts: 'split'; readonly clean: readonly Parameters[]; readonly adversarial: readonly Parameters[] };

/** All sets of gradients that a step gathered. */
export function setsOf(gradients: StepGradients): readonly Parameters[] {
  return gradients.parts === 'whole' ? gradients.whole : [...gradients.clean, ...gradients.adversarial];
}

/** The step's loss α J(x) + (1 − α) J(x + η): the shards' parts, added in shard order. */
export function stepLoss(alpha: number, shards: readonly ShardLoss[]): number {
  let loss = 0;
  for (const { clean, adversarial } of shards) loss += (alpha === 0 ? 0 : clean!) + (adversarial ?? 0);
  return loss;
}
