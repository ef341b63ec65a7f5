import type { RunConfig, RunFolder } from '@sparring/runtime';
import type { Plan } from '../host/index.js';
import { plural } from '../presentation/figures.js';
import type { NetSummary } from '../train/summary.js';
import type { VerifyOptions } from './verify-options.js';

/** Workers to compute a run again with: those asked for, else a set that the run did not have. */
export async function otherWorkers(
  folder: RunFolder,
  config: RunConfig,
  { trainers, attackers }: Pick<VerifyOptions, 'trainers' | 'attackers'>,
): Promise<Plan> {
  if (trainers !== undefined || attackers !== undefined) {
    return { trainers: trainers ?? 1, attackers: attackers ?? 0, reason: 'as asked for' };
  }
  const had = (await folder.readSummary()) as Pick<NetSummary, 'trainers' | 'attackers'> | null;
  const before = had ?? { trainers: config.trainers ?? 1, attackers: config.attackers ?? 0 };
  const reason = had
    ? `the run had ${plural(before.trainers, 'trainer')} and ${plural(before.attackers, 'attacker')}`
    : 'others than the run has';
  const attackersHelp = config.alpha < 1 && config.replicas === 1;
  if (attackersHelp && config.attack.placement !== 'fused' && before.attackers === 0) {
    return { trainers: 1, attackers: 1, reason };
  }
  return { trainers: before.trainers === 1 && before.attackers === 0 ? 2 : 1, attackers: 0, reason };
}
