import { counter, type Group, gauge } from '../definition.js';
import { ofRun } from './run-metrics.js';

export const probeMetrics = {
  title: 'The robustness probe',
  places: ['train', 'coordinator'],
  metrics: {
    error: gauge('sparring_coordinator_probe_error_ratio', 'Fraction of the probed examples misclassified', {
      ...ofRun,
      attack: 'the attacks that the probe makes',
    }),
    gradientCosine: gauge(
      'sparring_coordinator_probe_gradient_cosine',
      'Cosine between input gradients at an example and beside it: near 0, the loss is no longer smooth',
      ofRun,
    ),
    collapses: counter('sparring_coordinator_collapses_total', 'Times that a probe found robustness collapsed'),
    rollbacks: counter('sparring_coordinator_rollbacks_total', 'Times that a run went back to an earlier checkpoint'),
  },
} as const satisfies Group;
