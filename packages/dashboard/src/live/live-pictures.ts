import type { Coordinator } from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import type { RunConfig } from '@sparring/runtime';
import { canBeShown } from '../pictures/can-be-shown.js';
import { PictureMaker } from '../pictures/picture-maker.js';
import type { Pictures } from '../pictures/pictures.js';
import { readPictures, writePictures } from '../pictures/pictures-file.js';
import type { NetKey } from '../view/run-view.js';
import type { LiveNet } from './live-net.js';

/** Pictures may take this share of one core's time. */
const share = 0.01;

/** The newest pictures of a run's nets, made when somebody watches: as soon as that begins, and after each epoch, unless they cost too much. */
export class LivePictures {
  readonly #config: RunConfig;
  /** null where its examples are no images, or nothing more is to be made. */
  #dataSet: DataSet | null;
  readonly #folderOf: (net: NetKey) => string | null;
  readonly #made = new Map<NetKey, Pictures>();
  #maker: PictureMaker | undefined;
  #making: Promise<void> | undefined;
  #notBefore = 0;
  /** What they take at least: the least time so far, since a busy machine makes all things long; of the first ones all is new. */
  #costMs: number | undefined;
  #isFirst = true;

  constructor(config: RunConfig, dataSet: DataSet, folderOf: (net: NetKey) => string | null) {
    this.#config = config;
    this.#dataSet = canBeShown(dataSet) ? dataSet : null;
    this.#folderOf = folderOf;
  }

  /** Has them made where that is due; nobody waits for them. */
  consider(net: LiveNet, coordinator: Pick<Coordinator, 'parametersNow'>): void {
    if (!this.#dataSet || this.#making || !this.#isDue(net)) return;
    const { step, parameters } = coordinator.parametersNow();
    this.#maker ??= new PictureMaker(this.#config, this.#dataSet);
    this.#making = this.#make(this.#maker, net, step, parameters)
      .catch(() => {
        // A model that cannot be run as it is evaluated fails elsewhere, and with more to say.
        this.#dataSet = null;
      })
      .finally(() => {
        this.#making = undefined;
      });
  }

  async of(net: NetKey): Promise<Pictures | null> {
    const folder = this.#folderOf(net);
    return this.#made.get(net) ?? (folder === null ? null : readPictures(folder));
  }

  async close(): Promise<void> {
    this.#dataSet = null;
    await this.#making;
    await this.#maker?.close();
  }

  #isDue({ picturesStep, records, stage }: LiveNet): boolean {
    if (picturesStep === null) return true;
    const isNewer = (records.at(-1)?.step ?? 0) > picturesStep;
    return isNewer && (stage === 'measuring' || performance.now() >= this.#notBefore);
  }

  async #make(
    maker: PictureMaker,
    net: LiveNet,
    step: number,
    parameters: Readonly<Record<string, Float32Array>>,
  ): Promise<void> {
    await maker.opened;
    const beganAt = performance.now();
    const pictures = await maker.make(step, parameters);
    this.#restAfter(performance.now() - beganAt);
    this.#made.set(net.key, pictures);
    net.picturesStep = step;
    const folder = this.#folderOf(net.key);
    // Where it cannot be written, checkpoints tell of it.
    if (folder !== null) await writePictures(folder, pictures).catch(() => {});
  }

  #restAfter(tookMs: number): void {
    if (!this.#isFirst) this.#costMs = Math.min(tookMs, this.#costMs ?? tookMs);
    this.#isFirst = false;
    this.#notBefore = performance.now() + (this.#costMs ?? 0) / share;
  }
}
