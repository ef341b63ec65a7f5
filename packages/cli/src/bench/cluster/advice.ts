import type { Measurement } from './measurement.js';

/** What a step of a run costs where trainers exchange gradients at every one, in milliseconds. */
export interface ExchangeCosts {
  /** Slices of a batch: as many trainers can share a step. */
  readonly shards: number;
  /** A step of a lone trainer, which exchanges nothing. */
  readonly aloneMs: number;
  /** A shard's passes. */
  readonly shardMs: number;
  /** What goes over the wire while nobody computes: each shard's gradients to the coordinator, and the parameters back. */
  readonly wireMs: number;
  readonly updateMs: number;
}

/** The costs, from a lone trainer and from so many that exchange gradients. */
export function exchangeCosts(
  alone: Measurement,
  exchanging: Measurement,
  { shards, trainers }: { readonly shards: number; readonly trainers: number },
): ExchangeCosts {
  const shardMs = exchanging.computeMsPerStep / shards;
  const updateMs = exchanging.updateMsPerStep;
  const wireMs = Math.max(0, exchanging.stepMs - shardMs * Math.ceil(shards / trainers) - updateMs);
  return { shards, aloneMs: alone.stepMs, shardMs, wireMs, updateMs };
}

/**
 * How long a step takes so many trainers, the batch cut into so many shards. The trainer with most shards is waited for. The
 * coordinator takes gradients one after the other, and sends the parameters once, to the broker.
 */
export function predictStepMs(costs: ExchangeCosts, trainers: number, shards: number): number {
  if (trainers === 1) return costs.aloneMs;
  const computeMs = (costs.shardMs * costs.shards * Math.ceil(shards / trainers)) / shards;
  const wireMs = (costs.wireMs * (shards + 1)) / (costs.shards + 1);
  return computeMs + wireMs + costs.updateMs;
}

/** Less than this share of a step is not worth another trainer. */
const worthwhile = 0.05;
/** Where each trainer has a shard of its own, the Nth saves an Nth of the computation at most. */
const mostWorthwhile = 1 / worthwhile;

/** The most trainers of which the last still saves a twentieth of a step: of this run's shards, and with a shard a trainer. */
export function usefulTrainers(costs: ExchangeCosts): { readonly asItIs: number; readonly withMoreShards: number } {
  const lastWorthwhile = (most: number, shardsOf: (trainers: number) => number) => {
    let useful = 1;
    let leastMs = predictStepMs(costs, 1, costs.shards);
    for (let trainers = 2; trainers <= most; trainers++) {
      const stepMs = predictStepMs(costs, trainers, shardsOf(trainers));
      if (stepMs <= (1 - worthwhile) * leastMs) useful = trainers;
      leastMs = Math.min(leastMs, stepMs);
    }
    return useful;
  };
  return {
    asItIs: lastWorthwhile(costs.shards, () => costs.shards),
    withMoreShards: lastWorthwhile(mostWorthwhile, (trainers) => trainers),
  };
}

/** The advice in one sentence. */
export function exchangeAdvice(costs: ExchangeCosts): string {
  const { asItIs, withMoreShards } = usefulTrainers(costs);
  const more = 'for more, set localSteps';
  if (asItIs === costs.shards && withMoreShards > asItIs) {
    return `this run gains from at most ${asItIs} trainers, one a shard, and with more shards from at most ${withMoreShards}; ${more}`;
  }
  return asItIs === 1
    ? `this run gains from at most 1 trainer, since exchanging a step takes as long as computing it; ${more}`
    : `this run gains from at most ${asItIs} trainers; ${more}`;
}
