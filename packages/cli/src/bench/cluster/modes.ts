import { type AttackConfig, type RunConfig, resolveConfig } from '@sparring/runtime';
import { percent } from '../../presentation/figures.js';
import { exchangeAdvice, exchangeCosts } from './advice.js';
import type { Measurement } from './measurement.js';
import type { ModeName } from './mode-names.js';

/** Who takes part in a comparison. */
export interface Entrant {
  readonly name: string;
  /** null: one trainer in this process. */
  readonly processes: { readonly trainers: number; readonly attackers: number } | null;
}

/** A comparison: what is trained, and by whom first and second. */
export interface Mode {
  readonly name: ModeName;
  readonly title: string;
  readonly entrants: readonly [Entrant, Entrant];
  /** How many times as fast as the first the second is to be; null where nothing is demanded. */
  readonly goal: number | null;
  /** @throws ConfigError */
  config(recipe: string, set: readonly string[]): RunConfig;
  /** Why this run cannot be measured so; null where it can. */
  unfit(config: RunConfig): string | null;
  /** What the figures say, in one sentence. */
  verdict(first: Measurement, second: Measurement, config: RunConfig): string;
}

const oneTrainer: Entrant = { name: 'one trainer', processes: { trainers: 1, attackers: 0 } };
const twoTrainers: Entrant = { name: 'two trainers', processes: { trainers: 2, attackers: 0 } };
const withAttacker: Entrant = { name: 'a trainer, an attacker', processes: { trainers: 1, attackers: 1 } };

const advance: Mode = {
  name: 'advance',
  title: 'A lone trainer advances: in this process, and as a process of its own',
  entrants: [{ name: 'in one process', processes: null }, oneTrainer],
  goal: 0.8,
  config: batches,
  unfit: () => null,
  verdict: (first, second) =>
    `over the wire, a trainer that is alone does ${percent(ratioOf(first, second), 0)} of what it does in one process`,
};

const rounds: Mode = {
  name: 'rounds',
  title: 'Two replicas take local steps: both on one trainer, and each on its own',
  entrants: [oneTrainer, twoTrainers],
  goal: 1.75,
  config: (recipe, set) =>
    resolveConfig({ recipeOrFile: recipe, set: ['batch=100', 'localSteps=64', ...set], overrides: { replicas: 2 } })
      .config,
  unfit: () => null,
  verdict: (first, second, { localSteps }) =>
    `with rounds of ${localSteps} local steps, two trainers do ${times(first, second)} as much as one`,
};

const exchange: Mode = {
  name: 'exchange',
  title: 'Trainers exchange gradients at every step, beside one that is alone',
  entrants: [oneTrainer, twoTrainers],
  goal: null,
  config: batches,
  unfit: ({ shards }) => (shards === 1 ? 'a batch of one shard cannot be shared: set shards' : null),
  verdict: (first, second, { shards }) => exchangeAdvice(exchangeCosts(first, second, { shards, trainers: 2 })),
};

const fgsm: Mode = {
  name: 'fgsm',
  title: 'FGSM: the attack fused into the passes of one trainer, and split off to an attacker',
  entrants: [oneTrainer, withAttacker],
  goal: null,
  config: (recipe, set) =>
    attackedBy(batches(recipe, set), ({ epsilon }) => ({
      kind: 'fgsm',
      ...{ stepSize: epsilon, iterations: 1, randomStart: false },
    })),
  unfit: withoutAdversary,
  verdict: (first, second, config) => attackersWorth('FGSM', config, ratioOf(first, second)),
};

const pgdIterations = 20;

// A large batch, so that a step takes much longer than what is sent at every one; many shards, so that attacker and trainer end it at about
// the same time. And a step a call: eight of them take half a minute.
const pgd: Mode = {
  name: 'pgd',
  title: `PGD-${pgdIterations}: by one trainer, and by one that an attacker helps`,
  entrants: [oneTrainer, withAttacker],
  goal: 1.6,
  config: (recipe, set) =>
    attackedBy(batches(recipe, ['batch=4608', 'shards=18', 'stepsPerCall=1', ...set]), ({ epsilon }) => ({
      kind: 'pgd',
      ...{ stepSize: (2.5 * epsilon) / pgdIterations, iterations: pgdIterations, randomStart: true },
    })),
  unfit: withoutAdversary,
  verdict: (first, second, config) => attackersWorth(`PGD-${pgdIterations}`, config, ratioOf(first, second)),
};

export const modes: Readonly<Record<ModeName, Mode>> = { advance, rounds, exchange, fgsm, pgd };

/** How many times as many examples the second does in a second. */
export function ratioOf(first: Measurement, second: Measurement): number {
  return second.examplesPerSecond / first.examplesPerSecond;
}

function batches(recipe: string, set: readonly string[]): RunConfig {
  return resolveConfig({ recipeOrFile: recipe, set: ['batch=512', 'shards=2', ...set], overrides: { replicas: 1 } })
    .config;
}

function attackedBy(config: RunConfig, attack: (given: AttackConfig) => Partial<AttackConfig>): RunConfig {
  return { ...config, attack: { ...config.attack, placement: 'auto', ...attack(config.attack) } };
}

function withoutAdversary({ alpha }: RunConfig): string | null {
  return alpha === 1 ? 'the run has no adversary: set alpha below 1' : null;
}

function attackersWorth(attack: string, { batch }: RunConfig, ratio: number): string {
  const speed = `a trainer and an attacker are ${ratio.toFixed(2)} times as fast as the trainer alone`;
  const where = `with ${attack} at batch ${batch}`;
  if (ratio < 1) return `${where} attackers lose: ${speed}; use trainers alone, which attack their own shards`;
  return `${where} ${speed}`;
}

function times(first: Measurement, second: Measurement): string {
  return `${ratioOf(first, second).toFixed(2)} times`;
}
