import { ComputeThread } from '@sparring/runtime';

type Role = 'trainer' | 'attacker';

const idle: Record<Role, ComputeThread[]> = { trainer: [], attacker: [] };

/** A role's compute thread as it really is. One that an earlier run has left is opened anew: loading its modules takes a second. */
export function takeThread(role: Role): ComputeThread {
  return (
    idle[role].pop() ?? new ComputeThread(new URL(`../../packages/${role}-worker/dist/thread.js`, import.meta.url))
  );
}

export function leaveThread(role: Role, thread: ComputeThread): void {
  idle[role].push(thread);
}

afterAll(async () => {
  await Promise.all([...idle.trainer, ...idle.attacker].map((thread) => thread.destroy()));
});
