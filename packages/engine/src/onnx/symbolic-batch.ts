import { EngineError } from '../engine-error.js';
import type { Graph } from '../tracing/trace.js';
import type { Operation, Value, ValueType } from '../tracing/value.js';

/**
 * One graph for every batch size, from the traces at two of them: where a shape or position differs, it is computed from the input's
 * own size while running.
 * @throws EngineError where anything else differs
 */
export function symbolicBatch(graph: Graph, other: Graph, input: string): Graph {
  const batch = new BatchSize(graph, other, input);
  const position = (of: Graph) => new Map(of.values.map((value, i) => [value, i]));
  const [here, there] = [position(graph), position(other)];
  const differs = graph.values.length !== other.values.length;
  for (const [i, value] of graph.values.entries()) {
    const twin = other.values[i];
    const same =
      twin &&
      value.operation.op === twin.operation.op &&
      JSON.stringify(value.operation.attributes) === JSON.stringify(twin.operation.attributes) &&
      value.operation.inputs.every((from, j) => here.get(from) === there.get(twin.operation.inputs[j]!));
    if (differs || !same) throw refusal(graph, value);
    if (value.operation.data) batch.replace(value, twin);
  }
  return { ...graph, values: [...batch.added, ...graph.values] };
}

class BatchSize {
  readonly added: Value[] = [];
  readonly #graph: Graph;
  readonly #sizes: readonly [number, number];
  readonly #size: Value;
  #nextId: number;

  constructor(graph: Graph, other: Graph, input: string) {
    const here = graph.inputs[input]!;
    this.#graph = graph;
    this.#sizes = [here.shape[0]!, other.inputs[input]!.shape[0]!];
    this.#nextId =
      1 + Math.max(...graph.values.map(({ id }) => id), ...Object.values(graph.inputs).map(({ id }) => id));
    this.#size = this.#add({ op: 'Shape', inputs: [here], attributes: { start: { int: 0 }, end: { int: 1 } } }, 1);
  }

  /** Makes a constant follow the batch size, if it does. */
  replace(value: Value, twin: Value): void {
    const [data, at] = [value.operation.data!, twin.operation.data!];
    if (data.length === at.length && data.every((number, i) => Object.is(number, at[i]))) return;
    if (value.dtype !== 'int64' || data.length !== at.length) throw refusal(this.#graph, value);
    const parts = data.map((number, i) => this.#element(number, at[i]!));
    value.operation = { op: 'Concat', inputs: parts, attributes: { axis: { int: 0 } } };
  }

  /** a · batch + b, the line through what it was at the two sizes. */
  #element(first: number, second: number): Value {
    if (first === second) return this.#constant(first);
    const [from, to] = this.#sizes;
    const slope = (second - first) / (to - from);
    if (!Number.isInteger(slope))
      throw new EngineError(`${this.#graph.program.name}: a size is no multiple of the batch`);
    const scaled = slope === 1 ? this.#size : this.#binary('Mul', this.#size, slope);
    const offset = first - slope * from;
    return offset === 0 ? scaled : this.#binary('Add', scaled, offset);
  }

  #binary(op: string, value: Value, by: number): Value {
    return this.#add({ op, inputs: [value, this.#constant(by)], attributes: {} }, 1);
  }

  #constant(number: number): Value {
    return this.#add({ op: 'Constant', inputs: [], attributes: {}, data: [number] }, 1);
  }

  #add(operation: Operation, size: number, dtype: ValueType = 'int64'): Value {
    const scope = this.#graph.values[0]!.scope;
    const value: Value = { id: this.#nextId++, shape: [size], dtype, scope, operation, uses: 0 };
    this.added.push(value);
    return value;
  }
}

function refusal({ program }: Graph, { operation, shape }: Value): EngineError {
  return new EngineError(
    `${program.name}: what is computed depends on the batch size by more than its shapes (at ${operation.op} [${shape.join(', ')}]), ` +
      'so it cannot be exported for every batch size',
  );
}
