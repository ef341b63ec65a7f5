import type { LiveRun, NetKey } from '@sparring/dashboard';
import type { WorkerEvent } from '@sparring/runtime';
import type { HostEvent } from '../host/index.js';

/** What workers say of themselves: the page hears of those whose threads were lost. */
const ofWorkers: Readonly<Record<WorkerEvent['kind'], true>> = {
  ready: true,
  'thread-lost': true,
  stale: true,
  performed: true,
  returned: true,
};

/** Tells a run's page what happens while it is trained. */
export function tellPage(live: LiveRun, net: NetKey, event: HostEvent): void {
  if (event.kind === 'worker-failed') live.say('warning', `One ${event.role} cannot go on: ${event.reason}.`);
  else if (event.kind === 'thread-lost') live.say('warning', `A worker's thread was lost: ${event.reason}.`);
  else if (!isOfWorker(event)) live.tell(net, event);
}

function isOfWorker(event: HostEvent): event is WorkerEvent {
  return event.kind in ofWorkers;
}
