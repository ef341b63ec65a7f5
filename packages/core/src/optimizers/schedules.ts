/**
 * How the learning rate or the momentum changes over a run; plain JSON.
 *
 * - `constant`: `value`.
 * - `linear`, without epochs: from `from` at step 0 to `to` after the run's last step, a little with every step. The value `to` itself is
 *   not used: learning rate .1 → 0 ends with a last update of .1 / totalSteps.
 * - `linear`, with `fromEpoch` or `toEpoch`: changes once per epoch, as pylearn2's MomentumAdjustor does. In an epoch that `n` whole epochs
 *   precede, `from` for n ≤ fromEpoch (0 unless given), `to` for n ≥ toEpoch (the run's number of epochs unless given), linear between.
 *   { from: .5, to: .7, fromEpoch: 1, toEpoch: 250 } is the maxout recipe's momentum.
 * - `exponential`: initial / divideBy^step, never below `minimum`, as pylearn2's ExponentialDecay.
 *   { initial: .1, divideBy: 1.000004, minimum: 1e-6 } is the maxout recipe's learning rate.
 */
export type Schedule =
  | { kind: 'constant'; value: number }
  | { kind: 'linear'; from: number; to: number; fromEpoch?: number; toEpoch?: number }
  | { kind: 'exponential'; initial: number; divideBy: number; minimum: number };

/** Where a run is: `step` updates made so far, out of `totalSteps`. */
export interface Progress {
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

/** The value for the update that leads from `step` to `step + 1`, rounded to float32. */
export function valueAt(schedule: Schedule, progress: Progress): number {
  return Math.fround(exactValueAt(schedule, progress));
}

function exactValueAt(schedule: Schedule, { step, stepsPerEpoch, totalSteps }: Progress): number {
  switch (schedule.kind) {
    case 'constant':
      return schedule.value;
    case 'exponential':
      return Math.max(schedule.initial / schedule.divideBy ** step, schedule.minimum);
    case 'linear': {
      const { from, to, fromEpoch, toEpoch } = schedule;
      if (fromEpoch === undefined && toEpoch === undefined) return between(from, to, step / totalSteps);
      const first = fromEpoch ?? 0;
      const last = toEpoch ?? totalSteps / stepsPerEpoch;
      const epoch = Math.floor(step / stepsPerEpoch);
      if (epoch >= last) return to;
      return epoch <= first ? from : between(from, to, (epoch - first) / (last - first));
    }
  }
}

function between(from: number, to: number, fraction: number): number {
  const limited = Math.min(1, Math.max(0, fraction));
  return from * (1 - limited) + to * limited;
}
