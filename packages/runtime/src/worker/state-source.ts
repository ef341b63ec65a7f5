import type { NamedTensors, Subjects, TensorLayout, TensorsReply, TensorsRequest } from '@sparring/protocol';
import type { Bus, Stop } from '../bus/bus.js';

export interface StateSourceOptions {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly term: number;
  /** Bytes of the run's largest body. */
  readonly maxBodyBytes: number;
  /** Steps whose parameters are kept, the newest that were heard or fetched: older ones are overwritten where memory is shared. */
  readonly keptSteps: number;
  readonly signal: AbortSignal;
  /** Elements that are asked for at once; 8 MB of them by default. */
  readonly partElements?: number;
}

/**
 * Parameters and state of a run as a worker gets them: heard when the coordinator, or a trainer
 * that is helped, publishes them, else fetched. Nothing here needs
 * comparing: of a step, after so many rollbacks, there is only one set of parameters, whoever computed it.
 */
export class StateSource {
  readonly #options: StateSourceOptions;
  readonly #kept = new Map<string, Promise<NamedTensors>>();
  readonly #stop: Stop;
  #state: { readonly key: string; readonly tensors: Promise<NamedTensors> } | undefined;

  constructor(options: StateSourceOptions) {
    this.#options = options;
    const { bus, subjects, term, maxBodyBytes } = options;
    this.#stop = bus.subscribe(
      subjects.parameters.publish,
      ({ term: given, step, rollbacks, parameters }) => {
        if (given === term) this.#keep(keyOf(step, rollbacks), Promise.resolve(parameters));
        else bus.refuse(given < term ? 'old-term' : 'unknown', `parameters ${step} of term ${given}, in term ${term}`);
      },
      { maxBodyBytes },
    );
  }

  /** Whether they were heard, or fetched, or are being fetched. */
  has(step: number, rollbacks = 0): boolean {
    return this.#kept.has(keyOf(step, rollbacks));
  }

  /** In memory that threads share. @throws StepGone */
  parametersOf(step: number, rollbacks = 0): Promise<NamedTensors> {
    const key = keyOf(step, rollbacks);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const fetched = this.#fetch('parameters', step, rollbacks);
    this.#keep(key, fetched);
    fetched.catch(() => {
      // Unless it was heard meanwhile.
      if (this.#kept.get(key) === fetched) this.#kept.delete(key);
    });
    return fetched;
  }

  /** The whole state before a step, in memory that threads share. @throws StepGone */
  stateOf(step: number, rollbacks = 0): Promise<NamedTensors> {
    const key = keyOf(step, rollbacks);
    // A trainer may take several replicas of a round, all from the same state.
    if (this.#state?.key !== key) {
      const tensors = this.#fetch('state', step, rollbacks);
      this.#state = { key, tensors };
      tensors.catch(() => {
        this.#state = undefined;
      });
    }
    return this.#state.tensors;
  }

  close(): void {
    this.#stop();
  }

  #keep(key: string, parameters: Promise<NamedTensors>): void {
    this.#kept.delete(key);
    this.#kept.set(key, parameters);
    if (this.#kept.size > this.#options.keptSteps) this.#kept.delete(this.#kept.keys().next().value!);
  }

  async #fetch(what: TensorsRequest['what'], step: number, rollbacks: number): Promise<NamedTensors> {
    const { term, partElements: length = 2 ** 21 } = this.#options;
    const tensors = new Assembly(this.#options.maxBodyBytes);
    for (let offset = 0; offset < tensors.size; offset += length) {
      const reply = await this.#ask({ term, step, rollbacks, what, offset, length });
      if (reply.kind === 'gone') throw new StepGone(step);
      tensors.add(reply);
    }
    return tensors.whole();
  }

  #ask(request: TensorsRequest): Promise<TensorsReply> {
    const { bus, subjects, signal } = this.#options;
    return bus.request(subjects.parameters.fetch, request, { signal, maxBodyBytes: 4 * request.length });
  }
}

function keyOf(step: number, rollbacks = 0): string {
  return `${step} after ${rollbacks}`;
}

/** The coordinator has moved on: the task that wanted this step is nobody's any more. */
export class StepGone extends Error {
  override readonly name = 'StepGone';

  constructor(step: number) {
    super(`step ${step} is gone`);
  }
}

type Part = Extract<TensorsReply, { kind: 'part' }>;

/** Puts tensors together from parts that arrive in order. A tensor that comes whole stays where it is. */
class Assembly {
  readonly #maxBytes: number;
  #layout: readonly TensorLayout[] | undefined;
  readonly #tensors: NamedTensors = {};

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Elements in all; unknown, hence not nothing, before the first part. */
  get size(): number {
    return this.#layout?.reduce((sum, { elements }) => sum + elements, 0) ?? 1;
  }

  add({ layout, slices }: Part): void {
    this.#layout ??= layout;
    if (4 * this.size > this.#maxBytes)
      throw new Error(`tensors of ${4 * this.size} bytes, of ${this.#maxBytes} at most`);
    for (const { name, from, values } of slices) {
      const elements = this.#layout.find((tensor) => tensor.name === name)?.elements ?? 0;
      if (from + values.length > elements) throw new Error(`${name}: ${from + values.length} elements of ${elements}`);
      if (values.length === elements) this.#tensors[name] = values;
      else this.#target(name, elements).set(values, from);
    }
  }

  #target(name: string, elements: number): Float32Array {
    const target = this.#tensors[name] ?? new Float32Array(new SharedArrayBuffer(4 * elements));
    this.#tensors[name] = target;
    return target;
  }

  whole(): NamedTensors {
    // Nothing is sent of a tensor without elements.
    return Object.fromEntries(this.#layout!.map(({ name }) => [name, this.#tensors[name] ?? new Float32Array()]));
  }
}
