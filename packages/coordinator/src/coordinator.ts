import type { Model } from '@sparring/core';
import type { DataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import { type Subjects, subjectsOf } from '@sparring/protocol';
import { type Bus, type Checkpoint, configDigest, digest, type RunConfig, type Stop } from '@sparring/runtime';
import {
  type Evaluation,
  initialState,
  loadModel,
  ratesAt,
  type Timeline,
  type TrainingDefinition,
  type TrainingState,
  timelineOf,
} from '@sparring/training';
import { type CheckpointStore, dataOf, stateOf, tensorsOf } from './checkpoints.js';
import { definitionOf } from './definition-of.js';
import { afterEpoch, type EarlyStopState, noBestYet, shouldStop } from './early-stop.js';
import { type AttackName, evaluateSplit, evaluationAttacks } from './evaluator.js';
import type { EpochRecord, TrainingEvent } from './events.js';
import { Membership } from './membership.js';
import { openReception } from './reception.js';
import { StateKeeper } from './state-keeper.js';
import { type Progress, TrainingLoop } from './training-loop.js';
import { WorkDesk } from './work-desk.js';
import { WorkLedger } from './work-ledger.js';

export interface TrainingRequest {
  /** The run's id, part of every subject. */
  readonly run: string;
  readonly config: RunConfig;
  readonly engine: EngineName;
  readonly dataSet: DataSet;
  readonly bus: Bus;
  readonly checkpoints: CheckpointStore;
  /** Go on from here; null starts anew. */
  readonly resume: Checkpoint | null;
  /** Aborted: end the current step or span, write a checkpoint, return. */
  readonly signal: AbortSignal;
  /** An epoch's event is awaited before a checkpoint is written that holds the epoch. */
  readonly onEvent: (event: TrainingEvent) => void | Promise<void>;
}

export interface TrainingOutcome {
  readonly status: 'finished' | 'stopped-early' | 'interrupted';
  /** Steps done. */
  readonly step: number;
  /** The net to report on: the last, or with early stopping the best. */
  readonly net: Checkpoint;
  readonly trainingSeconds: number;
  readonly examplesPerSecond: number;
  readonly ledger: WorkLedger;
  /** Seconds spent in combine, reduce and update. */
  readonly updateSeconds: number;
}

/** Owns a run: hands out its work, applies the gradients, measures, checkpoints. Workers join over the bus. */
export class Coordinator {
  readonly subjects: Subjects;
  readonly #request: TrainingRequest;
  readonly #definition: TrainingDefinition;
  readonly #model: Model;
  readonly #timeline: Timeline;
  readonly #ledger = new WorkLedger();
  readonly #desk: WorkDesk;
  readonly #keeper: StateKeeper;
  readonly #loop: TrainingLoop;
  readonly #progress: Progress;
  readonly #closeReception: Stop;
  #earlyStop: EarlyStopState;

  private constructor(request: TrainingRequest, definition: TrainingDefinition, model: Model, state: TrainingState) {
    const { config, resume, dataSet, engine, bus, run, onEvent } = request;
    this.subjects = subjectsOf(run);
    this.#request = request;
    this.#definition = definition;
    this.#model = model;
    this.#timeline = timelineOf(definition, dataSet.train.size);
    const membership = new Membership();
    const { placement } = config.attack;
    const { stepsPerCall } = config;
    this.#desk = new WorkDesk({ term, placement, membership, ledger: this.#ledger });
    this.#keeper = new StateKeeper({ engine, definition, dataSet, stepsPerCall }, resume?.step ?? 0, state);
    this.#earlyStop = (resume?.earlyStop as EarlyStopState | null | undefined) ?? noBestYet;
    this.#progress = {
      epochLoss: resume?.epochLoss.sum ?? 0,
      epochSteps: resume?.epochLoss.steps ?? 0,
      trainingMs: (resume?.trainingSeconds ?? 0) * 1_000,
    };
    const timeline = this.#timeline;
    const parts = { desk: this.#desk, keeper: this.#keeper, membership };
    this.#loop = new TrainingLoop({ ...parts, config, definition, timeline, emit: onEvent });
    const settings = {
      run,
      term,
      engine,
      definition: JSON.stringify(definition),
      data: JSON.stringify(config.data),
      dataChecksum: dataSet.checksum,
      stepsPerCall,
    };
    const { subjects } = this;
    this.#closeReception = openReception({ ...parts, bus, subjects, settings, emit: onEvent });
  }

  static async open(request: TrainingRequest): Promise<Coordinator> {
    const definition = definitionOf(request.config);
    const model = await loadModel(definition.model, request.dataSet);
    const state = request.resume ? stateOf(request.resume) : initialState(model, definition);
    return new Coordinator(request, definition, model, state);
  }

  /** @throws Diverged, or the error of a task that fails on every worker. */
  async train(): Promise<TrainingOutcome> {
    const { config, signal } = this.#request;
    let savedAt = performance.now();
    const due = () => performance.now() - savedAt >= config.checkpointEveryMs;
    let status = this.#status();
    while (status === undefined) {
      await this.#loop.trainEpoch(this.#progress, () => signal.aborted || due());
      if (this.#progress.epochSteps > 0 && this.#keeper.step % this.#timeline.stepsPerEpoch === 0) {
        await this.#endEpoch();
      }
      status = this.#status();
      if (status || due()) {
        await this.#save('last');
        savedAt = performance.now();
      }
    }
    const { trainingMs } = this.#progress;
    const stopsEarly = config.earlyStop !== null && status !== 'interrupted' && this.#earlyStop.bestError !== null;
    const { checkpoints } = this.#request;
    return {
      status,
      step: this.#keeper.step,
      net: stopsEarly ? await checkpoints.load('best') : await this.#checkpoint(),
      trainingSeconds: trainingMs / 1_000,
      examplesPerSecond: this.#examplesPerSecond(),
      ledger: this.#ledger,
      updateSeconds: this.#keeper.updateMs / 1_000,
    };
  }

  /** Error and confidence on mistakes under each attack, on the whole test split. */
  test(net: Checkpoint, attacks: readonly AttackName[]): Promise<Record<AttackName, Evaluation>> {
    return this.#measure('test', this.#request.dataSet.test.size, net.step, dataOf(net.parameters), attacks);
  }

  /** Sends the workers home and ends the update thread. */
  async close(): Promise<void> {
    this.#closeReception();
    this.#desk.close();
    await this.#keeper.close();
  }

  #status(): TrainingOutcome['status'] | undefined {
    const { config, signal } = this.#request;
    if (config.earlyStop && shouldStop(this.#earlyStop, config.earlyStop.patience)) return 'stopped-early';
    if (this.#keeper.step >= this.#loop.lastStep) return 'finished';
    return signal.aborted ? 'interrupted' : undefined;
  }

  /** Measures, records, keeps the best: in this order, so that no checkpoint outruns the record. */
  async #endEpoch(): Promise<void> {
    const { config, onEvent } = this.#request;
    const { step } = this.#keeper;
    const epoch = step / this.#timeline.stepsPerEpoch;
    const measured = epoch % config.evaluation.everyEpochs === 0 || step >= this.#loop.lastStep;
    const validation = measured ? await this.#validate() : null;
    const { epochLoss, epochSteps } = this.#progress;
    this.#progress.epochLoss = 0;
    this.#progress.epochSteps = 0;
    const error = config.earlyStop && validation?.[config.earlyStop.on === 'cleanError' ? 'clean' : 'fgsm']?.error;
    if (typeof error === 'number') this.#earlyStop = afterEpoch(this.#earlyStop, step, error);
    const checkpoint = await this.#checkpoint();
    const record: EpochRecord = {
      epoch,
      step,
      loss: epochLoss / epochSteps,
      validation,
      ...ratesAt(this.#definition, this.#timeline, step - 1),
      parametersDigest: checkpoint.digests.parameters,
      optimizerDigest: checkpoint.digests.optimizer,
      trainingSeconds: checkpoint.trainingSeconds,
      examplesPerSecond: this.#examplesPerSecond(),
    };
    await onEvent({ kind: 'epoch', record });
    if (typeof error === 'number' && this.#earlyStop.bestStep === step) await this.#save('best');
  }

  async #validate(): Promise<Partial<Record<AttackName, Evaluation>> | null> {
    const { dataSet, config } = this.#request;
    const { step } = this.#keeper;
    const size = Math.min(dataSet.validation.size, config.evaluation.validationExamples ?? Number.POSITIVE_INFINITY);
    if (size === 0) return null;
    const parameters = await this.#parameters();
    return this.#measure('validation', size, step, parameters, ['clean', 'fgsm']);
  }

  async #measure(
    split: 'validation' | 'test',
    size: number,
    step: number,
    parameters: Record<string, Float32Array>,
    names: readonly AttackName[],
  ): Promise<Record<AttackName, Evaluation>> {
    const attacks = evaluationAttacks(this.#request.config);
    const evaluations = await Promise.all(
      names.map(async (name) => [name, await evaluateSplit(this.#desk, step, parameters, split, size, attacks[name])]),
    );
    return Object.fromEntries(evaluations);
  }

  async #parameters(): Promise<Record<string, Float32Array>> {
    return dataOf((await this.#tensors()).parameters);
  }

  async #tensors() {
    return tensorsOf(this.#model, this.#definition, await this.#keeper.state());
  }

  async #checkpoint(): Promise<Checkpoint> {
    const { config, dataSet, engine } = this.#request;
    const tensors = await this.#tensors();
    const { epochLoss, epochSteps, trainingMs } = this.#progress;
    const { step } = this.#keeper;
    return {
      ...tensors,
      step,
      epoch: Math.floor(step / this.#timeline.stepsPerEpoch),
      epochLoss: { sum: epochLoss, steps: epochSteps },
      earlyStop: config.earlyStop ? this.#earlyStop : null,
      trainingSeconds: trainingMs / 1_000,
      digests: { parameters: digest(tensors.parameters), optimizer: digest(tensors.velocity) },
      configDigest: configDigest(config),
      dataChecksum: dataSet.checksum,
      engine,
    };
  }

  async #save(which: 'last' | 'best'): Promise<void> {
    const { checkpoints, onEvent } = this.#request;
    await checkpoints.save(which, await this.#checkpoint());
    await onEvent({ kind: 'checkpoint', step: this.#keeper.step, which });
  }

  #examplesPerSecond(): number {
    return (this.#keeper.step * this.#definition.batch * 1_000) / this.#progress.trainingMs;
  }
}

/** A process that hosts all roles has one coordinator, in its first term. */
const term = 1;
