import { configurationHash, runIdentity } from '../identity/run-identity.js';
import type { SweepRecord } from '../record/sweep-record.js';

/** One run of a sweep: a configuration with a seed. */
export interface SweepRun {
  /** Its place in the sweep's order, from 0. */
  readonly number: number;
  /** Index into the sweep's configurations. */
  readonly configuration: number;
  readonly seed: number;
  readonly identity: string;
  /** Name of its folder. The same run has the same, whichever sweep it belongs to. */
  readonly folder: string;
}

type Expandable = Pick<SweepRecord, 'configurations' | 'seeds' | 'code'>;

/**
 * The runs of a sweep in order: every configuration with the first seed, then with the second, so that what is done at any time compares
 * over common seeds.
 */
export function expand({ configurations, seeds, code }: Expandable): SweepRun[] {
  const hashes = configurations.map(({ config }) => configurationHash(config));
  return seeds.flatMap((seed, s) =>
    configurations.map(({ config, dataChecksum }, c) => {
      const identity = runIdentity({ configuration: hashes[c]!, dataChecksum, code, seed });
      const number = s * configurations.length + c;
      return { number, configuration: c, seed, identity, folder: folderOf(config.name, seed, identity) };
    }),
  );
}

function folderOf(name: string, seed: number, identity: string): string {
  return `${name}-s${seed}-${identity.slice(0, 16)}`;
}
