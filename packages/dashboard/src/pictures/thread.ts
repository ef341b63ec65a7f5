import type { Pictures } from './pictures.js';
import { Studio, type StudioOptions } from './studio.js';

/** The thread that makes pictures: `open`, then `make` as often as they are wanted. */

let studio: Studio;

export async function open(options: StudioOptions): Promise<void> {
  studio = await Studio.open(options);
}

export function make({
  step,
  parameters,
}: {
  readonly step: number;
  readonly parameters: Readonly<Record<string, Float32Array>>;
}): Promise<Pictures> {
  return studio.make(step, parameters);
}
