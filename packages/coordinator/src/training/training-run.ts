import type { Model } from '@sparring/core';
import type { DataSet } from '@sparring/data';
import { type EngineName, engineVersion } from '@sparring/engine';
import { type Checkpoint, configDigest, digest, type NamedTensors, type RunConfig } from '@sparring/runtime';
import { examplesPerStep, ratesAt, type Timeline, type TrainingDefinition } from '@sparring/training';
import type { EpochRecord, TrainingEvent } from '../events.js';
import type { CollapseGuard } from '../probes/collapse-guard.js';
import type { WorkLedger } from '../work/work-ledger.js';
import { CheckpointWriter } from './checkpoint-writer.js';
import { type CheckpointStore, dataOf, tensorsOf } from './checkpoints.js';
import { Diverged } from './diverged.js';
import { afterEpoch, type EarlyStopState, noBestYet, shouldStop } from './early-stop.js';
import type { Evaluator } from './evaluator.js';
import type { StateKeeper } from './state-keeper.js';
import type { Progress, TrainingLoop } from './training-loop.js';

export interface TrainingOutcome {
  /** `collapsed`: probes saw the net collapse, and it was not to be trained any further. */
  readonly status: 'finished' | 'stopped-early' | 'collapsed' | 'interrupted';
  /** Steps done. */
  readonly step: number;
  /** The net to report on: the last, or with early stopping the best. */
  readonly net: Checkpoint;
  readonly trainingSeconds: number;
  readonly examplesPerSecond: number;
  /** How often the run went back to an earlier state, that before a stop included. */
  readonly rollbacks: number;
  readonly ledger: WorkLedger;
  /** Seconds spent in combine, reduce and update. */
  readonly updateSeconds: number;
}

export interface RunParts {
  readonly config: RunConfig;
  readonly definition: TrainingDefinition;
  readonly model: Model;
  readonly timeline: Timeline;
  readonly dataSet: DataSet;
  readonly engine: EngineName;
  readonly checkpoints: CheckpointStore;
  readonly resume: Checkpoint | null;
  readonly signal: AbortSignal;
  readonly keeper: StateKeeper;
  readonly loop: TrainingLoop;
  readonly evaluator: Evaluator;
  readonly guard: CollapseGuard;
  readonly ledger: WorkLedger;
  readonly emit: (event: TrainingEvent) => void | Promise<void>;
}

/** A net's training from its first step, or from a checkpoint, to its end: epochs, their records, checkpoints, early stop. */
export class TrainingRun {
  readonly #parts: RunParts;
  readonly #progress: Progress;
  readonly #writer: CheckpointWriter;
  #earlyStop: EarlyStopState;
  /** Of the step that the run is at, where it was wanted before: an epoch's end records, keeps and saves the same one. */
  #made: Checkpoint | undefined;

