import { duration, percent } from './figures.js';

export interface TimeSpent {
  readonly trainers: number;
  readonly attackers: number;
  readonly trainingSeconds: number;
  /** Seconds that trainers computed steps or passes, all of them together. */
  readonly trainerSeconds: number;
  /** Seconds spent on attacks that were leased alone, all workers together. */
  readonly attackSeconds: number;
  /** Combine, reduce and update, where those are not part of the trainers' work. */
  readonly updateSeconds: number;
}

/** Shares of the training time: computing, updating, and waiting for either. */
export function whereTimeWent(spent: TimeSpent): string {
  const { trainers, attackers, trainingSeconds, trainerSeconds, attackSeconds, updateSeconds } = spent;
  if (trainingSeconds <= 0) return '';
  const shareOf = (seconds: number, workers: number) => percent(seconds / (workers * trainingSeconds), 0);
  const split = attackers > 0 && attackSeconds > 0;
  const parts = [`${each(trainers, 'trainer')} computed ${shareOf(trainerSeconds, trainers)} of it`];
  if (split) parts.push(`${each(attackers, 'attacker')} ${shareOf(attackSeconds, attackers)}`);
  if (updateSeconds > 0) parts.push(`combine, reduce and update took ${shareOf(updateSeconds, 1)}`);
  const slots = trainers + (split ? attackers : 0);
  const idle = slots * trainingSeconds - trainerSeconds - (split ? attackSeconds : 0);
  const ofThat = updateSeconds > 0 ? 'updates included' : 'for one another and for messages';
  parts.push(`${slots === 1 ? 'it' : 'they'} waited ${shareOf(Math.max(0, idle), slots)}, ${ofThat}`);
  return `Training took ${duration(trainingSeconds)}: ${parts.join('; ')}.`;
}

function each(number: number, role: string): string {
  return number === 1 ? `the ${role}` : `each of ${number} ${role}s`;
}
