import { type EngineName, engineStatus } from '@sparring/engine';
import type { ModelPlaces, RunConfig } from '@sparring/runtime';
import { codeHash, type SweepRecord } from '@sparring/sweep';
import type { SharedData } from '../shared-data.js';

/** Whether this process computes the runs of a sweep to the bits that the sweep stands for. */
export class Fitness {
  readonly #models: ModelPlaces;
  readonly #data: SharedData;
  #code: Promise<string> | undefined;
  /** Configurations that it was found fit for. */
  readonly #fit = new Set<RunConfig>();

  constructor(models: ModelPlaces, data: SharedData) {
    this.#models = models;
    this.#data = data;
  }

  /** Why it may not compute a configuration of a sweep; null where it may. */
  async fault({ code, configurations }: SweepRecord, configuration: number): Promise<string | null> {
    const { config, dataChecksum, label } = configurations[configuration]!;
    if (this.#fit.has(config)) return null;
    this.#code ??= codeHash();
    if ((await this.#code) !== code) return 'it was submitted by another build of sparring, whose bits may differ';
    const model = this.#models.fault(config.model);
    if (model) return `${label}: the model ${model.got} is not allowed here: ${model.hint}`;
    const { available, detail } = await engineStatus(config.engine as EngineName);
    if (!available) return `${config.engine} is not there: ${detail}`;
    try {
      const { checksum } = await this.#data.load(config.data);
      if (checksum !== dataChecksum) return `${label}: the data here are others than where it was submitted`;
    } catch (error) {
      return `${label}: the data cannot be read: ${(error as Error).message}`;
    }
    this.#fit.add(config);
    return null;
  }
}
