import type { AdvanceTask, Output, RunSettings, Subjects, TaskInputs } from '@sparring/protocol';
import type { Bus, Stop } from '../../bus/bus.js';
import type { Steps } from '../computer.js';
import { AssistanceDesk } from './assistance-desk.js';

export interface AssistedAdvanceOptions {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly settings: RunSettings;
}

/**
 * How a lone trainer advances with attackers' help: each step's parameters are published, attackers ask for shards, and return their
 * examples. Neither gradients nor the state travel, and nobody is waited for who does not come.
 */
export class AssistedAdvance {
  readonly #options: AssistedAdvanceOptions;
  readonly #desk: AssistanceDesk;
  #stops: readonly Stop[] = [];
  /** What a shard took that was computed whole. */
  #wholeMs = 0;
  #isClosed = false;

  constructor(options: AssistedAdvanceOptions) {
    const { settings } = options;
    this.#options = options;
    const { shards } = JSON.parse(settings.definition) as { readonly shards: number };
    this.#desk = new AssistanceDesk(settings.term, shards);
  }

  /** `waitMs`: what attackers were waited for. @throws where it is closed meanwhile: the compute thread is another's then */
  async advance(
    task: AdvanceTask,
    inputs: TaskInputs,
    steps: Steps,
  ): Promise<{ readonly output: Output; readonly waitMs: number }> {
    const { step: first, numSteps, rollbacks } = task;
    const { bus, subjects, settings } = this.#options;
    const lineage = rollbacks ? { rollbacks } : {};
    const losses: number[] = [];
    let waitMs = 0;
    this.#serve();
    this.#desk.begin(task);
    try {
      await steps.begin(task, inputs);
      for (let step = first; step < first + numSteps; step++) {
        waitMs += await this.#passes(step, steps);
        const { loss, parameters } = await steps.endStep();
        if (this.#isClosed) throw new Error('the worker has left');
        losses.push(loss);
        bus.publish(subjects.parameters.publish, { term: settings.term, step: step + 1, ...lineage, parameters });
      }
    } catch (error) {
      this.#desk.abandon();
      throw error;
    }
    this.#desk.end();
    return { output: { kind: 'advance', output: { state: await steps.end(), losses } }, waitMs };
  }

  close(): void {
    this.#isClosed = true;
    this.#desk.abandon();
    this.rest();
  }

  /** Its worker computes other things now: attackers are another's to answer, in one process where there can be but one that does. */
  rest(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  /** Until it rests, between spans as well: who asks early waits. */
  #serve(): void {
    if (this.#stops.length > 0) return;
    const { bus, subjects, settings } = this.#options;
    const { ask, return: returned } = subjects.assistance;
    this.#stops = [
      bus.serve(ask, (request) => this.#desk.ask(request)),
      bus.serve(returned, (result) => this.#desk.accept(result), { maxBodyBytes: settings.maxBodyBytes }),
    ];
  }

  /** Of all shards of a step. Returns what attackers were waited for. */
  async #passes(step: number, steps: Steps): Promise<number> {
    let waitMs = 0;
    this.#desk.open(step);
    for (;;) {
      const askedAt = performance.now();
      const next = await this.#desk.next(this.#wholeMs);
      const startedAt = performance.now();
      waitMs += startedAt - askedAt;
      if (this.#isClosed) throw new Error('the worker has left');
      if (!next) return waitMs;
      const { shard, given } = next;
      const fault = await steps.pass(shard, given?.adversarial);
      if (!given) this.#wholeMs = performance.now() - startedAt;
      else if (fault) {
        this.#options.bus.refuse(fault.reason, `${given.workerId}: ${fault.detail}`);
        this.#desk.refuse({ shard, given });
      }
    }
  }
}
