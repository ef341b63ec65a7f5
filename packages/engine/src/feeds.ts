import type { Arrays, TensorArray } from './engine.js';
import { FeedError } from './engine-error.js';
import { elements, type Program, type TensorSpec } from './program.js';

/** What to feed an executable with, derived once from its program. */
export interface FeedPlan {
  readonly program: string;
  readonly inputs: ReadonlyMap<string, TensorSpec & { readonly size: number; readonly stepped: boolean }>;
}

export function planFeeds({ name, inputs, scan }: Program): FeedPlan {
  const stepped = new Set(scan?.sequence);
  const entries = Object.entries(inputs).map(
    ([input, spec]) => [input, { ...spec, size: elements(spec.shape), stepped: stepped.has(input) }] as const,
  );
  return { program: name, inputs: new Map(entries) };
}

/**
 * Checks names, sizes and types.
 * @returns the number of steps fed: 1 for a program without scan
 * @throws FeedError naming the input, what was expected and what was given
 */
export function checkFeeds(plan: FeedPlan, arrays: Arrays): number {
  for (const name of Object.keys(arrays)) {
    if (!plan.inputs.has(name)) {
      throw new FeedError(`${name}: ${plan.program} has no such input; it takes ${[...plan.inputs.keys()].join(', ')}`);
    }
  }
  let steps: { count: number; of: string } | null = null;
  for (const [name, { dtype, shape, size, stepped }] of plan.inputs) {
    const expected = `${dtype} [${[...(stepped ? ['K'] : []), ...shape].join(', ')}]`;
    const array = arrays[name];
    if (array === undefined) throw new FeedError(`${name}: expected ${expected}, got nothing`);
    const got = `${typeOf(array)} of ${array.length} elements`;
    const count = stepped ? array.length / size : 1;
    if (typeOf(array) !== dtype || (stepped ? !Number.isInteger(count) || count === 0 : array.length !== size)) {
      throw new FeedError(`${name}: expected ${expected}, got ${got}`);
    }
    if (!stepped) continue;
    if (steps && steps.count !== count) {
      throw new FeedError(
        `${name}: expected ${expected} with K = ${steps.count} as in ${steps.of}, got ${got} (K = ${count})`,
      );
    }
    steps = { count, of: name };
  }
  return steps?.count ?? 1;
}

function typeOf(array: TensorArray): string {
  if (array instanceof Float32Array) return 'float32';
  if (array instanceof Int32Array) return 'int32';
  if (array instanceof Uint8Array) return 'bool';
  return Object.prototype.toString.call(array).slice(8, -1);
}
