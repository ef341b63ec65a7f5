import type { Role } from '@sparring/protocol';
import type { WorkLoop } from '@sparring/runtime';

export interface HostedWorker {
  readonly role: Role;
  readonly loop: Pick<WorkLoop, 'finished' | 'stop'>;
}

/** A worker that cannot go on, and is not replaced. */
export interface WorkerFailed {
  readonly kind: 'worker-failed';
  readonly role: Role;
  readonly reason: string;
}

/**
 * Rejects when the last trainer cannot go on, with what stopped it; never resolves. While there is another, the run goes on with
 * those that are left, and is told.
 */
export function lastTrainerFailed(
  workers: readonly HostedWorker[],
  onEvent: (event: WorkerFailed) => void,
): Promise<never> {
  let trainersLeft = workers.filter(({ role }) => role === 'trainer').length;
  return new Promise((_, reject) => {
    for (const { role, loop } of workers) {
      loop.finished.catch((error: Error) => {
        // Whatever it held is for others now.
        loop.stop().catch(() => {});
        if (role === 'trainer') trainersLeft--;
        if (trainersLeft === 0) reject(error);
        else onEvent({ kind: 'worker-failed', role, reason: error.message });
      });
    }
  });
}
