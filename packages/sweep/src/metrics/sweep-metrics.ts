import { OwnedGauges, type ProcessMetrics, sweepMetrics, sweepStates } from '@sparring/runtime/metrics';
import type { SweepRecord } from '../record/sweep-record.js';
import type { RunState } from '../schedule/run-states.js';
import { describe } from '../statistics/describe.js';

/** How a sweep is getting on, as whoever computes or follows it knows. */
export interface Pace {
  readonly slots: number;
  readonly busySlots: number;
  /** null: nobody can tell. */
  readonly etaSeconds: number | null;
}

/** What a process's metrics say of a sweep. All of it is read when it is asked for; no run has a series of its own. */
export class SweepMetrics {
  readonly #gauges: OwnedGauges;
  readonly #stop: () => void;

  constructor(
    metrics: ProcessMetrics,
    { id, name, engine, configurations }: Pick<SweepRecord, 'id' | 'name' | 'engine' | 'configurations'>,
    states: () => Iterable<RunState>,
    pace: () => Pace,
  ) {
    const group = metrics.of(sweepMetrics);
    const gauges = new OwnedGauges({ sweep: id });
    this.#gauges = gauges;
    gauges.set(group.info, 1, { name, engine });
    gauges.set(group.configurations, configurations.length);
    this.#stop = metrics.readBefore(() => {
      const all = [...states()];
      const { slots, busySlots, etaSeconds } = pace();
      const counts = countStates(all, busySlots);
      for (const state of sweepStates) gauges.set(group.runs, counts[state], { state });
      gauges.set(group.slots, slots);
      gauges.set(group.busySlots, busySlots);
      gauges.set(group.eta, etaSeconds);
      const results = all.flatMap(({ status, result }) => (status === 'done' && result ? [result] : []));
      gauges.set(group.runSeconds, describe(results.map(({ seconds }) => seconds))?.mean ?? null);
      for (const attack of ['clean', 'fgsm', 'pgd'] as const) {
        const described = describe(results.flatMap(({ [attack]: error }) => (error === null ? [] : [error])));
        for (const statistic of ['min', 'mean', 'max'] as const)
          gauges.set(group.error, described?.[statistic] ?? null, { attack, statistic });
      }
    });
  }

  /** The sweep is over: takes its values away. */
  end(): void {
    this.#stop();
    this.#gauges.clearAll();
  }
}

export type StateCounts = Readonly<Record<(typeof sweepStates)[number], number>>;

/** Runs by where they stand, of which `running` are being computed: who has begun and stopped waits like one that was never begun. */
export function countStates(states: Iterable<RunState>, running: number): StateCounts {
  const counts = { waiting: 0, running, done: 0, failed: 0, pruned: 0 };
  for (const { status } of states) counts[status === 'claimed' ? 'waiting' : status]++;
  counts.waiting = Math.max(0, counts.waiting - running);
  return counts;
}
