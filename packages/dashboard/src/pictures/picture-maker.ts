import { definitionOf, evaluationAttacks } from '@sparring/coordinator';
import type { AttackSpec } from '@sparring/core';
import type { DataSet } from '@sparring/data';
import { ComputeThread, type RunConfig } from '@sparring/runtime';
import type { Pictures } from './pictures.js';
import type { StudioOptions } from './studio.js';

/**
 * Makes the pictures of a run's nets on a thread of its own: neither a coordinator, which must be heard twice a second, nor whoever
 * trains waits for it.
 */
export class PictureMaker {
  readonly #thread = new ComputeThread(new URL('./thread.js', import.meta.url));
  /** Resolves when all is compiled. */
  readonly opened: Promise<void>;

  constructor(config: RunConfig, dataSet: DataSet) {
    this.opened = this.#thread.call('open', studioOptions(config, dataSet));
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

/** Only what has rows and columns can be shown. */
export function canBeShown({ imageShape }: Pick<DataSet, 'imageShape'>): boolean {
  return imageShape.length === 2 && imageShape.every((length) => length > 1);
}

function studioOptions(config: RunConfig, dataSet: DataSet): StudioOptions {
  const { data, seed } = config;
  return {
    // A GPU is busy, and the native TensorFlow binding can be loaded in one thread only.
    engine: config.engine.startsWith('tfjs') ? 'tfjs:cpu' : 'onnx:cpu',
    model: definitionOf(config).model,
    seed,
    dataSet,
    attacks: shownAttacks(config),
    classNames: Array.from({ length: dataSet.classes }, (_, i) => String(data.classes?.[i] ?? i)),
  };
}

/** The attack that the run trains against, and PGD as it is evaluated. */
function shownAttacks(config: RunConfig): Record<string, AttackSpec> {
  const { attack, alpha } = config;
  const { placement: _, sameMasks: __, ...own } = attack;
  const { fgsm, pgd } = evaluationAttacks(config);
  const trained = alpha === 1 ? fgsm : own;
  return { [titleOf(trained)]: trained, [titleOf(pgd)]: pgd };
}

function titleOf({ kind, iterations, epsilon, norm }: AttackSpec): string {
  const name = kind === 'fgsm' ? 'FGSM' : `PGD-${iterations}`;
  return `${name}, ${norm === 'l2' ? '‖η‖₂ ≤' : 'ε ='} ${epsilon}`;
}
