import { key, longestKey } from './codecs/fields.js';

/** Float32 values by tensor name; shapes are known to both sides from the run's definition. */
export type NamedTensors = Record<string, Float32Array>;

/** The state as workers and coordinator pass it on: by name, the prefixes `parameters/`, `velocity/` and `history/<k>/` included. */
export type StateTensors = NamedTensors;

/** In UTF-16 units, the prefixes of a state included. */
export const longestTensorName = longestKey;

/** Whether a tensor of this name can travel: a name lies in the head of its message, and whoever reads that checks it. */
export function isTensorName(name: string): boolean {
  try {
    key(name, 'name');
    return true;
  } catch {
    return false;
  }
}
