import protobuf from 'protobufjs/minimal.js';
import type { Attribute, ValueType } from '../tracing/value.js';

/** Of a value or a graph's input or output; a string is the name of a dynamic size. */
export interface TypedName {
  readonly name: string;
  readonly dtype: ValueType;
  readonly shape: readonly (number | string)[];
}

export interface Initializer extends TypedName {
  readonly data: readonly number[] | Float32Array | Int32Array | Uint8Array;
}

export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute | { readonly graph: GraphProto }>>;
}

export interface GraphProto {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly initializers: readonly Initializer[];
  readonly inputs: readonly TypedName[];
  readonly outputs: readonly TypedName[];
}

export const opset = 17;
const irVersion = 8;

const typeNumbers: Record<ValueType, number> = { float32: 1, int32: 6, int64: 7, bool: 9 };
const typeNames: Record<string, ValueType> = { float32: 'float32', int32: 'int32', int64: 'int64', bool: 'bool' };

type Writer = protobuf.Writer;

/** The model in ONNX's own encoding; the numbers are the fields of onnx.proto. */
export function encodeModel(graph: GraphProto): Uint8Array {
  const writer = protobuf.Writer.create();
  writer.uint32(1 << 3).int64(irVersion);
  text(writer, 2, 'sparring');
  message(writer, 7, () => writeGraph(writer, graph));
  message(writer, 8, () => writer.uint32(2 << 3).int64(opset));
  return writer.finish();
}

function writeGraph(writer: Writer, graph: GraphProto): void {
  for (const node of graph.nodes) message(writer, 1, () => writeNode(writer, node));
  text(writer, 2, graph.name);
  for (const initializer of graph.initializers) message(writer, 5, () => writeTensor(writer, initializer));
  for (const input of graph.inputs) message(writer, 11, () => writeValueInfo(writer, input));
  for (const output of graph.outputs) message(writer, 12, () => writeValueInfo(writer, output));
}

function writeNode(writer: Writer, node: Node): void {
  for (const input of node.inputs) text(writer, 1, input);
  for (const output of node.output) text(writer, 2, output);
  text(writer, 3, node.output[0]!);
  text(writer, 4, node.op);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    message(writer, 5, () => writeAttribute(writer, name, attribute));
  }
}

function writeAttribute(writer: Writer, name: string, attribute: Node['attributes'][string]): void {
  text(writer, 1, name);
  const kind = (number: number) => writer.uint32(20 << 3).int32(number);
  if ('float' in attribute) {
    writer.uint32((2 << 3) | 5).float(attribute.float);
    kind(1);
  } else if ('int' in attribute) {
    writer.uint32(3 << 3).int64(attribute.int);
    kind(2);
  } else if ('string' in attribute && name === 'to') {
    writer.uint32(3 << 3).int64(typeNumbers[typeNames[attribute.string]!]);
    kind(2);
  } else if ('string' in attribute) {
    text(writer, 4, attribute.string);
    kind(3);
  } else if ('graph' in attribute) {
    message(writer, 6, () => writeGraph(writer, attribute.graph));
    kind(5);
  } else {
    for (const value of attribute.ints) writer.uint32(8 << 3).int64(value);
    kind(7);
  }
}

function writeTensor(writer: Writer, { name, dtype, shape, data }: Initializer): void {
  for (const size of shape) writer.uint32(1 << 3).int64(size as number);
  writer.uint32(2 << 3).int32(typeNumbers[dtype]);
  text(writer, 8, name);
  writer.uint32((9 << 3) | 2).bytes(littleEndian(dtype, data));
}

function writeValueInfo(writer: Writer, { name, dtype, shape }: TypedName): void {
  text(writer, 1, name);
  message(writer, 2, () =>
    message(writer, 1, () => {
      writer.uint32(1 << 3).int32(typeNumbers[dtype]);
      message(writer, 2, () => {
        for (const size of shape) {
          message(writer, 1, () =>
            typeof size === 'number' ? writer.uint32(1 << 3).int64(size) : text(writer, 2, size),
          );
        }
      });
    }),
  );
}

function littleEndian(dtype: ValueType, data: Initializer['data']): Uint8Array {
  const width = { float32: 4, int32: 4, int64: 8, bool: 1 }[dtype];
  const view = new DataView(new ArrayBuffer(data.length * width));
  for (const [i, value] of data.entries()) {
    if (dtype === 'float32') view.setFloat32(i * 4, value, true);
    else if (dtype === 'int32') view.setInt32(i * 4, value, true);
    else if (dtype === 'int64') view.setBigInt64(i * 8, BigInt(value), true);
    else view.setUint8(i, value ? 1 : 0);
  }
  return new Uint8Array(view.buffer);
}

function text(writer: Writer, field: number, value: string): void {
  writer.uint32((field << 3) | 2).string(value);
}

function message(writer: Writer, field: number, write: () => void): void {
  writer.uint32((field << 3) | 2).fork();
  write();
  writer.ldelim();
}
