import {
  type Arrays,
  type Engine,
  type Executable,
  type Program,
  type TensorSpec,
  type Tensors,
  tf,
} from '../dist/index.js';

/** An input of a test: shape, and the range of its values (float32), or whole numbers below a limit (int32), or bool. */
export interface Sample {
  readonly shape: readonly number[];
  readonly dtype?: TensorSpec['dtype'];
  readonly low?: number;
  readonly high?: number;
}

/** Numbers in [0, 1) that are the same in every run. */
export function sequence(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function specs(samples: Record<string, Sample>): Record<string, TensorSpec> {
  const entries = Object.entries(samples).map(
    ([name, { shape, dtype }]) => [name, { shape, dtype: dtype ?? 'float32' }] as const,
  );
  return Object.fromEntries(entries);
}

/** Arrays for the samples; `steps` times as long for those named in `stepped`. */
export function arraysFor(samples: Record<string, Sample>, steps = 1, stepped: readonly string[] = []): Arrays {
  const next = sequence();
  const entries = Object.entries(samples).map(([name, { shape, dtype = 'float32', low = -2, high = 2 }]) => {
    const length = shape.reduce((product, size) => product * size, 1) * (stepped.includes(name) ? steps : 1);
    if (dtype === 'float32') return [name, Float32Array.from({ length }, () => low + (high - low) * next())] as const;
    if (dtype === 'int32')
      return [name, Int32Array.from({ length }, () => Math.floor(low + (high - low) * next()))] as const;
    return [name, Uint8Array.from({ length }, () => (next() < 0.5 ? 1 : 0))] as const;
  });
  return Object.fromEntries(entries);
}

export async function once(
  engine: Engine,
  program: Program,
  arrays: Arrays,
): Promise<{ results: Arrays; outputs: Executable['outputs'] }> {
  const executable = await engine.compile(program);
  try {
    return { results: await executable.run(arrays), outputs: executable.outputs };
  } finally {
    await executable.dispose();
  }
}

/** The largest difference between two results, relative to the largest element (at least 1); equal infinities and NaNs differ by 0. */
export function difference(a: Arrays, b: Arrays): number {
  let worst = 0;
  for (const [name, expected] of Object.entries(b)) {
    const got = a[name]!;
    if (got.length !== expected.length || got.constructor !== expected.constructor) return Number.POSITIVE_INFINITY;
    const largest = Math.max(1, ...Array.from(expected, Math.abs).filter(Number.isFinite));
    for (const [i, value] of expected.entries()) {
      if (!Object.is(got[i], value))
        worst = Math.max(worst, Math.abs(got[i]! - value) / largest || (got[i] === value ? 0 : 1e9));
    }
  }
  return worst;
}

/** The same function's gradients with respect to its float inputs, for a gradient `dy` of its output `y` that is fed. */
export function gradientProgram(program: Program, output: TensorSpec): Program {
  const names = Object.keys(program.inputs).filter((name) => program.inputs[name]!.dtype === 'float32');
  const fn = ({ dy, ...inputs }: Tensors): Tensors => {
    const loss = (...floats: tf.Tensor[]): tf.Tensor => {
      const given = Object.fromEntries(names.map((name, i) => [name, floats[i]!]));
      return tf.sum(tf.mul(program.fn({ ...inputs, ...given }).y!, dy!));
    };
    const gradients = tf.grads(loss)(names.map((name) => inputs[name]!));
    return Object.fromEntries(names.map((name, i) => [name, gradients[i]!]));
  };
  return { name: `gradient of ${program.name}`, inputs: { ...program.inputs, dy: output }, fn };
}
