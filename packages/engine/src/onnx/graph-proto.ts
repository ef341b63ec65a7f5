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
  const inputs = Object.entries(graph.inputs).map(([name, value]) => typed(value, name));
  const outputs = Object.entries(graph.outputs);
  const copies = outputs.map(([name, value]) => copy(nameOf(value), outputName(graph, name)));
  return {
    name: graph.program.name,
    nodes: [...graph.values.filter(isComputed).map(node), ...copies],
    initializers: initializers(graph.values),
    inputs,
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
  const stepOutputs = [...state, ...stacked].map((name) => [name, graph.outputs[name]!] as const);
  const body: GraphProto = {
    name: `${graph.program.name} step`,
    nodes: [
      ...graph.values.filter((value) => isComputed(value) && changing.has(value)).map(node),
      ...stepOutputs.map(([name, value]) => copy(nameOf(value), `step ${name}`)),
    ],
    initializers: [],
    inputs: stepInputs.map((value) => typed(value, nameOf(value))),
    outputs: stepOutputs.map(([name, value]) => typed(value, `step ${name}`)),
  };
  const fed = (name: string) => (state.includes(name) || sequence.includes(name) ? `${name} fed` : name);
  const scan: Node = {
    op: 'Scan',
    inputs: [...state, ...sequence].map(fed),
    output: stepOutputs.map(([name]) => outputName(graph, name)),
    attributes: { body: { graph: body }, num_scan_inputs: { int: sequence.length } },
  };
  return {
    name: graph.program.name,
    nodes: [...graph.values.filter((value) => isComputed(value) && !changing.has(value)).map(node), scan],
    initializers: initializers(graph.values),
    inputs: Object.entries(graph.inputs).map(([name, value]) =>
      typed(value, fed(name), sequence.includes(name) ? ['K', ...value.shape] : value.shape),
    ),
    outputs: stepOutputs.map(([name, value]) =>
      typed(value, outputName(graph, name), state.includes(name) ? value.shape : ['K', ...value.shape]),
    ),
  };
}

/** What a program's input is called in the model. */
export function inputName(graph: Graph, name: string): string {
  const { state, sequence } = graph.program.scan ?? { state: [], sequence: [] };
  return state.includes(name) || sequence.includes(name) ? `${name} fed` : name;
}

export function isComputed({ operation }: Value): boolean {
  return operation.op !== 'Input' && operation.op !== 'Constant';
}

export function nameOf({ id, operation }: Value): string {
  return operation.op === 'Input' ? (operation.attributes.name as { string: string }).string : `%${id}`;
}

function node(value: Value): Node {
  const { op, inputs, attributes } = value.operation;
  return { op, inputs: inputs.map(nameOf), output: [nameOf(value)], attributes };
}

function copy(from: string, to: string): Node {
  return { op: 'Identity', inputs: [from], output: [to], attributes: {} };
}

function typed({ dtype, shape }: Value, name: string, as: readonly (number | string)[] = shape): TypedName {
  return { name, dtype, shape: as };
}

function initializers(values: readonly Value[]): Initializer[] {
  const constants = values.filter(({ operation }) => operation.op === 'Constant');
  return constants.map((value) => ({ ...typed(value, nameOf(value)), data: value.operation.data! }));
}
