import { ComputeThread } from '@sparring/runtime';
import {
  historyLength,
  type Parameters,
  type SessionOptions,
  type StepGradients,
  setsOf,
  type TrainingState,
  within,
} from '@sparring/training';

/**
 * Owns parameters and optimizer state. While a lone trainer advances, the state rests here between its spans; while trainers
 * exchange gradients every step, it lives on the update thread and only the parameters come out, into shared memory.
 */
export class StateKeeper {
  readonly #options: SessionOptions;
  #step: number;
  /** The state of #step; undefined while only the update thread has it. */
  #resting: TrainingState | undefined;
  #thread: ComputeThread | undefined;
  /** Parameters of the newest steps, in shared memory; what is about to be overwritten is older than any task reads. */
  readonly #parameters = new Map<number, Parameters>();
  updateMs = 0;

  constructor(options: SessionOptions, step: number, state: TrainingState) {
    this.#options = options;
    this.#step = step;
    this.#resting = shared(state);
  }

  get step(): number {
    return this.#step;
  }

  /** The whole state of the current step, in shared memory. */
  async state(): Promise<TrainingState> {
    this.#resting ??= shared(await this.#thread!.call<TrainingState>('read', undefined));
    return this.#resting;
  }

  /** Parameters of the current step or of one up to `staleness` steps earlier (of step 0 before that), in shared memory. */
  parametersOf(step: number): Parameters {
    const wanted = Math.max(0, step);
    const kept = this.#parameters.get(wanted);
    if (kept) return kept;
    const age = this.#step - wanted;
    return within(age === 0 ? 'parameters' : `history/${age - 1}`, this.#resting!);
  }

  /** Takes the state that a trainer advanced to. */
  adopt(step: number, state: TrainingState): void {
    this.#step = step;
    this.#resting = shared(state);
    this.#parameters.clear();
  }

  /** Combine, reduce and update on the update thread: one step further. */
  async update(gradients: StepGradients): Promise<void> {
    const thread = await this.#openThread();
    const keptSteps = historyLength(this.#options.definition) + 1;
    if (this.#resting) {
      for (let age = 0; age < keptSteps && age <= this.#step; age++) {
        this.#parameters.set(this.#step - age, this.parametersOf(this.#step - age));
      }
      await thread.call('load', this.#resting);
      this.#resting = undefined;
    }
    const startedAt = performance.now();
    const target = this.#recycle(this.#step - keptSteps) ?? sharedLike(this.parametersOf(this.#step));
    await thread.call('update', { step: this.#step, gradients, target }, buffersOf(gradients));
    this.#parameters.set(++this.#step, target);
    this.updateMs += performance.now() - startedAt;
  }

  async close(): Promise<void> {
    await this.#thread?.destroy();
  }

  async #openThread(): Promise<ComputeThread> {
    if (!this.#thread) {
      this.#thread = new ComputeThread(new URL('./update-thread.js', import.meta.url));
      await this.#thread.call('open', this.#options);
    }
    return this.#thread;
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

function buffersOf(gradients: StepGradients): ArrayBuffer[] {
  return [
    ...new Set(setsOf(gradients).flatMap((set) => Object.values(set).map(({ buffer }) => buffer as ArrayBuffer))),
  ];
}
