import type { FollowedSweep } from '@sparring/sweep';
import type { ConnectionOptions } from '../../cluster/connection.js';
import { UsageError } from '../../commands/usage-error.js';
import { shortPath } from '../../presentation/invocation.js';
import { countOf, type SweepView } from '../sweep-view.js';

/** The options by which commands find a sweep's cluster: one of them, or what the environment says. */
export interface ClusterOptions extends ConnectionOptions {
  readonly cluster?: boolean;
}

/** ' --nats URL', to be typed behind a command. */
export function whereWords({ nats, credentials }: ConnectionOptions): string {
  const words = [nats ? ` --nats ${nats}` : '', credentials ? ` --credentials ${shortPath(credentials)}` : ''];
  return words.join('') || ' --cluster';
}

export function viewOf(sweep: FollowedSweep, options: ConnectionOptions): SweepView {
  const { record, states } = sweep;
  return { record, states, where: whereWords(options), count: (...statuses) => countOf(states, statuses) };
}

/** @throws UsageError */
export function refuseSlots({ slots }: { readonly slots?: number }): void {
  if (slots === undefined) return;
  throw new UsageError('--slots is for sweeps in this process; over NATS each trainer of the cluster is a slot');
}
