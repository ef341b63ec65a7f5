import { hostname } from 'node:os';
import type { Model } from '@sparring/core';
import type { DataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import {
  type Qualification,
  type Role,
  type RunSettings,
  type Subjects,
  subjectsOf,
  type Task,
} from '@sparring/protocol';
import type { Bus, Checkpoint, RunConfig, Stop } from '@sparring/runtime';
import {
  type Evaluation,
  examplesPerStep,
  hasAdversary,
  historyLength,
  initialState,
  loadModel,
  type Parameters,
  type TrainingDefinition,
  type TrainingState,
  timelineOf,
} from '@sparring/training';
import type { TrainingEvent } from './events.js';
import { Membership } from './members/membership.js';
import { openReception } from './members/reception.js';
import { CollapseGuard } from './probes/collapse-guard.js';
import { type TellTime, tellNobody } from './step-times.js';
import { type CheckpointStore, dataOf, stateOf } from './training/checkpoints.js';
import { definitionOf } from './training/definition-of.js';
import { type AttackName, Evaluator } from './training/evaluator.js';
import type { StateNorms } from './training/norms.js';
import { StateKeeper } from './training/state-keeper.js';
import { TrainingLoop } from './training/training-loop.js';
import { type TrainingOutcome, TrainingRun } from './training/training-run.js';
import { inspector } from './work/inspection.js';
import { type DeskDepths, WorkDesk } from './work/work-desk.js';
import { WorkLedger } from './work/work-ledger.js';

export interface TrainingRequest {
  /** The run's id, part of every subject. */
  readonly run: string;
  readonly config: RunConfig;
  readonly engine: EngineName;
  readonly dataSet: DataSet;
  readonly bus: Bus;
  /** The coordinator's incarnation; a process that hosts all roles has but one. */
  readonly term: number;
  /** What workers must compute with, and like; null where they share the process: then what they return is trusted. */
  readonly qualify: ((settings: RunSettings) => Promise<Qualification>) | null;
  readonly checkpoints: CheckpointStore;
  /** Go on from here; null starts anew. */
  readonly resume: Checkpoint | null;
  /** Aborted: end the current step or span, write a checkpoint, return. */
  readonly signal: AbortSignal;
  /** An epoch's event is awaited before a checkpoint is written that holds the epoch. */
  readonly onEvent: (event: TrainingEvent) => void | Promise<void>;
  /** A worker speaks of a later term than this one: it may be over. */
  readonly onNewerTerm?: () => void;
  /** Told how long each part of a step took. */
  readonly tellTime?: TellTime;
}

/** A worker that takes part in a run. */
export interface WorkerAtWork {
  readonly workerId: string;
  readonly role: Role;
  /** Where it runs; '' in this process. */
  readonly place: string;
  /** What it has been leased; null: it waits. */
  readonly task: Task | null;
}

/** Owns a run: hands out its work, applies the gradients, measures, checkpoints. Workers join over the bus. */
export class Coordinator {
  readonly subjects: Subjects;
  readonly membership = new Membership();
  readonly ledger: WorkLedger;
  /** Examples that a step takes, of all replicas together. */
  readonly examplesPerStep: number;
  readonly #desk: WorkDesk;
  readonly #keeper: StateKeeper;
  readonly #evaluator: Evaluator;
  readonly #run: TrainingRun;
  readonly #emit: TrainingRequest['onEvent'];
  readonly #own: Promise<Qualification> | null;
  readonly #closeReception: Stop;
  readonly #loop: TrainingLoop;
  readonly #staleness: number;

  private constructor(request: TrainingRequest, definition: TrainingDefinition, model: Model, state: TrainingState) {
    const { config, resume, dataSet, engine, bus, run, term, qualify, onEvent: emit } = request;
    const { tellTime = tellNobody } = request;
    const { membership } = this;
    const ledger = new WorkLedger(tellTime);
    const { stepsPerCall, allowMixedHardware, maxGradientNorm } = config;
    const timeline = timelineOf(definition, dataSet.train.size);
    const subjects = subjectsOf(run);
    const desk = new WorkDesk({
      ...{ term, placement: config.attack.placement, membership, ledger },
      inspect: qualify || maxGradientNorm ? inspector({ model, definition, maxGradientNorm }) : null,
      onRefused: (_, { reason, detail }) => bus.refuse(reason, detail),
      onFaultyWorker: (workerId) => this.#evict(workerId),
    });
    const keeper = new StateKeeper({ engine, definition, dataSet, stepsPerCall }, resume?.step ?? 0, state, {
      onUpdate: (step, parameters, lineage) =>
        bus.publish(subjects.parameters.publish, { term, step, parameters, ...lineage }),
      rollbacks: resume?.rollbacks ?? 0,
      tellTime,
    });
    const evaluator = new Evaluator(desk, keeper, dataSet, config);
    const loop = new TrainingLoop({ config, definition, timeline, desk, ledger, keeper, membership, emit, tellTime });
    const settings: RunSettings = {
      ...{ run, term, engine, stepsPerCall },
      definition: JSON.stringify(definition),
      data: JSON.stringify(config.data),
      dataChecksum: dataSet.checksum,
      maxBodyBytes: Math.max(bytesOf(state), 4 * model.inputSize * (definition.batch / definition.shards)),
      staleness: historyLength(definition),
      replicas: definition.replicas,
    };
    this.#own = qualify?.(settings) ?? null;
    this.#own?.catch(() => {}); // met by whoever trains
    this.subjects = subjects;
    this.ledger = ledger;
    this.examplesPerStep = examplesPerStep(definition);
    this.#staleness = hasAdversary(definition) ? definition.staleness : 0;
    this.#loop = loop;
    this.#desk = desk;
    this.#keeper = keeper;
    this.#evaluator = evaluator;
    this.#emit = emit;
    const guard = new CollapseGuard({ config, definition, model, timeline, keeper, evaluator, resume, emit });
    this.#run = new TrainingRun({
      ...request,
      definition,
      model,
      timeline,
      keeper,
      loop,
      evaluator,
      guard,
      ledger,
      emit,
    });
    this.#closeReception = openReception({
      ...{ bus, subjects, settings, membership, desk, keeper, own: this.#own, allowMixedHardware, emit },
      ...(request.onNewerTerm ? { onNewerTerm: request.onNewerTerm } : {}),
    });
  }

  static async open(request: TrainingRequest): Promise<Coordinator> {
    const definition = definitionOf(request.config);
    const model = await loadModel(definition.model, request.dataSet);
    const state = request.resume ? stateOf(request.resume) : initialState(model, definition);
    return new Coordinator(request, definition, model, state);
  }

  /** Milliseconds spent in combine, reduce and update, or in averaging. */
  get updateMs(): number {
    return this.#keeper.updateMs;
  }

  /** Who takes part, and what each of them does at the moment. Costs nothing but this call. */
  workersAtWork(): WorkerAtWork[] {
    const tasks = new Map(this.#desk.held().map(({ workerId, task }) => [workerId, task]));
    return this.membership.all().map(({ workerId, role, host, pid }) => {
      const place = pid === process.pid && host === hostname() ? '' : `pid ${pid} on ${host}`;
      return { workerId, role, place, task: tasks.get(workerId) ?? null };
    });
  }

  /** The net as it is at the moment, in arrays of its own. */
  parametersNow(): { readonly step: number; readonly parameters: Parameters } {
    const { step } = this.#keeper;
    const named = Object.entries(this.#keeper.parametersOf(step));
    return { step, parameters: Object.fromEntries(named.map(([name, values]) => [name, Float32Array.from(values)])) };
  }

  /** Steps done. */
  get step(): number {
    return this.#keeper.step;
  }

  /** The step after which the run ends. */
  get lastStep(): number {
    return this.#loop.lastStep;
  }

  /** How many steps older the parameters are that the present step is attacked from. */
  get staleness(): number {
    return Math.min(this.#staleness, this.step);
  }

  /** L2 norms of parameters, velocity and a recent gradient: computed when they are asked for, and sparingly. */
  get norms(): StateNorms {
    return this.#keeper.norms;
  }

  /** What lies on its desk now. */
  get depths(): DeskDepths {
    return this.#desk.depths;
  }

  /** @throws Diverged, or the error of a task that fails on every worker. */
  async train(): Promise<TrainingOutcome> {
    await this.#own;
    return this.#run.train();
  }

  /** Error and confidence on mistakes under each attack, on the whole test split. */
  test(net: Checkpoint, attacks: readonly AttackName[]): Promise<Record<AttackName, Evaluation>> {
    const { step, rollbacks } = net;
    return this.#evaluator.test({ step, rollbacks, parameters: dataOf(net.parameters) }, attacks);
  }

  /** A worker is dead: what it held is leased to others at once. */
  lose(workerId: string, reason: string): void {
    const member = this.membership.remove(workerId);
    if (member) this.#emit({ kind: 'left', workerId, role: member.role, reason });
    this.#desk.release(workerId);
  }

  /** The broker is away: nobody's silence counts. */
  excuse(): void {
    this.#desk.excuse();
  }

  /** Sends the workers home. */
  async close(): Promise<void> {
    this.#closeReception();
    this.#desk.close();
    await this.#keeper.close();
  }

  #evict(workerId: string): void {
    const member = this.membership.evict(workerId);
    if (member) {
      const reason = 'evicted: it alone failed at tasks that others performed';
      this.#emit({ kind: 'refused', workerId, role: member.role, reason });
    }
    this.#desk.release(workerId);
  }
}

function bytesOf(state: TrainingState): number {
  return Object.values(state).reduce((sum, { byteLength }) => sum + byteLength, 0);
}