  constructor(parts: RunParts) {
    this.#parts = parts;
    const { resume, checkpoints, emit } = parts;
    this.#writer = new CheckpointWriter(checkpoints, emit);
    this.#earlyStop = (resume?.earlyStop as EarlyStopState | null | undefined) ?? noBestYet;
    this.#progress = {
      epochLoss: resume?.epochLoss.sum ?? 0,
      epochSteps: resume?.epochLoss.steps ?? 0,
      trainingMs: (resume?.trainingSeconds ?? 0) * 1_000,
    };
  }

  /** @throws Diverged, or the error of a task that fails on every worker. */
  async train(): Promise<TrainingOutcome> {
    try {
      return await this.#train();
    } finally {
      this.#parts.guard.end();
      // What is being written when something else fails is still worth having.
      await this.#writer.settled().catch(() => {});
    }
  }

  async #train(): Promise<TrainingOutcome> {
    const { config, signal, loop, keeper, timeline, guard } = this.#parts;
    guard.begin();
    let savedAt = performance.now();
    const due = () => performance.now() - savedAt >= config.checkpointEveryMs;
    let status = this.#status();
    while (status === undefined) {
      await loop.trainEpoch(this.#progress, guard.nextStep(keeper.step), () => signal.aborted || due());
      if (await guard.reached()) this.#startAgain();
      const epochEnded = this.#progress.epochSteps > 0 && keeper.step % timeline.stepsPerEpoch === 0;
      if (epochEnded) await this.#endEpoch();
      this.#writer.throwIfFailed();
      status = this.#status();
      // Whoever interrupts does not wait for it; all others are told what became of the last probe.
      if (status !== undefined && status !== 'interrupted') await guard.settled();
      if (status !== undefined || due()) {
        this.#writer.save('last', this.#checkpoint());
        savedAt = performance.now();
      }
    }
    await this.#writer.settled();
    return this.#conclude(status);
  }

  /** An earlier state was restored. The best so far may be of the net that had collapsed, so early stopping begins anew. */
  #startAgain(): void {
    this.#parts.loop.startAgain();
    this.#earlyStop = noBestYet;
    this.#made = undefined;
  }

  /** Measures, records, keeps the best: in this order, so that no checkpoint outruns the record. */
  async #endEpoch(): Promise<void> {
    const { config, definition, timeline, keeper, loop, evaluator, emit } = this.#parts;
    const { step } = keeper;
    const epoch = step / timeline.stepsPerEpoch;
    const { epochLoss, epochSteps } = this.#progress;
    this.#progress.epochLoss = 0;
    this.#progress.epochSteps = 0;
    const measured = epoch % config.evaluation.everyEpochs === 0 || step >= loop.lastStep;
    const parameters = dataOf(this.#tensors().parameters);
    const net = { step, rollbacks: keeper.rollbacks, parameters };
    const validation = measured ? await evaluator.validate(net, ['clean', 'fgsm']) : null;
    const error = config.earlyStop && validation?.[config.earlyStop.on === 'cleanError' ? 'clean' : 'fgsm'].error;
    if (typeof error === 'number') this.#earlyStop = afterEpoch(this.#earlyStop, step, error);
    const checkpoint = this.#checkpoint();
    const record: EpochRecord = {
      epoch,
      step,
      loss: epochLoss / epochSteps,
      validation,
      ...ratesAt(definition, timeline, step - 1, keeper.rollbacks),
      parametersDigest: checkpoint.digests.parameters,
      optimizerDigest: checkpoint.digests.optimizer,
      trainingSeconds: checkpoint.trainingSeconds,
      examplesPerSecond: this.#examplesPerSecond(),
    };
    await emit({ kind: 'epoch', record });
    if (typeof error === 'number' && this.#earlyStop.bestStep === step) this.#writer.save('best', checkpoint);
  }

  #status(): TrainingOutcome['status'] | undefined {
    const { config, signal, keeper, loop, guard } = this.#parts;
    if (guard.stopped) return 'collapsed';
    if (config.earlyStop && shouldStop(this.#earlyStop, config.earlyStop.patience)) return 'stopped-early';
    if (keeper.step >= loop.lastStep) return 'finished';
    return signal.aborted ? 'interrupted' : undefined;
  }

  async #conclude(status: TrainingOutcome['status']): Promise<TrainingOutcome> {
    const { config, keeper, checkpoints, ledger } = this.#parts;
    const keptBest = config.earlyStop !== null && status !== 'interrupted' && this.#earlyStop.bestError !== null;
    return {
      status,
      step: keeper.step,
      net: keptBest ? await checkpoints.load('best') : this.#checkpoint(),
      trainingSeconds: this.#progress.trainingMs / 1_000,
      examplesPerSecond: this.#examplesPerSecond(),
      rollbacks: keeper.rollbacks,
      ledger,
      updateSeconds: keeper.updateMs / 1_000,
    };
  }

  #checkpoint(): Checkpoint {
    const { config, dataSet, engine, keeper, timeline, guard } = this.#parts;
    const { step } = keeper;
    if (this.#made?.step === step) return this.#made;
    const tensors = this.#tensors();
    this.#refuseDivergence(tensors.parameters);
    const { epochLoss, epochSteps, trainingMs } = this.#progress;
    this.#made = {
      ...tensors,
      step,
      epoch: Math.floor(step / timeline.stepsPerEpoch),
      epochLoss: { sum: epochLoss, steps: epochSteps },
      earlyStop: config.earlyStop ? this.#earlyStop : null,
      ...guard.findings(),
      trainingSeconds: trainingMs / 1_000,
      digests: { parameters: digest(tensors.parameters), optimizer: digest(tensors.velocity) },
      configDigest: configDigest(config),
      dataChecksum: dataSet.checksum,
      engine: `${engine} ${engineVersion(engine)}`,
    };
    return this.#made;
  }

  #tensors() {
    const { model, definition, keeper } = this.#parts;
    return tensorsOf(model, definition, keeper.state());
  }

  /** The last step's loss says nothing yet of what its update made: no checkpoint may hold what cannot be gone on from. */
  #refuseDivergence(parameters: NamedTensors): void {
    for (const [name, { data }] of Object.entries(parameters)) {
      if (!data.every(Number.isFinite)) throw new Diverged(this.#parts.keeper.step, `${name} is no longer finite`);
    }
  }

  #examplesPerSecond(): number {
    const { keeper, definition } = this.#parts;
    return (keeper.step * examplesPerStep(definition) * 1_000) / this.#progress.trainingMs;
  }
}
