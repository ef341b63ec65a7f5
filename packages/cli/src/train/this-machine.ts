import { cpus } from 'node:os';
import { type EngineName, engineVersion } from '@sparring/engine';

/** What equal bits depend on besides the configuration and the data. */
export interface Machine {
  readonly cpu: string;
  readonly platform: string;
  readonly node: string;
  /** Name and version of the library that computes. */
  readonly engineVersion: string;
}

export function thisMachine(engine: EngineName): Machine {
  return {
    cpu: cpus()[0]?.model.trim() || process.arch,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    engineVersion: engineVersion(engine),
  };
}
