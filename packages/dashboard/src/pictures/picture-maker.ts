import type { DataSet } from '@sparring/data';
import { ComputeThread, type RunConfig } from '@sparring/runtime';
import type { Pictures } from './pictures.js';
import type { StudioOptions } from './studio.js';
import { studioSettings } from './studio-settings.js';

/**
 * Makes the pictures of a run's nets on a thread of its own: neither a coordinator, which must be heard twice a second, nor whoever
 * trains waits for it.
 */
export class PictureMaker {
  readonly #thread = new ComputeThread(new URL('./thread.js', import.meta.url));
  /** Resolves when all is compiled. */
  readonly opened: Promise<void>;

  constructor(config: RunConfig, dataSet: DataSet) {
    this.opened = this.#thread.call('open', { ...studioSettings(config), dataSet } satisfies StudioOptions);
    this.opened.catch(() => {});
  }

  /** @throws what hinders a model from being run as it is evaluated; ThreadLost when it is closed meanwhile */
  async make(step: number, parameters: Readonly<Record<string, Float32Array>>): Promise<Pictures> {
    await this.opened;
    return this.#thread.call('make', { step, parameters });
  }

  close(): Promise<void> {
    return this.#thread.destroy();
  }
}
