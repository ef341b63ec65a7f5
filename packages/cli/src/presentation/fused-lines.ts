import { count, duration, plural } from './figures.js';

export interface FusedComparison {
  readonly trainers: number;
  readonly attackers: number;
  readonly steps: number;
  readonly seconds: number;
  /** Estimated from a sample: only the time is measured, the equal bits are the contract's. */
  readonly fusedSeconds: number;
}

/** What the attackers were worth, beside one trainer that does all. */
export function fusedLines({ trainers, attackers, steps, seconds, fusedSeconds }: FusedComparison): string[] {
  const workers = `${plural(trainers, 'trainer')} and ${plural(attackers, 'attacker')}`;
  return [
    `${count(steps)} steps took ${workers} ${duration(seconds)}; one trainer with the attack fused into its passes`,
    `would have taken about ${duration(fusedSeconds)} (timed on a sample of steps), and come to the same bits.`,
  ];
}
