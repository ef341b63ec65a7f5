import { EngineError, TracingError } from '../engine-error.js';
import { setPieceTracer } from '../piece.js';
import { checkOutputs, checkProgram, type Program, type TensorSpec } from '../program.js';
import { type Tensors, tf } from '../tensorflow.js';
import { withBackend } from '../tfjs/with-backend.js';
import { PieceRecorder } from './piece-recorder.js';
import { Recorder, setRecorder } from './recorder.js';
import { registerKernels, TracingBackend } from './tracing-backend.js';
import { resolve, type Value } from './value.js';

/** A recorded program: what it takes, what it gives, and all that lies between. */
export interface Graph {
  readonly program: Program;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly outputs: Readonly<Record<string, Value>>;
  /** Only what the outputs need, in order of computation; no Alias among them. */
  readonly values: readonly Value[];
}

const backendName = 'sparring-tracing';
let registered = false;

/**
 * Runs the program's function once on symbols and records it.
 * @throws EngineError | TracingError; the TensorFlow.js backend in use before is in use again either way
 */
export function trace(program: Program): Graph {
  checkProgram(program);
  const backend = new TracingBackend();
  tf.registerBackend(backendName, () => backend, 0);
  if (!registered) registerKernels(backendName);
  registered = true;
  try {
    let graph: Graph | undefined;
    withBackend(backendName, () =>
      tf.tidy(() => {
        graph = record(program, backend);
      }),
    );
    return graph!;
  } catch (error) {
    forgetTape();
    throw explained(program, error);
  } finally {
    tf.removeBackend(backendName);
  }
}

function record(program: Program, backend: TracingBackend): Graph {
  const recorder = new Recorder(program.name);
  setRecorder(recorder);
  setPieceTracer(new PieceRecorder(recorder, backend));
  try {
    const inputs = mapValues(program.inputs, ({ shape, dtype }, name) =>
      recorder.record({ op: 'Input', inputs: [], attributes: { name: { string: name } } }, shape, dtype),
    );
    const tensors: Tensors = program.fn(mapValues(inputs, (value) => backend.tensor(value)));
    const outputs = mapValues(tensors, (tensor, name) => {
      if (!(tensor instanceof tf.Tensor)) throw new EngineError(`${program.name}: output ${name} is not a tensor`);
      return recorder.local(backend.value(tensor));
    });
    for (const output of Object.values(outputs)) output.uses++;
    recorder.close();
    checkOutputs(program, mapValues(outputs, specOf));
    const resolved = mapValues(outputs, resolve);
    return { program, inputs, outputs: resolved, values: needed(recorder.values, Object.values(resolved)) };
  } finally {
    setPieceTracer(null);
    setRecorder(null);
  }
}

/** Shape and type of a value of the program, none of which is an int64. */
export function specOf({ shape, dtype }: Value): TensorSpec {
  return { shape, dtype: dtype as TensorSpec['dtype'] };
}

/** Dead-code removal: the very last pass, so that what is left of a pruned program is as in the whole one. */
function needed(values: readonly Value[], outputs: readonly Value[]): Value[] {
  const live = new Set(outputs);
  for (const value of [...values].reverse()) {
    if (!live.has(value)) continue;
    const inputs = value.operation.inputs.map(resolve);
    value.operation = { ...value.operation, inputs };
    for (const input of inputs) live.add(input);
  }
  return values.filter((value) => live.has(value));
}

/** An exception within tf.grad leaves its tape behind, and with it the tensors kept for the backward pass. */
function forgetTape(): void {
  const { state } = tf.engine();
  if (state.gradientDepth > 0) return;
  for (const node of state.activeTape ?? []) for (const tensor of node.saved ?? []) tensor.dispose();
  state.activeTape = null as unknown as typeof state.activeTape;
}

function explained(program: Program, error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  const kernel = /^Kernel '(\w+)' not registered for backend/.exec(message)?.[1];
  if (kernel) {
    return new TracingError(
      `${program.name}: the op '${kernel}' cannot be traced: write it with others, or run on a TensorFlow.js engine`,
    );
  }
  if (error instanceof TracingError) return new TracingError(`${program.name}: ${message}`, { cause: error });
  return error;
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T, name: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}
