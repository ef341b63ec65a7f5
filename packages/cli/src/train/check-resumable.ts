import { engineVersion } from '@sparring/engine';
import { type Checkpoint, configDigest, type RunConfig, RunFolderError } from '@sparring/runtime';
import type { Session } from './session.js';

/** @throws RunFolderError where going on from the checkpoint would not give what the undisturbed run gives. */
export function checkResumable(
  checkpoint: Checkpoint,
  { place, dataSet, engine }: Pick<Session, 'dataSet' | 'engine'> & { readonly place: string },
  config: RunConfig,
): void {
  const refuse = (what: string, had: string, has: string) => {
    throw new RunFolderError(`${place}: ${what}: the checkpoint was made with ${had}, now there is ${has}`);
  };
  const configured = configDigest(config);
  if (checkpoint.configDigest !== configured) {
    refuse('config.yaml has changed', `the configuration ${short(checkpoint.configDigest)}`, short(configured));
  }
  if (checkpoint.dataChecksum !== dataSet.checksum) {
    refuse('the data have changed', `data of checksum ${short(checkpoint.dataChecksum)}`, short(dataSet.checksum));
  }
  // Another version may round differently.
  const computes = `${engine} ${engineVersion(engine)}`;
  if (checkpoint.engine !== computes) refuse('the engine has changed', checkpoint.engine, computes);
}

function short(hex: string): string {
  return hex.slice(0, 16);
}
