import { type Group, gauge } from '../definition.js';

/** `waiting`: nobody is at it; it may have been begun. */
export const sweepStates = ['waiting', 'running', 'done', 'failed', 'pruned'] as const;

const ofSweep = { sweep: 'the id of a sweep that is computed at present' } as const;

/** Of a sweep as a whole: none of its runs has a series of its own, so that ten thousand cost what one does. */
export const sweepMetrics = {
  title: 'A sweep',
  places: ['sweep'],
  metrics: {
    info: gauge('sparring_sweep_info', 'Always 1: which sweep there is', {
      ...ofSweep,
      name: 'as configured',
      engine: 'as resolved',
    }),
    configurations: gauge('sparring_sweep_configurations', 'Configurations that its grid has', ofSweep),
    runs: gauge('sparring_sweep_runs', 'Runs by where they stand; pruned ones were given up by the median rule', {
      ...ofSweep,
      state: sweepStates,
    }),
    slots: gauge('sparring_sweep_slots', 'Runs that can be computed at a time', ofSweep),
    busySlots: gauge('sparring_sweep_busy_slots', 'Slots in which a run is computed', ofSweep),
    eta: gauge(
      'sparring_sweep_eta_seconds',
      'Until it will be done, as its runs took so far; nothing before the first',
      {
        ...ofSweep,
      },
    ),
    runSeconds: gauge('sparring_sweep_run_seconds', 'Training time of a run that is done, on average', ofSweep),
    error: gauge('sparring_sweep_error_ratio', 'Errors on the test examples over all runs that are done', {
      ...ofSweep,
      attack: ['clean', 'fgsm', 'pgd'],
      statistic: ['min', 'mean', 'max'],
    }),
  },
} as const satisfies Group;
