import type { Arrays, Engine, Executable } from './engine.js';
import { EngineError } from './engine-error.js';
import { elements, type Program } from './program.js';
import { type Graph, trace } from './tracing/trace.js';
import { resolve, type Scope, type Value } from './tracing/value.js';

/**
 * A matrix product [m, k] · [k, n] of a traced program. transB: its right side is stored as [n, k]. transA is never true as things are:
 * a left side that is stored the other way is transposed by itself first.
 */
export interface GemmShape {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transA: boolean;
  readonly transB: boolean;
}

/** The matrix products of one step of the program, in order: with dead and repeated ones removed, as an ONNX engine runs them. */
export function gemmShapes(program: Program): GemmShape[] {
  return gemms(trace(program)).map((gemm) => {
    const left = gemm.operation.inputs[0]!;
    const [m, n] = gemm.shape as [number, number];
    return {
      m,
      n,
      k: left.shape[1]!,
      transA: false,
      transB: (gemm.operation.attributes.transB as { int: number }).int === 1,
    };
  });
}

/** The matrix products of a program, compiled alone. */
export interface GemmsOnly extends Executable {
  /** What to run it with for so many steps: each distinct operand filled with small numbers, and `tick`, one number a step. */
  feeds(steps: number): Arrays;
}

/**
 * Compiles the matrix products of one step of the program alone, under the same session options, as a Scan: the time of its steps
 * divided by that of the program's is the share that no better compiler could save. Operands that products of the program share
 * are shared here. Output: `corners`, one element of each product.
 *
 * @param engine an ONNX engine
 */
export async function compileGemmsOnly(engine: Engine, program: Program): Promise<GemmsOnly> {
  if (!('compileGraph' in engine))
    throw new EngineError(`${engine.name}: matrix products are measured on an ONNX engine`);
  const { compileGraph } = engine as Engine & { compileGraph(graph: Graph, hoist: boolean): Promise<Executable> };
  const graph = gemmsOnly(program);
  const executable = await compileGraph.call(engine, graph, false);
  const feeds = (steps: number): Arrays => {
    const operands = Object.entries(graph.program.inputs).map(([name, { shape }]) => {
      const size = name === 'tick' ? steps : elements(shape);
      return [name, Float32Array.from({ length: size }, (_, i) => ((i % 13) - 6) / 100)] as const;
    });
    return Object.fromEntries(operands);
  };
  return {
    outputs: executable.outputs,
    run: (arrays) => executable.run(arrays),
    dispose: () => executable.dispose(),
    feeds,
  };
}

function gemms(graph: Graph): Value[] {
  return graph.values.filter(({ operation }) => operation.op === 'Gemm');
}

/** Nothing in it changes from step to step, so it must not be computed before the Scan. */
function gemmsOnly(program: Program): Graph {
  const source = gemms(trace(program));
  if (source.length === 0) throw new EngineError(`${program.name}: there are no matrix products in it`);
  const values: Value[] = [];
  const scope: Scope = { id: 0, name: program.name, values, aliases: new Map() };
  const add = (value: Omit<Value, 'id' | 'scope' | 'uses'>): Value => {
    const added: Value = { ...value, id: values.length, scope, uses: 0 };
    values.push(added);
    return added;
  };
  const input = (name: string, shape: readonly number[]): Value =>
    add({ shape, dtype: 'float32', operation: { op: 'Input', inputs: [], attributes: { name: { string: name } } } });
  const list = (data: readonly number[]): Value =>
    add({ shape: [data.length], dtype: 'int64', operation: { op: 'Constant', inputs: [], attributes: {}, data } });

  const operands = [...new Set(source.flatMap(({ operation }) => operation.inputs.map(resolve)))];
  const fed = new Map(operands.map((operand, i) => [operand, input(`operand${i}`, operand.shape)]));
  const inputs = {
    ...Object.fromEntries([...fed.values()].map((value, i) => [`operand${i}`, value])),
    tick: input('tick', []),
  };
  const [zeros, ones, axes] = [list([0, 0]), list([1, 1]), list([0, 1])];
  const corners = source.map(({ operation, shape }) => {
    const product = add({
      shape,
      dtype: 'float32',
      operation: { ...operation, inputs: operation.inputs.map((x) => fed.get(x)!) },
    });
    const corner = { op: 'Slice', inputs: [product, zeros, ones, axes], attributes: {} };
    return add({ shape: [1, 1], dtype: 'float32', operation: corner });
  });
  const together = { op: 'Concat', inputs: corners, attributes: { axis: { int: 0 } } };
  const output = add({ shape: [corners.length, 1], dtype: 'float32', operation: together });
  const specs = Object.entries(inputs).map(([name, { shape }]) => [name, { shape, dtype: 'float32' }] as const);
  return {
    program: {
      name: `${program.name} (matrix products alone)`,
      inputs: Object.fromEntries(specs),
      fn: () => ({}),
      scan: { state: [], sequence: ['tick'] },
    },
    inputs,
    outputs: { corners: output },
    values,
  };
}
