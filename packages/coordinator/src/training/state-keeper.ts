import { release } from '@sparring/engine';
import type { Lineage } from '@sparring/protocol';
import {
  historyLength,
  owned,
  type Parameters,
  type SessionOptions,
  type StepGradients,
  setsOf,
  TrainingSession,
  type TrainingState,
  within,
} from '@sparring/training';
import { type TellTime, tellNobody } from '../step-times.js';
import { Loans } from './loans.js';
import { Norms, type StateNorms } from './norms.js';

export interface KeeperOptions {
  /** Told of the parameters that an update came to. */
  readonly onUpdate?: OnUpdate;
  /** How often the run was rolled back before. */
  readonly rollbacks?: number;
  /** Told how long the parts of an update took. */
  readonly tellTime?: TellTime;
}

type OnUpdate = (step: number, parameters: Parameters, lineage: Lineage) => void;

/**
 * Owns parameters and optimizer state: a lone trainer's spans replace them, gradients that trainers exchange move them on by a
 * step, and replicas by a round. That is computed on this thread, which has nothing else to do meanwhile: whoever is to compute waits for it.
 *
 * Parameters are known by their step and by how often the run was rolled back before: the count of steps goes on through rollbacks.
 */
export class StateKeeper {
  readonly #options: SessionOptions;
  readonly #onUpdate: OnUpdate;
  #step: number;
  #rollbacks: number;
  #state: TrainingState;
  #session: Promise<TrainingSession> | undefined;
  /** Parameters of the newest steps, in shared memory; what is about to be overwritten is older than any task reads. */
  readonly #parameters = new Map<number, Parameters>();
  /** Those of them whose memory is this keeper's to use again; a state's may lie in a checkpoint that waits to be written. */
  readonly #own = new WeakSet<Parameters>();
  readonly #loans = new Loans();
  #shared: TrainingState | undefined;
  readonly #norms = new Norms();
  readonly #tellTime: TellTime;
  updateMs = 0;

  constructor(
    options: SessionOptions,
    step: number,
    state: TrainingState,
    { onUpdate = () => {}, rollbacks = 0, tellTime = tellNobody }: KeeperOptions = {},
  ) {
    this.#tellTime = tellTime;
    this.#options = options;
    this.#onUpdate = onUpdate;
    this.#step = step;
    this.#rollbacks = rollbacks;
    this.#state = shared(state);
  }

  get step(): number {
    return this.#step;
  }

  get rollbacks(): number {
    return this.#rollbacks;
  }

  /** What every task that is laid down now is to carry. */
  get lineage(): Lineage {
    return this.#rollbacks > 0 ? { rollbacks: this.#rollbacks } : {};
  }

  /** L2 norms, computed when they are asked for, and sparingly. */
  get norms(): StateNorms {
    return this.#norms.read(this.#state);
  }

  /** The whole state of the current step, in shared memory. It stays as it is when the next step is taken. */
  state(): TrainingState {
    this.#shared ??= shared(this.#state);
    return this.#shared;
  }

