import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isClaimed, type RunConfig, RunFolder, twinConfig, writeConfigYaml } from '@sparring/runtime';
import type { Cursor, Message, ShownRun } from '../live/shown-run.js';
import type { Pictures } from '../pictures/pictures.js';
import { evaluationOf, netsOf, resultRows, subjectOf } from '../view/facts.js';
import type { NetKey, RunRow, RunView } from '../view/run-view.js';
import { readNet } from './net-folder.js';
import { picturesOf } from './pictures-of.js';
import { startOf } from './start-of.js';
import { factsOf, type Summary } from './summary.js';

const lookEveryMs = 1_000;
/** Of one that is finished: a list may have hundreds of them. */
const seldomMs = 10_000;

/** A run as its folder has it: finished, interrupted, or trained by another process at this moment. */
export class FolderRun implements ShownRun {
  readonly id: string;
  readonly #folder: RunFolder;
  readonly #invocation: string;
  #config: RunConfig | undefined;
  #view: RunView | undefined;
  #summary: Summary | null = null;
  #seen = '';
  #lookedAt = Number.NEGATIVE_INFINITY;
  #revision = 0;

  private constructor(folder: RunFolder, invocation: string) {
    this.#folder = folder;
    this.#invocation = invocation;
    this.id = folder.id;
  }

  /**
   * @param invocation How the program was called, for what is to be typed.
   * @throws RunFolderError where it is no run's folder; ConfigError where its configuration cannot be read
   */
  static async open(path: string, invocation: string): Promise<FolderRun> {
    const run = new FolderRun(RunFolder.read(path), invocation);
    await run.refresh();
    return run;
  }

  get config(): RunConfig {
    return this.#config!;
  }

  async refresh(): Promise<void> {
    if (performance.now() - this.#lookedAt < (this.#summary ? seldomMs : lookEveryMs)) return;
    this.#lookedAt = performance.now();
    const seen = await this.#signature();
    if (seen === this.#seen) return;
    await this.#read();
    this.#seen = seen;
    this.#revision++;
  }

  view(): RunView {
    return this.#view!;
  }

  async row(): Promise<RunRow> {
    const { name, seed, status, nets } = this.view();
    const record = nets.find(({ key }) => key === 'net')!.records.at(-1);
    const measured = Object.entries(this.#summary?.test ?? record?.validation ?? {});
    return {
      ...{ id: this.id, name, seed, status, startedAtMs: await startOf(this.#folder.path) },
      progress: `${record?.epoch ?? 0} of ${this.config.epochs} epochs`,
      errors: Object.fromEntries(measured.map(([attack, { error }]) => [attack, error])),
      isTested: this.#summary !== null,
      examplesPerSecond: this.#summary?.examplesPerSecond ?? record?.examplesPerSecond ?? null,
      digest: this.#summary?.parametersDigest ?? record?.parametersDigest ?? '',
    };
  }

  since(cursor: Cursor | null): Message | null {
    if (cursor?.revision === this.#revision) return null;
    return { event: 'snapshot', json: JSON.stringify(this.view()), cursor: { revision: this.#revision } };
  }

  pictures(net: NetKey): Promise<Pictures | null> {
    const shown = this.view().nets.find(({ key }) => key === net);
    if (!shown || shown.picturesStep === null) return Promise.resolve(null);
    const folder = net === 'net' ? this.#folder.path : join(this.#folder.path, net);
    return picturesOf({ run: this.#folder.path, folder });
  }

  /** Files whose change means that there is something new to read. */
  async #signature(): Promise<string> {
    const names = ['metrics.jsonl', 'summary.json', 'checkpoints/last.safetensors', 'lock'];
    const files = [
      'config.yaml',
      ...names,
      ...['twin', 'selection'].flatMap((net) => names.map((name) => `${net}/${name}`)),
    ];
    const times = files.map(
      async (name) => (await stat(join(this.#folder.path, name)).catch(() => null))?.mtimeMs ?? 0,
    );
    return [...(await Promise.all(times)), await isClaimed(this.#folder.path)].join(' ');
  }

  async #read(): Promise<void> {
    this.#config ??= this.#folder.readShownConfig();
    const config = this.#config;
    const summary = (await this.#folder.readSummary()) as Summary | null;
    const isRunning = summary === null && (await isClaimed(this.#folder.path));
    const status = summary?.status ?? (isRunning ? 'running' : 'interrupted');
    const path = this.#folder.path;
    const nets = netsOf(config).map(async (key) => {
      if (key === 'net') return readNet(path, key, config.epochs, summary !== null);
      const folder = join(path, key);
      const isOver = (await stat(join(folder, 'summary.json')).catch(() => null)) !== null;
      const { epochs } = (key === 'twin' ? twinConfig(config) : null) ?? config;
      return readNet(folder, key, epochs, isOver);
    });
    this.#summary = summary;
    this.#view = {
      ...{ id: this.id, name: config.name, seed: config.seed, engine: summary?.engine ?? config.engine, status },
      reopen: `${this.#invocation} dashboard ${shortPath(path)}`,
      note: status === 'interrupted' ? `To go on with it: ${this.#invocation} resume ${shortPath(path)}` : '',
      ...{
        isLive: isRunning,
        subject: subjectOf(config),
        evaluation: evaluationOf(config, summary?.evaluation.examples),
      },
      ...{ nets: await Promise.all(nets), lanes: [], log: [], config: writeConfigYaml(config) },
      results: summary && resultRows(config, summary),
      facts: summary ? factsOf(summary) : {},
    };
  }
}

/** As seen from here: the shorter of relative and absolute. */
function shortPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}
