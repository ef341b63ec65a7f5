import type { Role } from '@sparring/protocol';
import {
  follow,
  OwnedGauges,
  type ProcessMetrics,
  probeMetrics,
  runMetrics,
  stepMetrics,
  workMetrics,
} from '@sparring/runtime/metrics';
import type { Evaluation } from '@sparring/training';
import type { Phase } from '../cluster/records.js';
import type { Coordinator } from '../coordinator.js';
import type { EpochRecord, TrainingEvent } from '../events.js';
import type { TellTime } from '../step-times.js';

export interface RunName {
  /** Its id. */
  readonly run: string;
  /** `selection`: the first training of a run that trains anew. */
  readonly net: Phase | 'selection';
  /** As its configuration has it. */
  readonly name: string;
  readonly engine: string;
}

/** What is read of a coordinator when it is asked for. */
export type WatchedCoordinator = Pick<
  Coordinator,
  'step' | 'lastStep' | 'staleness' | 'norms' | 'depths' | 'ledger' | 'membership' | 'examplesPerStep'
>;

/** What a process's metrics say of one net's training: events are told as they come, the rest is read before it is asked for. */
export class RunMetrics {
  readonly #metrics: ProcessMetrics;
  readonly #name: RunName;
  readonly #gauges: OwnedGauges;
  readonly #onEnd: () => void;
  #coordinator: WatchedCoordinator | undefined;
  #unwatch = () => {};
  #spares: Record<Role, number> = { trainer: 0, attacker: 0 };
  #storedAt = performance.now();

  constructor(metrics: ProcessMetrics, name: RunName, onEnd: () => void) {
    this.#metrics = metrics;
    this.#name = name;
    this.#gauges = new OwnedGauges({ run: name.run, net: name.net });
    this.#onEnd = onEnd;
    this.#showMode('');
  }

  /** For the coordinator that is opened for this training. */
  readonly tellTime: TellTime = (phase, ms, times = 1) => {
    const { steps, examples, phases } = this.#metrics.of(stepMetrics);
    for (let i = 0; i < times; i++) phases.observe({ phase }, ms / 1_000);
    if (phase !== 'step') return;
    steps.inc(times);
    examples.inc(times * (this.#coordinator?.examplesPerStep ?? 0));
  };

  /** From now on it is read. `storedStep`: of the checkpoint that it goes on from; 0 for none. */
  watch(coordinator: WatchedCoordinator, storedStep: number): void {
    const { steps, plannedSteps, staleness, checkpointAge, checkpointSteps, ...norms } = this.#metrics.of(runMetrics);
    const { leases, reLeases, staleResults } = this.#metrics.of(workMetrics);
    const followLeases = follow(leases);
    const [followReLeases, followStale] = [follow(reLeases), follow(staleResults)];
    const gauges = this.#gauges;
    this.#coordinator = coordinator;
    gauges.set(checkpointSteps, storedStep);
    this.#unwatch = this.#metrics.readBefore(() => {
      const { ledger } = coordinator;
      gauges.set(steps, coordinator.step);
      gauges.set(plannedSteps, coordinator.lastStep);
      gauges.set(staleness, coordinator.staleness);
      gauges.set(checkpointAge, (performance.now() - this.#storedAt) / 1_000);
      const { parameters, velocity, gradient } = coordinator.norms;
      gauges.set(norms.parametersNorm, parameters);
      gauges.set(norms.velocityNorm, velocity);
      gauges.set(norms.gradientNorm, gradient);
      for (const [event, count] of Object.entries(ledger.leases)) followLeases({ event }, count);
      followReLeases({}, ledger.releases);
      followStale({}, ledger.staleResults);
    });
  }

  tell(event: TrainingEvent): void {
    const { joins, leaves, workerRefusals } = this.#metrics.of(workMetrics);
    const { trainingLoss, throughput, checkpointSteps } = this.#metrics.of(runMetrics);
    switch (event.kind) {
      case 'progress':
        this.#gauges.set(trainingLoss, event.loss);
        this.#gauges.set(throughput, event.examplesPerSecond);
        return;
      case 'epoch':
        this.#tellEpoch(event.record);
        return;
      case 'checkpoint':
        if (event.which !== 'last') return;
        this.#storedAt = performance.now();
        this.#gauges.set(checkpointSteps, event.step);
        return;
      case 'mode':
        this.#spares = { trainer: event.spareTrainers, attacker: event.spareAttackers };
        this.#showMode(event.mode);
        return;
      case 'joined':
        joins.inc({ role: event.role });
        return;
      case 'left':
        leaves.inc({ role: event.role });
        return;
      case 'refused':
        workerRefusals.inc({ role: event.role });
        return;
      case 'probe':
        this.#tellProbe(event);
        return;
    }
  }

  /** What it was measured to be. */
  measured(split: 'validation' | 'test', evaluations: Readonly<Partial<Record<string, Evaluation>>>): void {
    const { error, mistakeConfidence, evaluationLoss } = this.#metrics.of(runMetrics);
    for (const [attack, evaluation] of Object.entries(evaluations)) {
      const labels = { split, attack };
      this.#gauges.set(error, evaluation!.error, labels);
      this.#gauges.set(mistakeConfidence, evaluation!.confidence, labels);
      this.#gauges.set(evaluationLoss, evaluation!.loss, labels);
    }
  }

  get depths(): WatchedCoordinator['depths'] {
    return this.#coordinator?.depths ?? { ready: [], held: [], waiting: [] };
  }

  workers(role: Role): { readonly working: number; readonly spare: number } {
    const all = this.#coordinator?.membership.count(role) ?? 0;
    const spare = Math.min(all, this.#spares[role]);
    return { working: all - spare, spare };
  }

  isOf({ run, net }: RunName): boolean {
    return this.#name.run === run && this.#name.net === net;
  }

  /** Nobody trains it any more: what it came to is told a little longer. */
  end(): void {
    const { throughput, checkpointAge } = this.#metrics.of(runMetrics);
    this.#unwatch();
    this.#coordinator = undefined;
    for (const gauge of [throughput, checkpointAge]) this.#gauges.clear(gauge);
    this.#onEnd();
  }

  /** Takes all of its values away. */
  remove(): void {
    this.#gauges.clearAll();
  }

  #showMode(mode: string): void {
    const { info } = this.#metrics.of(runMetrics);
    const { name, engine } = this.#name;
    this.#gauges.clear(info);
    this.#gauges.set(info, 1, { name, engine, mode });
  }

  #tellEpoch({ epoch, loss, learningRate, momentum, validation }: EpochRecord): void {
    const gauges = this.#metrics.of(runMetrics);
    this.#gauges.set(gauges.epochs, epoch);
    this.#gauges.set(gauges.trainingLoss, loss);
    this.#gauges.set(gauges.learningRate, learningRate);
    this.#gauges.set(gauges.momentum, momentum);
    if (validation) this.measured('validation', validation);
  }

  #tellProbe({ errors, gradientCosine, collapsed, action }: Extract<TrainingEvent, { kind: 'probe' }>): void {
    const { error, gradientCosine: cosine, collapses, rollbacks } = this.#metrics.of(probeMetrics);
    for (const [attack, value] of Object.entries(errors)) this.#gauges.set(error, value, { attack });
    this.#gauges.set(cosine, gradientCosine);
    if (collapsed) collapses.inc();
    if (action === 'rollback') rollbacks.inc();
  }
}
