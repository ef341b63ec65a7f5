import type { DataSet } from '@sparring/data';
import { release } from '@sparring/engine';
import { type AdversarialBatch, packAdversarial, type ShardOfStep, unpackAdversarial } from './adversarial-batch.js';
import { type EvaluationSums, evaluateExamples } from './evaluation.js';
import { fingerprint } from './fingerprint.js';
import { within } from './names.js';
import { ParameterCache } from './parameter-cache.js';
import type { EvaluationAttack } from './programs/evaluate.js';
import { type PassPart, type PassResult, type SessionOptions, TrainingSession } from './session.js';
import { historyLength, type TrainingState } from './state.js';
import type { Parameters } from './step-gradients.js';
import { StepwiseAdvance } from './stepwise-advance.js';

export interface TaskRunnerOptions extends SessionOptions {
  /** Adversarial examples go over a network: fewer bytes are worth some time. */
  readonly packAdversarial?: boolean;
}

/**
 * Computes tasks on one thread, and keeps the parameters it met last. Parameters are known by their step, and by how often the run was
 * rolled back before: whoever computes them, they have the same bits, so what is kept never needs to be compared.
 */
export class TaskRunner {
  readonly #session: TrainingSession;
  readonly #dataSet: DataSet;
  readonly #packs: boolean;
  readonly #kept: ParameterCache;
  #state: { step: number; rollbacks: number; tensors: TrainingState } | undefined;
  #steps: StepwiseAdvance | undefined;

  private constructor(session: TrainingSession, options: TaskRunnerOptions) {
    this.#session = session;
    this.#dataSet = options.dataSet;
    this.#packs = options.packAdversarial ?? false;
    // Those of the step, of the one attacked, and one more that a probe may still be measuring.
    this.#kept = new ParameterCache(2 + session.definition.staleness);
  }