  /** Are the parameters of this step here to be read? */
  holds(step: number, rollbacks = 0): boolean {
    if (this.#loans.get(keyOf(step, rollbacks))) return true;
    const age = this.#step - step;
    const recent = step >= 0 && age >= 0 && age <= historyLength(this.#options.definition);
    return rollbacks === this.#rollbacks && (recent || this.#parameters.has(step));
  }

  /** Parameters of the current step or of one up to `staleness` steps earlier (of step 0 before that), or lent, in shared memory. */
  parametersOf(step: number, rollbacks = this.#rollbacks): Parameters {
    const wanted = Math.max(0, step);
    const lent = this.#loans.get(keyOf(wanted, rollbacks));
    if (lent) return lent;
    const kept = this.#parameters.get(wanted);
    if (kept) return kept;
    const age = this.#step - wanted;
    return within(age === 0 ? 'parameters' : `history/${age - 1}`, this.#state);
  }

  /**
   * Has parameters read that may be of any step, and of any line of the run's: those of a net that is measured, while steps go on. They are
   * held, as they are, until what is returned is called.
   */
  lend(step: number, parameters: Parameters, rollbacks = this.#rollbacks): () => void {
    return this.#loans.lend(keyOf(step, rollbacks), shared(parameters));
  }

  /** Goes back to an earlier state. The count of steps goes on, and whatever is of the steps before is of another line. */
  restore(state: TrainingState): void {
    this.#rollbacks++;
    this.adopt(this.#step, state);
  }

  /** Takes the state that a trainer advanced to. */
  adopt(step: number, state: TrainingState): void {
    this.#step = step;
    this.#state = shared(state);
    this.#shared = undefined;
    this.#norms.forgetGradient();
    this.#parameters.clear();
  }

  /** A round further: the average of the states that its replicas advanced to, in their order. They are used up. */
  async average(step: number, replicas: readonly TrainingState[]): Promise<void> {
    const session = await this.#openSession();
    const startedAt = performance.now();
    const averaged = await session.average(replicas);
    this.adopt(step, averaged);
    release([averaged, ...replicas].flatMap((state) => Object.values(state)));
    const tookMs = performance.now() - startedAt;
    this.updateMs += tookMs;
    this.#tellTime('average', tookMs);
  }

  /** Combine, reduce and update: one step further. The gradients are used up. */
  async update(gradients: StepGradients): Promise<void> {
    const session = await this.#openSession();
    const startedAt = performance.now();
    this.#norms.see(setsOf(gradients));
    const keptSteps = historyLength(this.#options.definition) + 1;
    for (let age = 0; age < keptSteps && age <= this.#step; age++) {
      this.#parameters.set(this.#step - age, this.parametersOf(this.#step - age));
    }
    const before = owned(this.#state);
    this.#state = await session.update(before, this.#step, gradients, this.#rollbacks);
    this.#shared = undefined;
    release([before, ...setsOf(gradients)].flatMap((tensors) => Object.values(tensors)));
    const updatedAt = performance.now();
    const parameters = within('parameters', this.#state);
    const target = this.#recycle(this.#step - keptSteps) ?? sharedLike(parameters);
    for (const [name, values] of Object.entries(parameters)) target[name]!.set(values);
    this.#own.add(target);
    this.#parameters.set(++this.#step, target);
    this.#onUpdate(this.#step, target, this.lineage);
    const now = performance.now();
    this.updateMs += now - startedAt;
    this.#tellTime('update', updatedAt - startedAt);
    this.#tellTime('broadcast', now - updatedAt);
  }

  async close(): Promise<void> {
    // A session that could not be opened has failed the run already.
    await this.#session?.then((session) => session.close()).catch(() => {});
  }

  #openSession(): Promise<TrainingSession> {
    this.#session ??= TrainingSession.open(this.#options);
    return this.#session;
  }

  #recycle(step: number): Parameters | undefined {
    const old = this.#parameters.get(step);
    this.#parameters.delete(step);
    // Workers of this process may still measure what they heard, where that step is lent.
    const isFree = old !== undefined && this.#own.has(old) && !this.#loans.get(keyOf(step, this.#rollbacks));
    return isFree ? old : undefined;
  }
}

function keyOf(step: number, rollbacks: number): string {
  return `${step} after ${rollbacks}`;
}

/** The same values in shared memory; what lies there already stays where it is. */
function shared(tensors: Record<string, Float32Array>): Record<string, Float32Array> {
  const resting = Object.values(tensors).every(({ buffer }) => buffer instanceof SharedArrayBuffer);
  if (resting) return tensors;
  const copies = sharedLike(tensors);
  for (const [name, values] of Object.entries(tensors)) copies[name]!.set(values);
  return copies;
}

function sharedLike(tensors: Record<string, Float32Array>): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { byteLength }]) => [
      name,
      new Float32Array(new SharedArrayBuffer(byteLength)),
    ]),
  );
}
