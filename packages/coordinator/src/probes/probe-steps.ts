import { endOfRound, type Timeline, type TrainingDefinition } from '@sparring/training';

/**
 * The first step after `step` at whose end a probe is laid: every multiple of `probeEvery`, or, with replicas, the end of the round that it
 * lies in. null as `probeEvery`: none.
 */
export function nextProbeStep(
  definition: TrainingDefinition,
  timeline: Timeline,
  probeEvery: number | null,
  step: number,
): number {
  if (probeEvery === null) return Number.POSITIVE_INFINITY;
  // The multiple before `step` may belong to a round that ends after it.
  for (let multiple = Math.max(1, Math.floor(step / probeEvery)) * probeEvery; ; multiple += probeEvery) {
    const probeStep = endOfRound(definition, timeline, multiple - 1);
    if (probeStep > step) return probeStep;
  }
}