  /** @param before One of the same shape (`shapeOf`) that is used no more: what it compiled is taken over. */
  static async open(options: TaskRunnerOptions, before?: TaskRunner): Promise<TaskRunner> {
    return new TaskRunner(await TrainingSession.open(options, before ? before.#session : undefined), options);
  }

  /** Bytes of the model's parameters. */
  get parameterBytes(): number {
    const shapes = Object.values(this.#session.model.parameters);
    return shapes.reduce((sum, shape) => sum + 4 * shape.reduce((size, length) => size * length, 1), 0);
  }

  /** Gives back what it compiled. */
  close(): Promise<void> {
    return this.#session.close();
  }

  /**
   * Goes on from the given state, else from the one that is kept. The returned state is kept, up to the next call: pass on a copy,
   * never move it away. That of one of several replicas is not: the next round begins with their average.
   */
  async advance(
    task: { step: number; numSteps: number; replica: number; rollbacks?: number },
    state: TrainingState | undefined,
  ) {
    const { step, numSteps, replica, rollbacks = 0 } = task;
    const kept = state === undefined && this.#holds(step, rollbacks) ? this.#state!.tensors : undefined;
    const before = kept ?? owned(required(state, 'state'));
    const advanced = await this.#session.advance(before, step, numSteps, replica, rollbacks);
    if (kept) release(Object.values(kept));
    if (this.#session.definition.replicas === 1)
      this.#state = { step: step + numSteps, rollbacks, tensors: advanced.state };
    return advanced;
  }

  /** The same, shard by shard: `endSteps` ends it. */
  beginSteps({ step, rollbacks = 0 }: { step: number; rollbacks?: number }, state: TrainingState | undefined): void {
    const kept = state === undefined && this.#holds(step, rollbacks) ? this.#state!.tensors : undefined;
    // It is used up, whatever becomes of the steps.
    this.#state = undefined;
    this.#steps = new StepwiseAdvance(this.#session, kept ?? owned(required(state, 'state')), step, rollbacks);
  }

  /** Of those that were begun. */
  get steps(): StepwiseAdvance {
    return required(this.#steps, 'state');
  }

  /** The state that they came to: it is kept, as that of `advance` is. */
  endSteps(): TrainingState {
    const { step, rollbacks, state } = this.steps;
    this.#steps = undefined;
    this.#state = { step, rollbacks, tensors: state };
    return state;
  }

  async pass(
    task: ShardOfStep & { part: PassPart },
    inputs: { parameters?: Parameters; attacked?: Parameters; adversarial?: AdversarialBatch },
  ): Promise<PassResult> {
    const { rollbacks = 0 } = task;
    const parameters = this.#parametersOf(task.step, rollbacks, inputs.parameters);
    const { attacked, adversarial } = inputs;
    const { definition } = this.#session;
    const attackedStep = Math.max(0, task.step - definition.staleness);
    const stale = task.part === 'whole' && historyLength(definition) > 0;
    const adversarialX = adversarial ? await unpackAdversarial(this.#session, task, adversarial) : undefined;
    const extra = {
      ...(stale ? { attacked: this.#parametersOf(attackedStep, rollbacks, attacked) } : {}),
      ...(adversarialX ? { adversarialX: ownedArray(adversarialX) } : {}),
    };
    return this.#session.pass(task.part, parameters, task.step, task.shard, extra, rollbacks);
  }

  async attack(
    task: ShardOfStep & { parametersStep: number },
    inputs: { parameters?: Parameters },
  ): Promise<{ adversarial: AdversarialBatch }> {
    const { rollbacks = 0 } = task;
    const parameters = this.#parametersOf(task.parametersStep, rollbacks, inputs.parameters);
    const adversarialX = await this.#session.attack(parameters, task.step, task.shard, rollbacks);
    if (!this.#packs) return { adversarial: { encoding: 'float32', examples: adversarialX } };
    return { adversarial: await packAdversarial(this.#session, task, adversarialX) };
  }

  async probe(
    task: {
      split: 'validation' | 'test';
      attack: string;
      from: number;
      to: number;
      parametersStep: number;
      rollbacks?: number;
    },
    inputs: { parameters?: Parameters },
  ): Promise<EvaluationSums> {
    const parameters = this.#parametersOf(task.parametersStep, task.rollbacks ?? 0, inputs.parameters);
    const attack: EvaluationAttack = task.attack === 'clean' ? 'clean' : JSON.parse(task.attack);
    return evaluateExamples(this.#session, parameters, this.#dataSet[task.split], attack, task.from, task.to);
  }

  /** Makes the inputs of a task that is likely to come ready; the task itself may go to another worker. */
  prepare(
    task:
      | { kind: 'pass'; part: PassPart; step: number; shard: number; rollbacks?: number }
      | { kind: 'attack'; step: number; shard: number; rollbacks?: number },
  ) {
    const { step, shard, rollbacks } = task;
    return this.#session.prepare(task.kind === 'pass' ? task.part : 'attack', step, shard, rollbacks);
  }

  /** Name and version of what computes here, and the digest of the run's first two steps, computed here. */
  async fingerprint(): Promise<{ engine: string; fingerprint: string }> {
    const { name, version } = this.#session.engine;
    return { engine: `${name} ${version}`, fingerprint: await fingerprint(this.#session) };
  }

  #parametersOf(step: number, rollbacks: number, given: Parameters | undefined): Parameters {
    if (given === undefined && this.#holds(step, rollbacks)) return within('parameters', this.#state!.tensors);
    const key = `${step} after ${rollbacks}`;
    return this.#kept.get(key) ?? this.#kept.put(key, required(given, 'parameters'));
  }

  #holds(step: number, rollbacks: number): boolean {
    return this.#state?.step === step && this.#state.rollbacks === rollbacks;
  }
}

/** Copies of arrays in memory of this thread's own: engines take no shared memory. */
export function owned(tensors: Record<string, Float32Array>): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(tensors).map(([name, values]) => [name, ownedArray(values)]));
}

function ownedArray(values: Float32Array): Float32Array {
  return values.buffer instanceof ArrayBuffer ? values : new Float32Array(values);
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the lease came without ${name}, and this worker holds none`);
  return value;
}
