import type { Model } from '@sparring/core';
import type { DataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import { type Subjects, subjectsOf } from '@sparring/protocol';
import type { Bus, Checkpoint, RunConfig, Stop } from '@sparring/runtime';
import {
  type Evaluation,
  initialState,
  loadModel,
  type TrainingDefinition,
  type TrainingState,
  timelineOf,
} from '@sparring/training';
import type { TrainingEvent } from './events.js';
import { Membership } from './members/membership.js';
import { openReception } from './members/reception.js';
import { type CheckpointStore, dataOf, stateOf } from './training/checkpoints.js';
import { definitionOf } from './training/definition-of.js';
import { type AttackName, Evaluator } from './training/evaluator.js';
import { StateKeeper } from './training/state-keeper.js';
import { TrainingLoop } from './training/training-loop.js';
import { type TrainingOutcome, TrainingRun } from './training/training-run.js';
import { WorkDesk } from './work/work-desk.js';
import { WorkLedger } from './work/work-ledger.js';

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

/** Owns a run: hands out its work, applies the gradients, measures, checkpoints. Workers join over the bus. */
export class Coordinator {
  readonly subjects: Subjects;
  readonly #desk: WorkDesk;
  readonly #keeper: StateKeeper;
  readonly #evaluator: Evaluator;
  readonly #run: TrainingRun;
  readonly #closeReception: Stop;

  private constructor(request: TrainingRequest, definition: TrainingDefinition, model: Model, state: TrainingState) {
    const { config, resume, dataSet, engine, bus, run, onEvent: emit } = request;
    const { stepsPerCall } = config;
    const membership = new Membership();
    const ledger = new WorkLedger();
    const timeline = timelineOf(definition, dataSet.train.size);
    const desk = new WorkDesk({ term, placement: config.attack.placement, membership, ledger });
    const keeper = new StateKeeper({ engine, definition, dataSet, stepsPerCall }, resume?.step ?? 0, state);
    const evaluator = new Evaluator(desk, dataSet, config);
    const loop = new TrainingLoop({ config, definition, timeline, desk, keeper, membership, emit });
    const settings = {
      run,
      term,
      engine,
      definition: JSON.stringify(definition),
      data: JSON.stringify(config.data),
      dataChecksum: dataSet.checksum,
      stepsPerCall,
    };
    this.subjects = subjectsOf(run);
    this.#desk = desk;
    this.#keeper = keeper;
    this.#evaluator = evaluator;
    this.#run = new TrainingRun({ ...request, definition, model, timeline, keeper, loop, evaluator, ledger, emit });
    this.#closeReception = openReception({ bus, subjects: this.subjects, settings, membership, desk, emit });
  }

  static async open(request: TrainingRequest): Promise<Coordinator> {
    const definition = definitionOf(request.config);
    const model = await loadModel(definition.model, request.dataSet);
    const state = request.resume ? stateOf(request.resume) : initialState(model, definition);
    return new Coordinator(request, definition, model, state);
  }

  /** @throws Diverged, or the error of a task that fails on every worker. */
  train(): Promise<TrainingOutcome> {
    return this.#run.train();
  }

  /** Error and confidence on mistakes under each attack, on the whole test split. */
  test(net: Checkpoint, attacks: readonly AttackName[]): Promise<Record<AttackName, Evaluation>> {
    return this.#evaluator.test(net.step, dataOf(net.parameters), attacks);
  }

  /** Sends the workers home. */
  async close(): Promise<void> {
    this.#closeReception();
    this.#desk.close();
    await this.#keeper.close();
  }
}

/** A process that hosts all roles has one coordinator, in its first term. */
const term = 1;
