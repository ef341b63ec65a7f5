import type { Coordinator } from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import type { Lease, Outputs, Role, RunSettings } from '@sparring/protocol';
import { type Bus, type Computer, type ComputeThread, type WorkerEvent, WorkLoop } from '@sparring/runtime';
import { leaveThread, takeThread } from './thread-pool.ts';

export interface WorkerHome {
  readonly bus: Bus;
  readonly subjects: Coordinator['subjects'];
  readonly dataSet: DataSet;
  readonly onEvent: (event: WorkerEvent) => void;
  /** Called when a lease is about to be computed. */
  readonly onLease: (worker: Worker, lease: Lease) => void;
}

/** A trainer or attacker, whose thread can be killed. */
export class Worker {
  readonly role: Role;
  readonly loop: WorkLoop;
  #computer: PooledComputer | undefined;

  constructor(role: Role, { bus, subjects, dataSet, onEvent, onLease }: WorkerHome) {
    this.role = role;
    const open = async (settings: RunSettings) => {
      this.#computer = await PooledComputer.open(role, settings, dataSet, (lease) => onLease(this, lease));
      return this.#computer;
    };
    this.loop = new WorkLoop({ bus, subjects, role, open, onEvent });
  }

  /** Ends the compute thread. */
  killThread(): void {
    this.#computer!.kill();
  }
}

/** What `createTrainer` and `createAttacker` compute with, but on a thread that the next run may use again. */
class PooledComputer implements Computer {
  readonly #role: Role;
  readonly #thread: ComputeThread;
  readonly #onLease: (lease: Lease) => void;
  #working = false;
  #gone = false;

  private constructor(role: Role, thread: ComputeThread, onLease: (lease: Lease) => void) {
    this.#role = role;
    this.#thread = thread;
    this.#onLease = onLease;
  }

  static async open(role: Role, settings: RunSettings, dataSet: DataSet, onLease: (lease: Lease) => void) {
    const thread = takeThread(role);
    const { engine, stepsPerCall, definition } = settings;
    await thread.call('open', { engine, stepsPerCall, definition: JSON.parse(definition), dataSet });
    return new PooledComputer(role, thread, onLease);
  }

  async compute(lease: Lease): Promise<Outputs[keyof Outputs]> {
    this.#working = true;
    const { task, inputs } = lease;
    this.#onLease(lease);
    const output = await this.#thread.call<Outputs[keyof Outputs]>(task.kind, { task, inputs });
    this.#working = false;
    return output;
  }

  kill(): void {
    this.#gone = true;
    void this.#thread.destroy();
  }

  async close(): Promise<void> {
    if (this.#gone) return;
    this.#gone = true;
    if (this.#working) await this.#thread.destroy();
    else leaveThread(this.#role, this.#thread);
  }
}
