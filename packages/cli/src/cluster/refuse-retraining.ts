import { ConfigError, type RunConfig } from '@sparring/runtime';

/** A cluster trains a run's net once. @throws ConfigError where the configuration wants it trained twice */
export function refuseRetraining({ name, retrain }: RunConfig): void {
  if (!retrain) return;
  const takes = 'false for a run of a cluster';
  const hint = 'train it in one process, or with --set retrain=false';
  throw new ConfigError(name, [{ path: 'retrain', got: 'true', takes, hint }]);
}
