import { release } from '@sparring/engine';
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
import { Norms, type StateNorms } from './norms.js';

/**
 * Owns parameters and optimizer state: a lone trainer's spans replace them, gradients that trainers exchange move them on by a
 * step, and replicas by a round. That is computed on this thread, which has nothing else to do meanwhile: whoever is to compute waits for it.
 */
export class StateKeeper {
  readonly #options: SessionOptions;
  readonly #onUpdate: (step: number, parameters: Parameters) => void;
  #step: number;
  #state: TrainingState;
  #session: Promise<TrainingSession> | undefined;
  /** Parameters of the newest steps, in shared memory; what is about to be overwritten is older than any task reads. */
  readonly #parameters = new Map<number, Parameters>();
  #lent: { readonly step: number; readonly parameters: Parameters } | undefined;
  #shared: TrainingState | undefined;
  readonly #norms = new Norms();
  readonly #tellTime: TellTime;
  updateMs = 0;

  /** @param onUpdate Told of the parameters that an update came to. */
  constructor(
    options: SessionOptions,
    step: number,
    state: TrainingState,
    onUpdate: (step: number, parameters: Parameters) => void = () => {},
    tellTime: TellTime = tellNobody,
  ) {
    this.#tellTime = tellTime;
    this.#options = options;
    this.#onUpdate = onUpdate;
    this.#step = step;
    this.#state = shared(state);
  }

  get step(): number {
    return this.#step;
  }

  /** L2 norms, computed when they are asked for, and sparingly. */
  get norms(): StateNorms {
    return this.#norms.read(this.#state);
  }

  /** The whole state of the current step, in shared memory. */
  state(): TrainingState {
    this.#shared ??= shared(this.#state);
    return this.#shared;
  }

  /** Are the parameters of this step here to be read? */
  holds(step: number): boolean {
    const age = this.#step - step;
    const recent = step >= 0 && age >= 0 && age <= historyLength(this.#options.definition);
    return recent || this.#parameters.has(step) || this.#lent?.step === step;
  }

  /** Parameters of the current step or of one up to `staleness` steps earlier (of step 0 before that), or lent, in shared memory. */
  parametersOf(step: number): Parameters {
    const wanted = Math.max(0, step);
    const kept = this.#parameters.get(wanted);
    if (kept) return kept;
    const age = this.#step - wanted;
    if (wanted === this.#lent?.step && age !== 0) return this.#lent.parameters;
    return within(age === 0 ? 'parameters' : `history/${age - 1}`, this.#state);
  }

  /** Has parameters read that may be of any step: those of a net that is to be measured. They are forgotten with the next step. */
  lend(step: number, parameters: Parameters): void {
    this.#lent = { step, parameters: shared(parameters) };
  }

  /** Takes the state that a trainer advanced to. */
  adopt(step: number, state: TrainingState): void {
    this.#step = step;
    this.#state = shared(state);
    this.#shared = undefined;
    this.#lent = undefined;
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
    this.#state = await session.update(before, this.#step, gradients);
    this.#shared = undefined;
    this.#lent = undefined;
    release([before, ...setsOf(gradients)].flatMap((tensors) => Object.values(tensors)));
    const updatedAt = performance.now();
    const parameters = within('parameters', this.#state);
    const target = this.#recycle(this.#step - keptSteps) ?? sharedLike(parameters);
    for (const [name, values] of Object.entries(parameters)) target[name]!.set(values);
    this.#parameters.set(++this.#step, target);
    this.#onUpdate(this.#step, target);
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
    return old;
  }
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
