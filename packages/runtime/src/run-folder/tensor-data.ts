/** A tensor outside of any engine: its shape and its elements in row-major order. */
export interface TensorData {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type NamedTensors = Readonly<Record<string, TensorData>>;

/** The elements as the little-endian bytes that they are in memory (Node runs on little-endian machines only, s390x apart). */
export function bytesOf({ data }: TensorData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Names in the one order that digests and files use: by UTF-16 code unit, independent of the locale. */
export function sortedNames(tensors: NamedTensors): string[] {
  return Object.keys(tensors).sort();
}

/** Number of elements of a shape; 1 for a scalar. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
