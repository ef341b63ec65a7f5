import { createHash } from 'node:crypto';
import type { RunFile } from '@sparring/protocol';
import type { CheckpointKind, DurableStore } from '@sparring/runtime';
import { ObjectCheckpoints } from './object-checkpoints.js';
import type { Phase, Records } from './records.js';

/** A run's folder as it would lie on a disk, made from what the store keeps. */
export class RunFiles {
  readonly #store: DurableStore;
  readonly #records: Records;
  /** Of the run that was listed last: whoever lists a run reads its files next. */
  #listed: { readonly run: string; readonly files: ReadonlyMap<string, Uint8Array> } | undefined;

  constructor(store: DurableStore, records: Records) {
    this.#store = store;
    this.#records = records;
  }

  async list(run: string): Promise<RunFile[]> {
    const files = await this.#collect(run);
    this.#listed = { run, files };
    return [...files].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256(bytes) }));
  }

  /** Empty where there is no such file, or nothing at the offset. */
  async read(run: string, path: string, offset: number, length: number): Promise<Uint8Array> {
    if (this.#listed?.run !== run) this.#listed = { run, files: await this.#collect(run) };
    const bytes = this.#listed.files.get(path) ?? new Uint8Array();
    return bytes.subarray(offset, offset + length);
  }

  async #collect(run: string): Promise<Map<string, Uint8Array>> {
    const files = new Map<string, Uint8Array>();
    const record = this.#records.get(run);
    if (!record) return files;
    files.set('config.yaml', text(record.config));
    for (const [phase, folder] of [
      ['net', ''],
      ['twin', 'twin/'],
    ] as const) {
      for (const [name, bytes] of await this.#phaseFiles(run, phase)) files.set(folder + name, bytes);
    }
    const onnx = await this.#store.getObject(onnxObject(run));
    if (onnx !== null) files.set('model.onnx', onnx);
    return files;
  }

  async #phaseFiles(run: string, phase: Phase): Promise<[string, Uint8Array][]> {
    const files: [string, Uint8Array][] = [];
    const epochs = await this.#records.epochs(run, phase);
    if (epochs.length > 0)
      files.push(['metrics.jsonl', text(epochs.map((epoch) => `${JSON.stringify(epoch)}\n`).join(''))]);
    for (const [kind, bytes] of await this.#checkpoints(run, phase))
      files.push([`checkpoints/${kind}.safetensors`, bytes]);
    const summary = await this.#records.summary(run, phase);
    if (summary !== null) files.push(['summary.json', text(`${JSON.stringify(summary, null, 2)}\n`)]);
    return files;
  }

  async #checkpoints(run: string, phase: Phase): Promise<[CheckpointKind, Uint8Array][]> {
    const checkpoints = await ObjectCheckpoints.read(this.#store, run, phase);
    return [...checkpoints];
  }
}

/** Where a run's `model.onnx` lies in the object store. */
export function onnxObject(run: string): string {
  return `${run}/model.onnx`;
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
