import { move, transferableSymbol, valueSymbol } from 'piscina';

/** Marks a thread's return value so that the buffers of the given arrays move to the caller instead of being copied. */
export function moved<Value>(value: Value, arrays: Iterable<ArrayBufferView>): Value {
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  return move({ [transferableSymbol]: [...buffers], [valueSymbol]: value } as never) as Value;
}
