import type { DataSet } from '@sparring/data';
import type { RunConfig } from '@sparring/runtime';
import { codeHash, configurationHash, runIdentity } from '@sparring/sweep';

/** What a run is known by to sweeps: they compute none again that has been trained before. The engine must be resolved. */
export async function identityOf(config: RunConfig, { checksum }: Pick<DataSet, 'checksum'>): Promise<string> {
  const configuration = configurationHash(config);
  return runIdentity({ configuration, dataChecksum: checksum, code: await codeHash(), seed: config.seed });
}
