/** int64 occurs only in shapes, indices and positions that ONNX wants so. */
export type ValueType = 'float32' | 'int32' | 'bool' | 'int64';

/** ONNX tells integers from floats by the attribute, JavaScript does not by the value. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly string: string };

/**
 * An ONNX operator with one output, or one of three of our own: Input (attribute `name`), Constant (`data`) and Alias, which stands
 * inside a piece for a value from outside of it, so that no pass can look through.
 */
export interface Operation {
  readonly op: string;
  readonly inputs: readonly Value[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly data?: readonly number[];
}

/** One call of a piece, or the program around the pieces. */
export interface Scope {
  readonly id: number;
  readonly name: string;
  readonly values: Value[];
  /** Values of other scopes → their Alias here. */
  readonly aliases: Map<Value, Value>;
}

/** A node of the recorded graph together with its only output. */
export interface Value {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: ValueType;
  readonly scope: Scope;
  /** Replaced only by a pass, when the scope is closed. */
  operation: Operation;
  /** Recorded uses of every kind, of dead values too: pruning a program must not change what is fused. */
  uses: number;
}

/** The value an Alias stands for. */
export function resolve(value: Value): Value {
  let source = value;
  while (source.operation.op === 'Alias') source = source.operation.inputs[0]!;
  return source;
}
