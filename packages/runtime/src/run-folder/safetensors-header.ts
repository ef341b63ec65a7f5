import { CheckpointError } from './checkpoint-error.js';
import { sizeOf } from './tensor-data.js';

/** A tensor in a safetensors header; offsets count from the end of the header. */
export interface TensorEntry {
  readonly dtype: 'F32';
  readonly shape: number[];
  readonly data_offsets: [begin: number, end: number];
}

export interface SafetensorsHeader {
  readonly metadata: Record<string, string>;
  readonly entries: Record<string, TensorEntry>;
  readonly dataStart: number;
}

// The reference implementation's limit: what claims more is no safetensors file.
const longestHeader = 100_000_000;

/** Reads and checks a file's header against the file's size; throws CheckpointError. */
export function parseHeader(bytes: Uint8Array, file: string): SafetensorsHeader {
  const refuse = (fault: string): never => {
    throw new CheckpointError(file, `corrupt checkpoint: ${fault}`);
  };
  if (bytes.length < 8) return refuse(`truncated: ${bytes.length} bytes, expected at least 8`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > longestHeader) return refuse(`its header would be ${length} bytes long, the most is ${longestHeader}`);
  const dataStart = 8 + Number(length);
  if (dataStart > bytes.length) return refuse(`truncated: a header of ${length} bytes in a file of ${bytes.length}`);
  const header = parseObject(bytes.subarray(8, dataStart)) ?? refuse('its header is not a JSON object');
  const { __metadata__: metadata = {}, ...entries } = header;
  if (!isObject(metadata) || Object.values(metadata).some((value) => typeof value !== 'string')) {
    return refuse('__metadata__: expected names and strings');
  }
  for (const [name, entry] of Object.entries(entries)) {
    const fault = entryFault(entry);
    if (fault !== null) return refuse(`${name}: ${fault}`);
  }
  const checked = { metadata, entries, dataStart } as SafetensorsHeader;
  const fault = layoutFault(checked.entries, bytes.length - dataStart);
  return fault === null ? checked : refuse(fault);
}

function parseObject(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function entryFault(entry: unknown): string | null {
  if (!isObject(entry)) return 'expected {dtype, shape, data_offsets}';
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== 'F32') return `expected dtype F32, got ${JSON.stringify(dtype)}`;
  if (!isCounts(shape)) return `expected a shape of whole numbers, got ${JSON.stringify(shape)}`;
  if (!isCounts(offsets) || offsets.length !== 2) return `expected two data_offsets, got ${JSON.stringify(offsets)}`;
  const [begin, end] = offsets as [number, number];
  if (end - begin === 4 * sizeOf(shape)) return null;
  return `expected ${4 * sizeOf(shape)} bytes for [${shape.join(', ')}], got ${end - begin}`;
}

/** Tensors must lie end to end over the whole data: no overlap, no hole, nothing outside. */
function layoutFault(entries: Record<string, TensorEntry>, dataLength: number): string | null {
  let expected = 0;
  const inPlace = Object.entries(entries).sort(([, a], [, b]) => {
    return a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1];
  });
  for (const [
    name,
    {
      data_offsets: [begin, end],
    },
  ] of inPlace) {
    if (begin < expected) return `${name}: its bytes from ${begin} overlap those before ${expected}`;
    if (begin > expected) return `${name}: expected its bytes to begin at ${expected}, they begin at ${begin}`;
    if (end > dataLength) return `truncated: ${name} ends at byte ${end} of its data, there are ${dataLength}`;
    expected = end;
  }
  return expected === dataLength ? null : `expected ${expected} bytes of data, got ${dataLength}`;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
