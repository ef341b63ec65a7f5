import { realpathSync } from 'node:fs';
import { delimiter, resolve, sep } from 'node:path';
import { ConfigError, type ConfigFault } from './config-error.js';
import type { ModelConfig } from './run-config.js';

/**
 * From where a process of a cluster loads models. A model is a program, and whoever names one has it run: so a process that takes runs
 * from others loads it only from the folders that whoever started the process named, and where none was named, not at all.
 */
export class ModelPlaces {
  readonly #places: readonly string[];

  /**
   * Folders, with all that lies below them, or single files: those of the command line and those of the variable SPARRING_MODELS, which
   * separates them as PATH does.
   * @throws ConfigError where one is not there
   */
  static of(given: readonly string[] = [], environment: { readonly SPARRING_MODELS?: string } = {}): ModelPlaces {
    const others = (environment.SPARRING_MODELS ?? '').split(delimiter).filter((place) => place !== '');
    const named = [...given.map((place) => ['--models', place]), ...others.map((place) => ['SPARRING_MODELS', place])];
    const absent = named.filter(([, place]) => realPath(place!) === null);
    if (absent.length === 0) return new ModelPlaces(named.map(([, place]) => realPath(place!)!));
    const faults = absent.map(([path, place]) => ({
      path: path!,
      got: JSON.stringify(place),
      takes,
      hint: 'not there',
    }));
    throw new ConfigError('command line', faults);
  }

  private constructor(places: readonly string[]) {
    this.#places = places;
  }

  /** Why this process does not load a model; null where it does. Says nothing of what lies elsewhere, not even whether it is there. */
  fault(model: ModelConfig): ConfigFault | null {
    if (model.kind !== 'file') return null;
    // A link counts for what it points to.
    const path = realPath(model.path) ?? resolve(model.path);
    if (this.#places.some((place) => path === place || path.startsWith(place.endsWith(sep) ? place : place + sep)))
      return null;
    const all = this.#places.length === 0 ? 'none is allowed' : `allowed: ${this.#places.join(', ')}`;
    return {
      path: 'model',
      got: JSON.stringify(model.path),
      takes: `a file in a folder from which this cluster may load models; ${all}`,
      hint: 'whoever starts coordinator and workers allows a folder, by --models FOLDER or SPARRING_MODELS',
    };
  }
}

const takes = 'a folder of models, or a JavaScript file';

/** null where nothing is there. */
function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
