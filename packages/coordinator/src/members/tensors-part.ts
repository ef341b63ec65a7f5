import type { NamedTensors, TensorSlice, TensorsReply } from '@sparring/protocol';

/** Elements `offset` to `offset + length` of tensors that are laid one after the other, as views. */
export function tensorsPart(tensors: NamedTensors, offset: number, length: number): TensorsReply {
  const layout = Object.entries(tensors).map(([name, values]) => ({ name, elements: values.length }));
  const slices: TensorSlice[] = [];
  let begin = 0;
  for (const [name, values] of Object.entries(tensors)) {
    const from = Math.max(0, offset - begin);
    const to = Math.min(values.length, offset + length - begin);
    if (from < to) slices.push({ name, from, values: values.subarray(from, to) });
    begin += values.length;
  }
  return { kind: 'part', layout, slices };
}
