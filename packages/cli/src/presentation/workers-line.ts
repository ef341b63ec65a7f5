import { plural } from './figures.js';

interface Workers {
  readonly trainers: number;
  readonly attackers: number;
  readonly reason: string;
}

/** '1 trainer and 2 attackers: …', '2 trainers, as configured' */
export function workersLine({ trainers, attackers, reason }: Workers): string {
  const workers = [plural(trainers, 'trainer'), ...(attackers > 0 ? [plural(attackers, 'attacker')] : [])];
  return `${workers.join(' and ')}${reason.startsWith('as ') ? ',' : ':'} ${reason}`;
}
