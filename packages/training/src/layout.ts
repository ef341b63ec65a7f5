import type { Arrays } from '@sparring/engine';

/** Where each tensor lies in one flat buffer of float32, in name order. */
export interface Layout {
  readonly entries: readonly LayoutEntry[];
  readonly byteLength: number;
}

export interface LayoutEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

/** The layout of float32 tensors of these shapes, sorted by name. */
export function layoutOf(shapes: Readonly<Record<string, readonly number[]>>): Layout {
  let offset = 0;
  const entries = Object.entries(shapes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, shape]) => {
      const length = shape.reduce((product, size) => product * size, 1);
      const entry = { name, shape, offset, length };
      offset += length * Float32Array.BYTES_PER_ELEMENT;
      return entry;
    });
  return { entries, byteLength: offset };
}

/** Copies named arrays into a flat buffer. */
export function pack(layout: Layout, arrays: Arrays, buffer: ArrayBufferLike): void {
  for (const { name, offset, length } of layout.entries) {
    new Float32Array(buffer, offset, length).set(arrays[name] as Float32Array);
  }
}

/** Copies a flat buffer into fresh arrays by name: engines take no shared memory. */
export function unpack(layout: Layout, buffer: ArrayBufferLike): Record<string, Float32Array> {
  const arrays: Record<string, Float32Array> = {};
  for (const { name, offset, length } of layout.entries) {
    arrays[name] = new Float32Array(buffer, offset, length).slice();
  }
  return arrays;
}

/** Views, by name, into a flat buffer. */
export function views(layout: Layout, buffer: ArrayBufferLike): Record<string, Float32Array> {
  return Object.fromEntries(layout.entries.map((e) => [e.name, new Float32Array(buffer, e.offset, e.length)]));
}
