import { type RunMetrics, TrainingMetrics } from '@sparring/coordinator';
import { type ProcessMetrics, WorkerMetrics } from '@sparring/runtime/metrics';

/** What a process that hosts all roles tells of its trainings and its workers. */
export interface Observed {
  readonly metrics: ProcessMetrics;
  readonly training: TrainingMetrics;
  readonly workers: WorkerMetrics;
}

/** The same, of the training that is at work. */
export interface ObservedRun extends Omit<Observed, 'training'> {
  readonly run: RunMetrics;
}

export function observe(metrics: ProcessMetrics): Observed {
  return { metrics, training: new TrainingMetrics(metrics), workers: new WorkerMetrics(metrics) };
}
