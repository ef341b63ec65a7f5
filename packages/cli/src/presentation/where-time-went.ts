import { duration, percent } from './figures.js';

export interface TimeSpent {
  readonly replicas: number;
  readonly trainers: number;
  readonly attackers: number;
  readonly trainingSeconds: number;
  /** Seconds that trainers computed steps, passes, or attacks while they would have stood idle, all of them together. */
  readonly trainerSeconds: number;
  /** Seconds that attackers attacked, all of them together. */
  readonly attackerSeconds: number;
  /** Combine, reduce and update, where those are not part of the trainers' work; of replicas, averaging them. */
  readonly updateSeconds: number;
}

/** Shares of the training time: computing, updating, and waiting for either. */
export function whereTimeWent(spent: TimeSpent): string[] {
  const { replicas, trainers, attackers, trainingSeconds, trainerSeconds, attackerSeconds, updateSeconds } = spent;
  if (trainingSeconds <= 0) return [];
  const shareOf = (seconds: number, workers: number) => percent(seconds / (workers * trainingSeconds), 0);
  const split = attackers > 0 && attackerSeconds > 0;
  const workers = trainers + (split ? attackers : 0);
  const busySeconds = trainerSeconds + (split ? attackerSeconds : 0);
  const computed = `${each(trainers, 'trainer')} computed ${shareOf(trainerSeconds, trainers)} of it`;
  const attacked = split ? `, ${each(attackers, 'attacker')} ${shareOf(attackerSeconds, attackers)}` : '';
  const first = `Training took ${duration(trainingSeconds)}: ${computed}${attacked}`;
  if (workers === 1) return [`${first}.`];
  const waited = shareOf(Math.max(0, workers * trainingSeconds - busySeconds), workers);
  const [what, parts] = replicas > 1 ? ['averages', 'they'] : ['updates', 'combine, reduce and update'];
  const took = `${parts} took ${shareOf(updateSeconds, 1)}`;
  return [`${first};`, `they waited ${waited} of it for one another and for ${what} (${took}).`];
}

function each(number: number, role: string): string {
  return number === 1 ? `the ${role}` : `each of ${number} ${role}s`;
}
