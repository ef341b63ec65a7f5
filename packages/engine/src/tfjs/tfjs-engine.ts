import type { Arrays, Engine, EngineName, Executable, TensorArray } from '../engine.js';
import { EngineError } from '../engine-error.js';
import { checkFeeds, type FeedPlan, planFeeds } from '../feeds.js';
import { checkOutputs, checkProgram, elements, type Program, type TensorSpec } from '../program.js';
import { type Tensors, tf } from '../tensorflow.js';
import { withBackend } from './with-backend.js';

/** Runs a program's function as it stands on a TensorFlow.js backend that is registered and ready. */
export class TfjsEngine implements Engine {
  readonly name: EngineName;
  readonly version: string;
  readonly #backend: string;

  constructor(name: EngineName, backend: string, version: string) {
    this.name = name;
    this.#backend = backend;
    this.version = version;
  }

  async compile(program: Program): Promise<Executable> {
    checkProgram(program);
    return new TfjsExecutable(program, this.#backend);
  }
}

class TfjsExecutable implements Executable {
  readonly outputs: Record<string, TensorSpec>;
  readonly #program: Program;
  readonly #backend: string;
  readonly #plan: FeedPlan;
  #disposed = false;

  constructor(program: Program, backend: string) {
    this.#program = program;
    this.#backend = backend;
    this.#plan = planFeeds(program);
    const zeros = Object.entries(program.inputs).map(([name, spec]) => [name, zerosOf(spec, 1)] as const);
    const specs: Record<string, TensorSpec> = {};
    this.#step(Object.fromEntries(zeros), (name, { shape, dtype }) => {
      specs[name] = { shape: [...shape], dtype: dtype as TensorSpec['dtype'] };
    });
    checkOutputs(program, specs);
    this.outputs = specs;
  }

  async run(arrays: Arrays): Promise<Arrays> {
    if (this.#disposed) throw new EngineError(`${this.#program.name}: run after dispose`);
    const steps = checkFeeds(this.#plan, arrays);
    const { state, sequence } = this.#program.scan ?? { state: [], sequence: [] };
    const stacked = Object.keys(this.outputs).filter((name) => !state.includes(name));
    const results: Arrays = Object.fromEntries(stacked.map((name) => [name, zerosOf(this.outputs[name]!, steps)]));
    const fed: Arrays = { ...arrays };
    for (let step = 0; step < steps; step++) {
      for (const name of sequence) {
        const size = elements(this.#program.inputs[name]!.shape);
        fed[name] = arrays[name]!.subarray(step * size, (step + 1) * size);
      }
      const next: Arrays = {};
      this.#step(fed, (name, tensor) => {
        const values = tensor.dataSync() as TensorArray;
        if (state.includes(name)) next[name] = values.slice();
        else results[name]!.set(values, step * tensor.size);
      });
      Object.assign(fed, next);
    }
    for (const name of state) results[name] = fed[name]!;
    return results;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
  }

  #step(arrays: Arrays, read: (name: string, tensor: tf.Tensor) => void): void {
    const { inputs, fn } = this.#program;
    withBackend(this.#backend, () =>
      tf.tidy(() => {
        const tensors: Tensors = {};
        for (const [name, { shape, dtype }] of Object.entries(inputs)) {
          tensors[name] = tf.tensor(arrays[name]!, [...shape], dtype);
        }
        for (const [name, tensor] of Object.entries(fn(tensors))) read(name, tensor);
      }),
    );
  }
}

function zerosOf({ dtype, shape }: TensorSpec, steps: number): TensorArray {
  const size = steps * elements(shape);
  if (dtype === 'float32') return new Float32Array(size);
  return dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
}
