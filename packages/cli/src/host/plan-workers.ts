import type { RunConfig } from '@sparring/runtime';

/** How many workers of each role a run gets, and why. */
export interface Plan {
  readonly trainers: number;
  readonly attackers: number;
  readonly reason: string;
}

/**
 * Workers for a run on this many cores, where its configuration leaves them open. An FGSM attack costs a trainer one matmul
 * unit of five, less than handing its examples over, so it is fused into the passes. PGD of k iterations costs 2k units against a
 * trainer's four, so the cores are divided in that proportion.
 */
export function planWorkers(config: RunConfig, cores: number): Plan {
  const { trainers, attackers } = config;
  if (trainers !== null && attackers !== null) return { trainers, attackers, reason: 'as configured' };
  if (trainers !== null || attackers !== null) return completed(config, cores);
  return planned(config, cores);
}

function completed(config: RunConfig, cores: number): Plan {
  const { shards } = config;
  if (config.trainers !== null) {
    const { trainers } = config;
    const attackers = wantsAttackers(config) ? Math.max(0, Math.min(cores - trainers, shards)) : 0;
    const reason = attackers > 0 ? 'trainers as configured, an attacker on each core left' : 'trainers as configured';
    return { trainers, attackers, reason };
  }
  const attackers = config.attackers!;
  const trainers = Math.max(1, Math.min(cores - attackers, shards));
  return { trainers, attackers, reason: 'attackers as configured, trainers on the cores left, at most one a shard' };
}

function planned(config: RunConfig, cores: number): Plan {
  const { shards, attack, alpha } = config;
  if (wantsAttackers(config)) {
    const share = attack.iterations / (attack.iterations + 2);
    const attackers = Math.min(shards, cores - 1, Math.max(1, Math.round(cores * share)));
    const trainers = Math.min(2 * shards, cores - attackers);
    const reason = `PGD with ${attack.iterations} iterations costs ${2 * attack.iterations} units against a trainer's 4, so ${attackers} of ${cores} cores attack; trainers that stand idle help`;
    return { trainers, attackers, reason };
  }
  const trainers = Math.min(cores, shards);
  const why =
    alpha === 1
      ? 'there is no adversary'
      : attack.kind === 'fgsm'
        ? 'FGSM is cheap, so it is fused into the passes of the trainers'
        : 'with one shard there is one attack at a time, so it is fused into the passes';
  const limit = trainers < cores ? `; a batch of ${count(shards, 'shard')} feeds ${count(trainers, 'trainer')}` : '';
  return { trainers, attackers: 0, reason: `${why}${limit}` };
}

/** Attackers pay for themselves when the attack is expensive and comes in several parts. */
function wantsAttackers({ attack, alpha, shards, staleness }: RunConfig): boolean {
  const parts = shards * (1 + staleness);
  return alpha < 1 && attack.kind === 'pgd' && attack.placement !== 'fused' && parts > 1;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
