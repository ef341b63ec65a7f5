import { availableParallelism } from 'node:os';
import type { EngineName } from '@sparring/engine';
import type { RunConfig } from '@sparring/runtime';
import { isGpu, oneThreadOnly } from './engine-limits.js';

/** How many workers of each role a run gets, and why. */
export interface Plan {
  readonly trainers: number;
  readonly attackers: number;
  readonly reason: string;
}

/**
 * Workers for a run on this many cores, where its configuration leaves them open. Trainers come first, one a shard: each makes the
 * attacks of its own shards, hands over nothing, and keeps its core busy to the end of the step. PGD of k iterations costs 2k units
 * against a trainer's four: where it may run ahead (`staleness`), cores that no shard is left for attack; with `attack.placement:
 * split` all cores are divided in that proportion. FGSM is one unit of five, less than handing its examples over. Replicas have a
 * trainer each, and attack for themselves. A GPU is one trainer's, whatever the cores.
 */
export function planWorkers(config: RunConfig, cores: number, engine: EngineName): Plan {
  return limitedTo(engine, freely(config, isGpu(engine) ? 1 : cores, engine));
}

/** The plan itself, or one trainer where the engine computes in one thread only. */
export function limitedTo(engine: EngineName, plan: Plan): Plan {
  const why = oneThreadOnly(engine);
  return why === null ? plan : { trainers: 1, attackers: 0, reason: `${engine} has no more, since ${why}` };
}

/** Workers that only measure: as many as there are probes to make, at most one a core, or one where the engine is not the cores'. */
export function planMeasurement(engine: EngineName, cores: number, probes: number): Plan {
  const trainers = isGpu(engine) ? 1 : Math.max(1, Math.min(cores, probes));
  return limitedTo(engine, { trainers, attackers: 0, reason: 'they only measure' });
}

function freely(config: RunConfig, cores: number, engine: EngineName): Plan {
  const { trainers, attackers } = config;
  if (trainers !== null && attackers !== null) return { trainers, attackers, reason: 'as configured' };
  if (trainers !== null || attackers !== null) return completed(config, cores);
  if (isGpu(engine)) return { trainers: 1, attackers: 0, reason: `${engine} computes for one trainer at a time` };
  return planned(config, cores);
}

/** Below, handing over the examples of a small net costs more than an attacker saves. */
const payingIterations = 10;

function completed(config: RunConfig, cores: number): Plan {
  if (config.trainers !== null) {
    const { trainers } = config;
    const pays = wantsAttackers(config) && config.attack.iterations >= payingIterations;
    const attackers = pays ? Math.max(0, Math.min(cores - trainers, config.shards)) : 0;
    const reason = attackers > 0 ? 'trainers as configured, an attacker on each core left' : 'as configured';
    return { trainers, attackers, reason };
  }
  const attackers = config.attackers!;
  const { most, each } = usefulTrainers(config);
  const trainers = Math.max(1, Math.min(cores - attackers, most));
  return { trainers, attackers, reason: `attackers as configured, trainers on the cores left, at most one a ${each}` };
}

function planned(config: RunConfig, cores: number): Plan {
  const { shards, attack, staleness } = config;
  if (attack.placement === 'split' && wantsAttackers(config) && cores > 1) {
    const share = attack.iterations / (attack.iterations + 2);
    const attackers = Math.min(shards * (1 + staleness), cores - 1, Math.max(1, Math.round(cores * share)));
    const trainers = Math.min(2 * shards, cores - attackers);
    return { trainers, attackers, reason: `${priceOf(config)}, so ${attackers} of ${cores} cores attack` };
  }
  const { most, each } = usefulTrainers(config);
  const trainers = Math.min(cores, most);
  const left = cores - trainers;
  if (wantsAttackers(config) && staleness > 0 && left > 0) {
    const attackers = Math.min(left, shards * (1 + staleness));
    return { trainers, attackers, reason: `${priceOf(config)}; cores that no shard is left for make them ahead` };
  }
  const fed = each === 'shard' ? `a batch of ${count(most, each)} feeds` : `${count(most, each)} feed`;
  const limit = left > 0 ? `; ${fed} ${count(trainers, 'trainer')}` : '';
  return { trainers, attackers: 0, reason: `${whyFused(config)}${limit}` };
}

/** How many trainers have something to do, one each. */
function usefulTrainers({ replicas, shards }: RunConfig) {
  return replicas > 1 ? { most: replicas, each: 'replica' as const } : { most: shards, each: 'shard' as const };
}

function priceOf({ attack }: RunConfig): string {
  return `PGD examples of ${attack.iterations} iterations cost ${2 * attack.iterations} units against a trainer's 4`;
}

function whyFused({ alpha, attack, replicas }: RunConfig): string {
  if (replicas > 1) return 'each advances a replica on its own';
  if (alpha === 1) return 'there is no adversary';
  if (attack.placement === 'fused') return 'the attack is fused into the passes of the trainers, as configured';
  if (attack.kind === 'fgsm') return 'FGSM is cheap, so it is fused into the passes of the trainers';
  return 'each attacks its own shards, which keeps every core busy and hands nothing over';
}

/** Attackers can pay for themselves where the attack is expensive. */
function wantsAttackers({ attack, alpha, replicas }: RunConfig): boolean {
  return replicas === 1 && alpha < 1 && attack.kind === 'pgd' && attack.placement !== 'fused';
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** Runs of a sweep at a time, one compute thread each: one a core, and one where the engine is a GPU or has one thread. */
export function slotsFor(engine: EngineName, asked: number | undefined, cores = availableParallelism()): number {
  if (oneThreadOnly(engine) !== null) return 1;
  return asked ?? (isGpu(engine) ? 1 : cores);
}
