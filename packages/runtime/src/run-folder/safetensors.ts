import { createHash } from 'node:crypto';
import { canonicalJson } from '../config/canonical-json.js';
import { CheckpointError } from './checkpoint-error.js';
import { parseHeader, type TensorEntry } from './safetensors-header.js';
import { bytesOf, type NamedTensors, sizeOf, sortedNames, type TensorData } from './tensor-data.js';

export interface DecodedSafetensors {
  readonly tensors: NamedTensors;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Tensors in the safetensors format: eight bytes with the header's length, a JSON header padded with spaces to a multiple of eight,
 * then the tensors in name order. `metadata.sha256` is added: a hash of all the rest, by which decoding finds a flipped bit.
 */
export function encodeSafetensors(tensors: NamedTensors, metadata: Readonly<Record<string, string>>): Uint8Array {
  const entries = layOut(tensors);
  // Not the entries' keys: an object puts names that look like numbers first.
  const names = sortedNames(tensors);
  const hash = contentHash(
    metadata,
    entries,
    names.map((name) => bytesOf(tensors[name]!)),
  );
  const json = Buffer.from(JSON.stringify({ __metadata__: { ...metadata, sha256: hash }, ...entries }));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const dataLength = Math.max(0, ...Object.values(entries).map((entry) => entry.data_offsets[1]));
  const bytes = new Uint8Array(8 + headerLength + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(json, 8);
  bytes.fill(0x20, 8 + json.length, 8 + headerLength);
  for (const name of names) bytes.set(bytesOf(tensors[name]!), 8 + headerLength + entries[name]!.data_offsets[0]);
  return bytes;
}

/** Reads what `encodeSafetensors` wrote, or any float32 safetensors file; throws CheckpointError naming `fileName` and the fault. */
export function decodeSafetensors(bytes: Uint8Array, fileName: string): DecodedSafetensors {
  const { metadata, entries, dataStart } = parseHeader(bytes, fileName);
  const data = bytes.subarray(dataStart);
  const { sha256, ...rest } = metadata;
  if (sha256 !== undefined && sha256 !== contentHash(rest, entries, [data])) {
    throw new CheckpointError(fileName, 'corrupt checkpoint: its content does not match its SHA-256');
  }
  const tensors = Object.entries(entries).map(
    ([
      name,
      {
        shape,
        data_offsets: [begin, end],
      },
    ]): [string, TensorData] => {
      // Copied, since a file need not keep its tensors where a Float32Array may begin.
      const copy = new Uint8Array(end - begin);
      copy.set(data.subarray(begin, end));
      return [name, { shape, data: new Float32Array(copy.buffer) }];
    },
  );
  return { tensors: Object.fromEntries(tensors), metadata };
}

function layOut(tensors: NamedTensors): Record<string, TensorEntry> {
  let offset = 0;
  const entries = sortedNames(tensors).map((name): [string, TensorEntry] => {
    const { shape, data } = tensors[name]!;
    if (sizeOf(shape) !== data.length) {
      throw new Error(`${name}: expected ${sizeOf(shape)} elements for [${shape.join(', ')}], got ${data.length}`);
    }
    const begin = offset;
    offset += data.byteLength;
    return [name, { dtype: 'F32', shape: [...shape], data_offsets: [begin, offset] }];
  });
  return Object.fromEntries(entries);
}

function contentHash(metadata: object, entries: object, data: readonly Uint8Array[]): string {
  const hash = createHash('sha256').update(canonicalJson({ metadata, entries }));
  for (const part of data) hash.update(part);
  return hash.digest('hex');
}
