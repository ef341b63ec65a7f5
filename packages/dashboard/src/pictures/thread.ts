import { type DataSpec, loadDataSet } from '@sparring/data';
import { decodeCheckpoint } from '@sparring/runtime';
import { canBeShown } from './can-be-shown.js';
import type { Pictures } from './pictures.js';
import { Studio, type StudioOptions, type StudioSettings } from './studio.js';

/** The thread that makes pictures: `open`, then `make` as often as they are wanted; or `develop`, of a checkpoint and once. */

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

export interface Negative {
  readonly settings: StudioSettings;
  readonly data: DataSpec;
  /** As a file holds it. */
  readonly checkpoint: Uint8Array;
}

/** null where the data's examples are no images. */
export async function develop({ settings, data, checkpoint }: Negative): Promise<Pictures | null> {
  const dataSet = await loadDataSet(data);
  if (!canBeShown(dataSet)) return null;
  const { step, parameters } = decodeCheckpoint(checkpoint, 'checkpoint');
  const values = Object.entries(parameters).map(([name, { data }]): [string, Float32Array] => [name, data]);
  return (await Studio.open({ ...settings, dataSet })).make(step, Object.fromEntries(values));
}
