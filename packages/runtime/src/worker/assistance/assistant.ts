import { setTimeout as delay } from 'node:timers/promises';
import type { AssistanceReply, AssistTask, AttackTask, NamedTensors, Output } from '@sparring/protocol';
import { NoResponders, RequestTimeout } from '../../bus/bus.js';
import { ServiceFault } from '../../bus/service-fault.js';
import type { Joined, JoinOptions } from '../join.js';
import { StepGone } from '../state-source.js';

export interface AssistantOptions extends Pick<JoinOptions, 'bus' | 'subjects' | 'signal'>, Joined {
  /** Told of each attack: how long it was asked for, what it reads was gathered, and it took. */
  readonly onAttacked: (task: AttackTask, times: AttackTimes) => void;
}

export interface AttackTimes {
  readonly waitMs: number;
  readonly gatherMs: number;
  readonly computeMs: number;
}

type Attacked = Extract<Output, { kind: 'attack' }>['output']['adversarial'];

/** An attacker as the help of a trainer that advances. */
export class Assistant {
  readonly #options: AssistantOptions;
  #asks = 0;

  constructor(options: AssistantOptions) {
    this.#options = options;
  }

  /**
   * Attacks the shards that the trainer names until it says that the span is over, or is not heard any more. The next shard is attacked
   * while the last one's examples travel. `waitMs`: what was not computing.
   */
  async assist(span: AssistTask): Promise<{ readonly output: Output; readonly waitMs: number }> {
    const { computer, onAttacked } = this.#options;
    const beganAt = performance.now();
    let [attacks, attackingMs] = [0, 0];
    let returned = Promise.resolve();
    for (;;) {
      const askedAt = performance.now();
      const reply = await this.#ask(span);
      if (reply?.kind !== 'shard') {
        await returned;
        const waitMs = performance.now() - beganAt - attackingMs;
        return { output: { kind: 'assist', output: { attacks, dismissed: reply !== null } }, waitMs };
      }
      const task = attackOf(reply, span);
      const repliedAt = performance.now();
      const parameters = await this.#parametersOf(task, span);
      if (!parameters) continue;
      const gatheredAt = performance.now();
      const { output } = (await computer.compute(task, { parameters })) as Extract<Output, { kind: 'attack' }>;
      const computeMs = performance.now() - gatheredAt;
      onAttacked(task, { waitMs: repliedAt - askedAt, gatherMs: gatheredAt - repliedAt, computeMs });
      attacks += 1;
      attackingMs += computeMs;
      await returned;
      const returning = this.#return(task, output.adversarial);
      returned = returning.received;
      await Promise.race([returning.sent, returned]);
    }
  }

  /** Those of the span's first step are the coordinator's too; null where later ones were not heard. */
  async #parametersOf({ step, rollbacks }: AttackTask, span: AssistTask): Promise<NamedTensors | null> {
    const { source } = this.#options;
    if (step > span.step && !source.has(step, rollbacks)) return null;
    try {
      return await source.parametersOf(step, rollbacks);
    } catch (error) {
      if (error instanceof StepGone || isOfTrainer(error)) return null;
      throw error;
    }
  }

  /** null: the trainer is not heard. The coordinator has it assist again, while the span lasts. */
  async #ask({ step, rollbacks }: AssistTask): Promise<AssistanceReply | null> {
    const { bus, subjects, signal, workerId, settings } = this.#options;
    const { term } = settings;
    const question = { workerId, term, step, ...(rollbacks ? { rollbacks } : {}), ask: ++this.#asks };
    try {
      return await bus.request(subjects.assistance.ask, question, { signal, timeoutMs: silenceMs });
    } catch (error) {
      if (!isOfTrainer(error)) throw error;
      await delay(againMs);
      return null;
    }
  }

  #return({ step, shard, rollbacks }: AttackTask, adversarial: Attacked) {
    const { bus, subjects, signal, workerId, settings } = this.#options;
    let onSent = () => {};
    const sent = new Promise<void>((resolve) => {
      onSent = resolve;
    });
    const result = { workerId, term: settings.term, step, shard, ...(rollbacks ? { rollbacks } : {}), adversarial };
    const received = bus
      .request(subjects.assistance.return, result, { signal, timeoutMs: silenceMs, onSent })
      .then(() => {})
      .catch((error) => {
        if (!isOfTrainer(error)) throw error;
      });
    received.catch(() => {}); // met before the next is returned
    return { sent, received };
  }
}

function attackOf({ step, shard }: { readonly step: number; readonly shard: number }, { rollbacks }: AssistTask) {
  const task: AttackTask = { kind: 'attack', step, shard, parametersStep: step, ...(rollbacks ? { rollbacks } : {}) };
  return task;
}

/** It is gone, or does not answer: it will do without. */
function isOfTrainer(error: unknown): boolean {
  return error instanceof NoResponders || error instanceof RequestTimeout || error instanceof ServiceFault;
}

/** A trainer that has not answered for so long may be another one by now. */
const silenceMs = 10_000;
/** Before a trainer is asked again that was not there. */
const againMs = 100;
