import type { Graph } from '../tracing/trace.js';
import type { Value } from '../tracing/value.js';
import type { GraphProto, Initializer, Node, TypedName } from './model-proto.js';

/** Names of the model's outputs, where an input has the same name already (the state of a scan). */
export function outputName(graph: Graph, name: string): string {
  return name in graph.inputs ? `${name}'` : name;
}

/**
 * The recorded graph as an ONNX graph. A program with a scan becomes one Scan whose body is the step; what is the same in every step
 * (`hoist`) is computed once, before it.
 */
export function graphProto(graph: Graph, hoist = true): GraphProto {
  return graph.program.scan ? scanned(graph, hoist) : plain(graph);
}

function plain(graph: Graph): GraphProto {
  const outputs = Object.entries(graph.outputs);
  const names = new Names(outputs.map(([name, value]) => [outputName(graph, name), value]));
  return {
    name: graph.program.name,
    nodes: [...graph.values.filter(isComputed).map((value) => names.node(value)), ...names.copies],
    initializers: initializers(graph.values),
    inputs: Object.entries(graph.inputs).map(([name, value]) => typed(value, name)),
    outputs: outputs.map(([name, value]) => typed(value, outputName(graph, name))),
  };
}

function scanned(graph: Graph, hoist: boolean): GraphProto {
  const { state, sequence } = graph.program.scan!;
  const stacked = Object.keys(graph.outputs).filter((name) => !state.includes(name));
  const stepInputs = [...state, ...sequence].map((name) => graph.inputs[name]!);
  const changing = new Set<Value>(stepInputs);
  for (const value of graph.values) {
    if (isComputed(value) && (!hoist || value.operation.inputs.some((input) => changing.has(input))))
      changing.add(value);
  }
  const [within, before] = [true, false].map((side) =>
    graph.values.filter((value) => isComputed(value) && changing.has(value) === side),
  ) as [Value[], Value[]];
  const stepOutputs = [...state, ...stacked].map((name) => [`step ${name}`, graph.outputs[name]!] as const);
  const names = new Names(stepOutputs, (value) => changing.has(value));
  const body: GraphProto = {
    name: `${graph.program.name} step`,
    nodes: [...within.map((value) => names.node(value)), ...names.copies],
    initializers: [],
    inputs: stepInputs.map((value) => typed(value, nameOf(value))),
    outputs: stepOutputs.map(([name, value]) => typed(value, name)),
  };
  const scan: Node = {
    op: 'Scan',
    inputs: [...state, ...sequence].map((name) => inputName(graph, name)),
    output: [...state, ...stacked].map((name) => outputName(graph, name)),
    attributes: { body: { graph: body }, num_scan_inputs: { int: sequence.length } },
  };
  return {
    name: graph.program.name,
    nodes: [...before.map((value) => names.node(value)), scan],
    initializers: initializers(graph.values),
    inputs: Object.entries(graph.inputs).map(([name, value]) =>
      typed(value, inputName(graph, name), sequence.includes(name) ? ['K', ...value.shape] : value.shape),
    ),
    outputs: [...state, ...stacked].map((name) => {
      const value = graph.outputs[name]!;
      return typed(value, outputName(graph, name), state.includes(name) ? value.shape : ['K', ...value.shape]);
    }),
  };
}

/** Gives outputs their names where they are computed; those that are not, or are outputs twice, are copied. */
class Names {
  readonly copies: Node[];
  readonly #names = new Map<Value, string>();

  constructor(outputs: readonly (readonly [string, Value])[], computedHere: (value: Value) => boolean = () => true) {
    const copied = outputs.filter(([name, value]) => {
      if (!isComputed(value) || !computedHere(value) || this.#names.has(value)) return true;
      this.#names.set(value, name);
      return false;
    });
    this.copies = copied.map(([name, value]) => ({
      op: 'Identity',
      inputs: [this.#of(value)],
      output: [name],
      attributes: {},
    }));
  }

  node(value: Value): Node {
    const { op, inputs, attributes } = value.operation;
    return { op, inputs: inputs.map((input) => this.#of(input)), output: [this.#of(value)], attributes };
  }

  #of(value: Value): string {
    return this.#names.get(value) ?? nameOf(value);
  }
}

/** What a program's input is called in the model. */
export function inputName(graph: Graph, name: string): string {
  const { state, sequence } = graph.program.scan ?? { state: [], sequence: [] };
  return state.includes(name) || sequence.includes(name) ? `${name} fed` : name;
}

function isComputed({ operation }: Value): boolean {
  return operation.op !== 'Input' && operation.op !== 'Constant';
}

function nameOf({ id, operation }: Value): string {
  return operation.op === 'Input' ? (operation.attributes.name as { string: string }).string : `%${id}`;
}

function typed({ dtype, shape }: Value, name: string, as: readonly (number | string)[] = shape): TypedName {
  return { name, dtype, shape: as };
}

function initializers(values: readonly Value[]): Initializer[] {
  const constants = values.filter(({ operation }) => operation.op === 'Constant');
  return constants.map((value) => ({ ...typed(value, nameOf(value)), data: value.operation.data! }));
}
