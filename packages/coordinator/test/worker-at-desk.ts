import type { Lease, Outputs, Role, WorkReceipt } from '@sparring/protocol';
import { Membership } from '../dist/members/membership.js';
import { LeaseDurations } from '../dist/work/lease-durations.js';
import { WorkDesk } from '../dist/work/work-desk.js';
import { WorkLedger } from '../dist/work/work-ledger.js';

export const term = 1;

export interface Office {
  readonly desk: WorkDesk;
  readonly ledger: WorkLedger;
  readonly membership: Membership;
  hire(role: Role): WorkerAtDesk;
}

/** A desk of whose leases each lasts at least `leaseMs`; it is closed after the test file. */
export function openDesk(placement: 'auto' | 'split' | 'fused' = 'auto', leaseMs = 30_000): Office {
  const membership = new Membership();
  const ledger = new WorkLedger();
  const desk = new WorkDesk({ term, placement, membership, ledger, durations: new LeaseDurations(leaseMs) });
  opened.push(desk);
  let hired = 0;
  const hire = (role: Role) => {
    const workerId = `${role}-${++hired}`;
    membership.add({ workerId, role });
    return new WorkerAtDesk(desk, membership, workerId, role);
  };
  return { desk, ledger, membership, hire };
}

const opened: WorkDesk[] = [];
afterAll(() => {
  for (const desk of opened) desk.close();
});

/** Asks a desk for work and returns what a test says that it computed. */
export class WorkerAtDesk {
  readonly #desk: WorkDesk;
  readonly #membership: Membership;
  readonly workerId: string;
  readonly role: Role;

  constructor(desk: WorkDesk, membership: Membership, workerId: string, role: Role) {
    this.#desk = desk;
    this.#membership = membership;
    this.workerId = workerId;
    this.role = role;
  }

  /** The next lease, or null when told to leave. */
  async ask(): Promise<Lease | null> {
    const reply = await this.#desk.ask({ workerId: this.workerId, role: this.role, term });
    return reply.kind === 'lease' ? reply.lease : null;
  }

  give({ leaseId }: Lease, output: Outputs[keyof Outputs], inTerm = term): WorkReceipt {
    const outcome = { kind: 'output', output } as const;
    return this.#desk.accept({ workerId: this.workerId, leaseId, term: inTerm, computeMs: 1, outcome });
  }

  fail({ leaseId }: Lease, message: string): WorkReceipt {
    const outcome = { kind: 'failure', message } as const;
    return this.#desk.accept({ workerId: this.workerId, leaseId, term, computeMs: 1, outcome });
  }

  /** Leaves, as reception lets a worker go that died or was stopped. */
  leave(): void {
    this.#membership.remove(this.workerId);
    this.#desk.release(this.workerId);
  }
}
