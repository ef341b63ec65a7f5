import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import type { RunConfig } from './run-config.js';

/**
 * SHA-256, in hex, of what determines a run's mathematics: two runs with the same digest, data and engine have the same parameters
 * after every step and stop at the same one.
 *
 * Counted: seed, data (but not where its folder lies), model (of a module its hash, not its path), alpha, epochs (schedules run over
 * them), batch, shards, staleness, attack without `placement`, optimizer, earlyStop and, where it is on, what it decides by (the
 * evaluation's validationExamples and everyEpochs, and its epsilon and clip where it watches the adversarial error); where there are
 * several replicas, replicas, localSteps and momentumBetweenRounds, none of which means anything to one; where a collapse stops the run or
 * rolls it back, probeEvery, probe, onCollapse and the evaluation's attacks.
 *
 * Not counted: name, engine (its name and version are compared beside the digest), trainers, attackers, stepsPerCall, attack.placement,
 * maxGradientNorm (a run comes to the same or fails), allowMixedHardware, twin, retrain (each of its two trainings has a configuration of
 * its own), the rest of evaluation, probes that only warn, checkpointEveryMs, maxSteps.
 */
export function configDigest(config: RunConfig): string {
  const { seed, data, model, alpha, epochs, batch, shards, staleness, attack, optimizer, earlyStop } = config;
  const { placement: _placement, ...attackMaths } = attack;
  const { folder: _folder, ...dataMaths } = data;
  const modelMaths = model.kind === 'file' ? { kind: model.kind, sha256: model.sha256 } : model;
  const counted = {
    ...{ seed, data: dataMaths, model: modelMaths, alpha, epochs, batch, shards, staleness },
    ...{ attack: attackMaths, optimizer, earlyStop, stopDecision: stopDecision(config) },
    ...rounds(config),
    ...rollbacks(config),
  };
  return createHash('sha256').update(canonicalJson(counted)).digest('hex');
}

// Absent for one replica, whose digests are those of the time before there were several.
function rounds({ replicas, localSteps, momentumBetweenRounds }: RunConfig): object {
  return replicas === 1 ? {} : { rounds: { replicas, localSteps, momentumBetweenRounds } };
}

// Absent where no bit depends on probes.
function rollbacks({ probeEvery, probe, onCollapse, evaluation }: RunConfig): object {
  if (probeEvery === null || onCollapse === 'warn') return {};
  const { epsilon, clip, pgdIterations, pgdStepSize, pgdRandomStart } = evaluation;
  const attacks = { epsilon, clip, pgdIterations, pgdStepSize, pgdRandomStart };
  return { rollbacks: { probeEvery, probe, onCollapse, attacks } };
}

function stopDecision({ earlyStop, evaluation }: RunConfig): unknown {
  if (earlyStop === null) return null;
  const { validationExamples, everyEpochs, epsilon, clip } = evaluation;
  return { validationExamples, everyEpochs, ...(earlyStop.on === 'adversarialError' ? { epsilon, clip } : {}) };
}
