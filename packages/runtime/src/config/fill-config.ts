import { fillAttack } from './attack-section.js';
import type { WrittenConfig } from './config-schema.js';
import { fillData } from './data-section.js';
import { fillEvaluation } from './evaluation-section.js';
import { fillModel } from './model-section.js';
import { fillOptimizer } from './optimizer-section.js';
import { fillProbe } from './probe-section.js';
import type { EarlyStopConfig, RunConfig, TwinConfig } from './run-config.js';

/** Fills every option that was left out. The only place where a default lives, sections included. */
export function fillConfig(written: WrittenConfig, name: string): RunConfig {
  const attack = fillAttack(written.attack);
  const epochs = written.epochs ?? 10;
  const earlyStop = fillEarlyStop(written.earlyStop);
  return {
    name: written.name ?? name,
    seed: written.seed ?? 0,
    engine: written.engine ?? 'auto',
    trainers: written.trainers ?? null,
    attackers: written.attackers ?? null,
    data: fillData(written.data),
    model: fillModel(written.model),
    alpha: written.alpha ?? 0.5,
    epochs,
    batch: written.batch ?? 100,
    shards: written.shards ?? 1,
    staleness: written.staleness ?? 0,
    replicas: written.replicas ?? 1,
    localSteps: written.localSteps ?? null,
    momentumBetweenRounds: written.momentumBetweenRounds ?? 'average',
    stepsPerCall: written.stepsPerCall ?? 8,
    maxGradientNorm: written.maxGradientNorm ?? null,
    allowMixedHardware: written.allowMixedHardware ?? false,
    attack,
    optimizer: fillOptimizer(written.optimizer, epochs),
    earlyStop,
    retrain: written.retrain ?? false,
    twin: fillTwin(written.twin, epochs),
    evaluation: fillEvaluation(written.evaluation, attack, earlyStop !== null),
    probeEvery: written.probeEvery ?? null,
    probe: fillProbe(written.probe),
    onCollapse: written.onCollapse ?? 'warn',
    checkpointEveryMs: Math.round((written.checkpointEverySeconds ?? 30) * 1000),
    maxSteps: written.maxSteps ?? null,
  };
}

function fillEarlyStop(written: WrittenConfig['earlyStop']): EarlyStopConfig | null {
  if (!written) return null;
  return { on: written.on ?? 'cleanError', patience: written.patience ?? 10 };
}

function fillTwin(written: WrittenConfig['twin'], epochs: number): TwinConfig | null {
  if (!written) return null;
  return { epochs: (written === true ? undefined : written.epochs) ?? epochs };
}
