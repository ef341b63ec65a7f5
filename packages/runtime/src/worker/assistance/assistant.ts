import { setTimeout as delay } from 'node:timers/promises';
import type {
  AdversarialBatch,
  AssistanceReply,
  AssistTask,
  AttackTask,
  NamedTensors,
  Output,
  Outputs,
} from '@sparring/protocol';
import { NoResponders, RequestTimeout } from '../../bus/bus.js';
import { ServiceFault } from '../../bus/service-fault.js';
import type { Joined, JoinOptions } from '../join.js';
import { StepGone } from '../state-source.js';

export interface AssistantOptions extends Pick<JoinOptions, 'bus' | 'subjects' | 'signal'>, Joined {
  readonly onEvent: (event: AssistantEvent) => void;
}

export type AssistantEvent =
  /** An attack: how long it was asked for, what it reads was gathered, and it took. */
  | {
      readonly kind: 'performed';
      readonly task: AttackTask;
      readonly waitMs: number;
      readonly gatherMs: number;
      readonly computeMs: number;
    }
  /** Its trainer did not wait for the examples. */
  | { readonly kind: 'stale' };

interface Attacked {
  readonly task: AttackTask;
  readonly computeMs: number;
  readonly adversarial: AdversarialBatch;
}

/** An attacker as the help of a trainer that advances. */
export class Assistant {
  readonly #options: AssistantOptions;
  #asks = 0;

  constructor(options: AssistantOptions) {
    this.#options = options;
  }

  /**
   * Attacks the shards that the trainer names until it says that the span is over, is not heard any more, or half of the lease has passed:
   * to wait for a trainer is not to hang. The next shard is attacked while the last one's examples travel. `waitMs`: what was not computing.
   */
  async assist(
    span: AssistTask,
    leaseMs: number,
  ): Promise<{ readonly output: Extract<Output, { kind: 'assist' }>; readonly waitMs: number }> {
    const beganAt = performance.now();
    const until = beganAt + leaseMs / 2;
    let [attacks, attackingMs] = [0, 0];
    let returned = Promise.resolve();
    for (;;) {
      const askedAt = performance.now();
      const reply = await this.#ask(span, until - askedAt);
      if (reply?.kind !== 'shard') {
        await returned;
        const waitMs = performance.now() - beganAt - attackingMs;
        return { output: { kind: 'assist', output: { attacks, dismissed: reply !== null } }, waitMs };
      }
      const attacked = await this.#attack(attackOf(reply, span), span, askedAt);
      if (!attacked) continue;
      attacks += 1;
      attackingMs += attacked.computeMs;
      await returned;
      const returning = this.#return(attacked, leaseMs / 4);
      returned = returning.received;
      await Promise.race([returning.sent, returned]);
    }
  }

  /** null: its parameters were not heard. */
  async #attack(task: AttackTask, span: AssistTask, askedAt: number): Promise<Attacked | null> {
    const repliedAt = performance.now();
    const parameters = await this.#parametersOf(task, span);
    if (!parameters) return null;
    const gatheredAt = performance.now();
    const { output } = await this.#options.computer.compute(task, { parameters });
    const computeMs = performance.now() - gatheredAt;
    const waited = { waitMs: repliedAt - askedAt, gatherMs: gatheredAt - repliedAt };
    this.#options.onEvent({ kind: 'performed', task, ...waited, computeMs });
    return { task, computeMs, adversarial: (output as Outputs['attack']).adversarial };
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

  /** null: the trainer is not heard, or time is up. The coordinator has it assist again, while the span lasts. */
  async #ask({ step, rollbacks }: AssistTask, timeoutMs: number): Promise<AssistanceReply | null> {
    if (timeoutMs <= 0) return null;
    const { bus, subjects, signal, workerId, settings } = this.#options;
    const { term } = settings;
    const question = { workerId, term, step, ...(rollbacks ? { rollbacks } : {}), ask: ++this.#asks };
    try {
      return await bus.request(subjects.assistance.ask, question, { signal, timeoutMs });
    } catch (error) {
      if (!isOfTrainer(error)) throw error;
      if (!(error instanceof RequestTimeout)) await delay(againMs);
      return null;
    }
  }

  #return({ task: { step, shard, rollbacks }, adversarial }: Attacked, timeoutMs: number) {
    const { bus, subjects, signal, workerId, settings, onEvent } = this.#options;
    let onSent = () => {};
    const sent = new Promise<void>((resolve) => {
      onSent = resolve;
    });
    const result = { workerId, term: settings.term, step, shard, ...(rollbacks ? { rollbacks } : {}), adversarial };
    const received = bus
      .request(subjects.assistance.return, result, { signal, timeoutMs, onSent })
      .then((receipt) => {
        if (receipt === 'stale') onEvent({ kind: 'stale' });
      })
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

/** Before a trainer is asked again that was not there. */
const againMs = 25;
