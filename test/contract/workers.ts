import type { Coordinator } from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import type { Output, Role, RunSettings, Task, TaskInputs } from '@sparring/protocol';
import {
  type Bus,
  type Computer,
  type ComputeThread,
  type Steps,
  stepsOn,
  type WorkerEvent,
  WorkLoop,
} from '@sparring/runtime';
import { leaveThread, takeThread } from './thread-pool.ts';

export interface WorkerHome {
  readonly bus: Bus;
  readonly subjects: Coordinator['subjects'];
  readonly dataSet: DataSet;
  readonly onEvent: (event: WorkerEvent) => void;
  /** Its coordinator inspects what it returns: it shows that it computes alike. */
  readonly qualify: boolean;
  /** Called when a leased task is about to be computed. */
  readonly onTask: (worker: Worker, task: Task) => void;
  /** What is returned in the place of what was computed. */
  readonly onOutput: (worker: Worker, task: Task, output: Output) => Output | Promise<Output>;
}

/** A trainer or attacker, whose thread can be killed. */
export class Worker {
  readonly role: Role;
  readonly loop: WorkLoop;
  #computer: PooledComputer | undefined;

  constructor(role: Role, { bus, subjects, dataSet, qualify, onEvent, onTask, onOutput }: WorkerHome) {
    this.role = role;
    const open = async (settings: RunSettings) => {
      this.#computer = await PooledComputer.open(role, settings, dataSet, {
        onTask: (task) => onTask(this, task),
        onOutput: (task, output) => onOutput(this, task, output),
      });
      return this.#computer;
    };
    this.loop = new WorkLoop({ bus, subjects, role, open, qualify, onEvent });
  }

  /** Ends the compute thread. */
  killThread(): void {
    this.#computer!.kill();
  }
}

interface Hooks {
  readonly onTask: (task: Task) => void;
  readonly onOutput: (task: Task, output: Output) => Output | Promise<Output>;
}

/** What `createTrainer` and `createAttacker` compute with, but on a thread that the next run may use again. */
class PooledComputer implements Computer {
  readonly dataChecksum: string;
  readonly steps: Steps;
  readonly #role: Role;
  readonly #thread: ComputeThread;
  readonly #hooks: Hooks;
  #working = false;
  #gone = false;

  private constructor(role: Role, dataChecksum: string, thread: ComputeThread, hooks: Hooks) {
    this.dataChecksum = dataChecksum;
    this.#role = role;
    this.#thread = thread;
    this.#hooks = hooks;
    this.steps = this.#hooked(stepsOn(thread));
  }

  /** Each of their passes is a task to whoever watches. */
  #hooked(steps: Steps): Steps {
    let step = 0;
    return {
      begin: (task, inputs) => {
        this.#working = true;
        this.#hooks.onTask(task);
        step = task.step;
        return steps.begin(task, inputs);
      },
      pass: (shard, adversarial) => {
        this.#hooks.onTask({ kind: 'pass', part: adversarial ? 'both' : 'whole', step, shard });
        return steps.pass(shard, adversarial);
      },
      endStep: () => {
        step += 1;
        return steps.endStep();
      },
      end: async () => {
        const state = await steps.end();
        this.#working = false;
        return state;
      },
    };
  }

  static async open(role: Role, settings: RunSettings, dataSet: DataSet, hooks: Hooks) {
    const thread = takeThread(role);
    const { engine, stepsPerCall, definition } = settings;
    await thread.call('open', { engine, stepsPerCall, definition: JSON.parse(definition), dataSet });
    return new PooledComputer(role, dataSet.checksum, thread, hooks);
  }

  async compute(task: Task, inputs: TaskInputs): Promise<Output> {
    this.#working = true;
    this.#hooks.onTask(task);
    const output = await this.#thread.call(task.kind, { task, inputs });
    this.#working = false;
    return this.#hooks.onOutput(task, { kind: task.kind, output } as Output);
  }

  fingerprint(): Promise<{ engine: string; fingerprint: string }> {
    return this.#thread.call('fingerprint', null);
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
