import type { DataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import type { Qualification } from '@sparring/protocol';
import { cpuName, type RunConfig } from '@sparring/runtime';
import { fingerprint, TrainingSession } from '@sparring/training';
import { definitionOf } from '../training/definition-of.js';

/** What the coordinator itself computes with, and what it comes to: workers must come to the same. */
export async function ownQualification(
  config: RunConfig,
  engine: EngineName,
  dataSet: DataSet,
): Promise<Qualification> {
  const { stepsPerCall } = config;
  const session = await TrainingSession.open({ engine, definition: definitionOf(config), dataSet, stepsPerCall });
  try {
    const { name, version } = session.engine;
    return {
      engine: `${name} ${version}`,
      dataChecksum: dataSet.checksum,
      fingerprint: await fingerprint(session),
      cpu: cpuName(),
    };
  } finally {
    await session.close();
  }
}
