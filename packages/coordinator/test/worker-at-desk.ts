import type { Lease, Output, Outputs, Role, WorkReceipt, WorkReply, WorkResult } from '@sparring/protocol';
import { Membership } from '../dist/members/membership.js';
import type { Inspect, OutputFault } from '../dist/work/inspection.js';
import { LeaseDurations } from '../dist/work/lease-durations.js';
import { WorkDesk } from '../dist/work/work-desk.js';
import { WorkLedger } from '../dist/work/work-ledger.js';

export const term = 1;

export interface OpenDesk {
  readonly desk: WorkDesk;
  readonly ledger: WorkLedger;
  readonly membership: Membership;
  /** Results that were refused, and whose they were. */
  readonly refused: readonly (Pick<OutputFault, 'reason' | 'detail'> & { readonly workerId: string })[];
  /** Workers that were found to be at fault. */
  readonly faulty: readonly string[];
  hire(role: Role): WorkerAtDesk;
}

export interface DeskRules {
  readonly placement?: 'auto' | 'split' | 'fused';
  /** Every lease lasts at least so long. */
  readonly leaseMs?: number;
  readonly inspect?: Inspect;
}

/** A desk that is closed after the test file. Each of its workers is a process of its own. */
export function openDesk({ placement = 'auto', leaseMs = 30_000, inspect }: DeskRules = {}): OpenDesk {
  const membership = new Membership();
  const ledger = new WorkLedger();
  const refused: (Pick<OutputFault, 'reason' | 'detail'> & { workerId: string })[] = [];
  const faulty: string[] = [];
  const desk = new WorkDesk({
    ...{ term, placement, membership, ledger },
    inspect: inspect ?? null,
    durations: new LeaseDurations(leaseMs),
    onRefused: (workerId, fault) => refused.push({ workerId, ...fault }),
    onFaultyWorker: (workerId) => faulty.push(workerId),
  });
  opened.push(desk);
  let hired = 0;
  const hire = (role: Role) => {
    const workerId = `${role}-${++hired}`;
    membership.add({ workerId, role, host: 'here', pid: hired });
    return new WorkerAtDesk(desk, membership, workerId, role);
  };
  return { desk, ledger, membership, refused, faulty, hire };
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
  #asked = 0;

  constructor(desk: WorkDesk, membership: Membership, workerId: string, role: Role) {
    this.#desk = desk;
    this.#membership = membership;
    this.workerId = workerId;
    this.role = role;
  }

  /** The next lease, or null when told to leave. */
  async ask(): Promise<Lease | null> {
    const reply = await this.askNumber(this.#asked + 1);
    return reply?.kind === 'lease' ? reply.lease : null;
  }

  /** What the desk replies to a question of this number; null: nothing. */
  askNumber(ask: number): Promise<WorkReply | null> {
    this.#asked = ask;
    return this.#desk.ask({ workerId: this.workerId, role: this.role, term, ask });
  }

  give({ leaseId, task }: Pick<Lease, 'leaseId' | 'task'>, output: Outputs[keyof Outputs], inTerm = term): WorkReceipt {
    return this.#accept(leaseId, { kind: task.kind, output } as Output, inTerm);
  }

  fail({ leaseId }: Lease, message: string): WorkReceipt {
    return this.#accept(leaseId, { kind: 'failure', message });
  }

  /** Leaves, as reception lets a worker go that died or was stopped. */
  leave(): void {
    this.#membership.remove(this.workerId);
    this.#desk.release(this.workerId);
    this.#asked = 0;
  }

  #accept(leaseId: string, outcome: WorkResult['outcome'], inTerm = term): WorkReceipt {
    return this.#desk.accept({ workerId: this.workerId, leaseId, term: inTerm, computeMs: 1, outcome });
  }
}
