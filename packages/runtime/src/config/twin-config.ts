import type { RunConfig } from './run-config.js';

/** The configuration of a run's twin: the same net and seed with α = 1, so without an adversary; null where none is wanted. */
export function twinConfig(config: RunConfig): RunConfig | null {
  if (config.twin === null) return null;
  // Nothing presses a twin's adversarial error down, so watching it would stop the twin at random.
  const earlyStop = config.earlyStop && { ...config.earlyStop, on: 'cleanError' as const };
  return {
    ...config,
    ...{ name: `${config.name}-twin`, alpha: 1, epochs: config.twin.epochs, twin: null, retrain: false, earlyStop },
    // Without an adversary there is no robustness to lose.
    ...{ probeEvery: null, onCollapse: 'warn' },
  };
}
