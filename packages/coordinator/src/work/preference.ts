import type { Role, Task } from '@sparring/protocol';

/**
 * Who makes adversarial examples. `auto`: attackers, and trainers that would stand idle; `split`: attackers alone while one
 * is alive; `fused`: trainers, inside their passes.
 */
export type Placement = 'auto' | 'split' | 'fused';

/** How well a task suits a role: lower is better, undefined is not at all. Whom training can spare probes: attackers before trainers. */
export function preference(role: Role, task: Task, placement: Placement, hasAttackers: boolean): number | undefined {
  if (role === 'attacker') return { attack: 0, assist: 0, probe: 3, pass: undefined, advance: undefined }[task.kind];
  switch (task.kind) {
    case 'pass':
      return task.part === 'adversarial' || task.part === 'both' ? 1 : 2;
    case 'advance':
      return 2;
    case 'attack':
      return placement === 'split' && hasAttackers ? undefined : 3;
    case 'assist':
      return undefined;
    case 'probe':
      return 4;
  }
}
