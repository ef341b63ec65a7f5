import type { Arrays } from './engine.js';
import { EngineError } from './engine-error.js';
import { checkFeeds, planFeeds } from './feeds.js';
import { graphProto } from './onnx/graph-proto.js';
import { encodeModel, type TypedName } from './onnx/model-proto.js';
import { symbolicBatch } from './onnx/symbolic-batch.js';
import type { Program } from './program.js';
import { trace } from './tracing/trace.js';

/**
 * A self-contained ONNX model (opset 17) of the program.
 *
 * @param constants arrays for all inputs but one (such as the parameters): they become part of the model. The one left must be
 *   float32; its axis 0, and that of the outputs that follow it, becomes the dynamic dimension "batch".
 * @throws EngineError when the program cannot be written for every batch size
 */
export function exportOnnx(program: Program, constants: Arrays): Uint8Array {
  const free = freeInput(program, constants);
  const { [free]: _, ...fixed } = program.inputs;
  checkFeeds(planFeeds({ ...program, inputs: fixed }), constants);
  const sizes = batchSizes(program);
  const [graph, other] = sizes.map((size) => trace(withBatch(program, free, size)));
  const proto = graphProto(symbolicBatch(graph!, other!, free));
  const dynamic = ({ name, dtype, shape }: TypedName, at: readonly number[]): TypedName => ({
    name,
    dtype,
    shape: shape.map((size, axis) =>
      size === at[axis] ? size : batchName(program.name, name, axis, [size, at[axis]!], sizes),
    ),
  });
  return encodeModel({
    ...proto,
    inputs: proto.inputs.filter(({ name }) => name === free).map((input) => dynamic(input, other!.inputs[free]!.shape)),
    outputs: proto.outputs.map((output, i) => dynamic(output, Object.values(other!.outputs)[i]!.shape)),
    initializers: [
      ...proto.initializers,
      ...Object.entries(fixed).map(([name, { shape, dtype }]) => ({ name, shape, dtype, data: constants[name]! })),
    ],
  });
}

function freeInput({ name, inputs, scan }: Program, constants: Arrays): string {
  if (scan) throw new EngineError(`${name}: a program with a scan cannot be exported`);
  const free = Object.keys(inputs).filter((input) => !(input in constants));
  const spec = inputs[free[0] ?? ''];
  if (free.length !== 1 || spec?.dtype !== 'float32' || spec.shape.length === 0) {
    throw new EngineError(
      `${name}: expected constants for all inputs but one float32 with a batch axis, left are: ${free.join(', ')}`,
    );
  }
  return free[0]!;
}

/** Two primes above every size in the program, so that a size that is the batch is never taken for another, nor another for it. */
function batchSizes({ inputs }: Program): [number, number] {
  let size = Math.max(...Object.values(inputs).flatMap(({ shape }) => shape));
  const next = (): number => {
    do size++;
    while (!isPrime(size));
    return size;
  };
  return [next(), next()];
}

function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false;
  return n > 1;
}

function withBatch(program: Program, free: string, size: number): Program {
  const { dtype, shape } = program.inputs[free]!;
  return { ...program, inputs: { ...program.inputs, [free]: { dtype, shape: [size, ...shape.slice(1)] } } };
}

function batchName(program: string, name: string, axis: number, got: unknown[], sizes: readonly number[]): string {
  if (axis === 0 && got.every((size, i) => size === sizes[i])) return 'batch';
  throw new EngineError(
    `${program}: axis ${axis} of ${name} changes with the batch size but is not it: it cannot be exported`,
  );
}
