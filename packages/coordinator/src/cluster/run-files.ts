import type { RunFile } from '@sparring/protocol';
import type { CheckpointKind, DurableStore } from '@sparring/runtime';
import { ObjectCheckpoints } from './object-checkpoints.js';
import type { Phase, Records } from './records.js';
import { sha256 } from './sha256.js';

interface Collected {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly list: readonly RunFile[];
  /** The run had come to its end before: its files change no longer. One that is cancelled may still write a checkpoint. */
  readonly final: boolean;
}

interface Kept extends Collected {
  readonly letGo: NodeJS.Timeout;
}

/** Who fetches a run reads one part after the other, and begins again where a broker or a coordinator was away. */
const keptMs = 60_000;
/** Files may be hundreds of megabytes. */
const mostKept = 2;

/** A run's folder as it would lie on a disk, made from what the store keeps. */
export class RunFiles {
  readonly #store: DurableStore;
  readonly #records: Records;
  /** By run, the one that was used last at the end. */
  readonly #kept = new Map<string, Kept>();
  /** By run: files are collected once for all who ask meanwhile, and of one run at a time. */
  readonly #collecting = new Map<string, Promise<Collected>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: DurableStore, records: Records) {
    this.#store = store;
    this.#records = records;
  }

  async list(run: string): Promise<readonly RunFile[]> {
    if (!this.#records.get(run)) return [];
    const kept = this.#use(run);
    return (kept?.final ? kept : await this.#collectOnce(run)).list;
  }

  /** Empty where there is no such file, or nothing at the offset. */
  async read(run: string, path: string, offset: number, length: number): Promise<Uint8Array> {
    if (!this.#records.get(run)) return new Uint8Array();
    const { files } = this.#use(run) ?? (await this.#collectOnce(run));
    const bytes = files.get(path) ?? new Uint8Array();
    return bytes.subarray(offset, offset + length);
  }

  #use(run: string): Collected | undefined {
    const kept = this.#kept.get(run);
    if (!kept) return undefined;
    kept.letGo.refresh();
    this.#kept.delete(run);
    this.#kept.set(run, kept);
    return kept;
  }

  #keep(run: string, collected: Collected): void {
    const letGo = setTimeout(() => this.#kept.delete(run), keptMs).unref();
    this.#kept.set(run, { ...collected, letGo });
  }

  #letGo(run: string): void {
    clearTimeout(this.#kept.get(run)?.letGo);
    this.#kept.delete(run);
  }

  #collectOnce(run: string): Promise<Collected> {
    const underWay = this.#collecting.get(run);
    if (underWay) return underWay;
    const collected = this.#last.then(async () => {
      // Before others are collected: whoever reads takes the new ones from here on.
      this.#letGo(run);
      for (const oldest of this.#kept.keys()) if (this.#kept.size >= mostKept) this.#letGo(oldest);
      const { status } = this.#records.get(run)!;
      const files = await this.#collect(run);
      const list: RunFile[] = [];
      for (const [path, bytes] of files) list.push({ path, bytes: bytes.length, sha256: await sha256(bytes) });
      const all = { files, list, final: status === 'finished' || status === 'failed' };
      this.#keep(run, all);
      return all;
    });
    this.#collecting.set(run, collected);
    this.#last = collected.catch(() => {}).then(() => this.#collecting.delete(run));
    return collected;
  }

  async #collect(run: string): Promise<Map<string, Uint8Array>> {
    const files = new Map([['config.yaml', text(this.#records.get(run)!.config)]]);
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
    const probes = await this.#records.probes(run, phase);
    const measured = [...probes, ...epochs].sort((a, b) => a.step - b.step);
    if (measured.length > 0)
      files.push(['metrics.jsonl', text(measured.map((record) => `${JSON.stringify(record)}\n`).join(''))]);
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
