import type { Model } from '@sparring/core';
import type { DataSet } from '@sparring/data';
import {
  type Arrays,
  type Engine,
  type EngineName,
  type Executable,
  openEngine,
  type Program,
  release,
} from '@sparring/engine';
import { allocate } from './arrays.js';
import { hasAdversary, ratesAt, type Timeline, type TrainingDefinition, timelineOf } from './definition.js';
import { ShardFeeder } from './feeder.js';
import { loadModel } from './load-model.js';
import { under, within } from './names.js';
import { buildPieces } from './pieces.js';
import { advanceProgram } from './programs/advance.js';
import { attackProgram } from './programs/attack.js';
import { averageProgram } from './programs/average.js';
import { adversarialPassProgram, bothPassesProgram, cleanPassProgram, wholePassProgram } from './programs/passes.js';
import type { Recipe } from './programs/step.js';
import { updateProgram } from './programs/update.js';
import { type TrainingState, zeroVelocity } from './state.js';
import { type Parameters, type ShardLoss, type StepGradients, stepLoss } from './step-gradients.js';

export interface PassResult {
  readonly gradients: Parameters;
  readonly loss: ShardLoss;
}

export type PassPart = 'whole' | 'both' | 'clean' | 'adversarial';

export interface SessionOptions {
  readonly engine: EngineName;
  readonly definition: TrainingDefinition;
  readonly dataSet: DataSet;
  /** Steps that one engine call computes in `advance`. */
  readonly stepsPerCall: number;
}

/** One compute thread's view of a run: the run's programs, compiled when first used, and the data to feed them. */
export class TrainingSession {
  readonly model: Model;
  readonly definition: TrainingDefinition;
  readonly timeline: Timeline;
  readonly recipe: Recipe;
  readonly engine: Engine;
  readonly #feeder: ShardFeeder;
  readonly #stepsPerCall: number;
  readonly #compiled = new Map<string, Promise<Compiled>>();

  private constructor(options: SessionOptions, engine: Engine, model: Model) {
    const { definition, dataSet } = options;
    this.engine = engine;
    this.model = model;
    this.definition = definition;
    this.timeline = timelineOf(definition, dataSet.train.size);
    this.recipe = { model, definition, pieces: buildPieces(model, definition) };
    this.#feeder = new ShardFeeder(model, definition, dataSet.train);
    this.#stepsPerCall = options.stepsPerCall;
  }

  /** @param before One of the same shape that is used no more: what it compiled is taken over. */
  static async open(options: SessionOptions, before?: TrainingSession): Promise<TrainingSession> {
    const model = await loadModel(options.definition.model, options.dataSet);
    const session = new TrainingSession(options, await openEngine(options.engine), model);
    if (before) await session.#succeed(before);
    return session;
  }

  /**
   * From the state at step `from`, `numSteps` consecutive steps of a replica. The given state is not changed. Losses are per step. As
   * everywhere, `rollbacks` says how often the run was rolled back before these steps.
   */
  async advance(
    state: TrainingState,
    from: number,
    numSteps: number,
    replica = 0,
    rollbacks = 0,
  ): Promise<{ state: TrainingState; losses: number[] }> {
    const { program, executable, feeds } = await this.compiled('advance', () => advanceProgram(this.recipe));
    const losses: number[] = [];
    let current = state;
    for (let done = 0; done < numSteps; ) {
      const size = Math.min(this.#stepsPerCall, numSteps - done);
      for (let slot = 0; slot < size; slot++) this.#fillStep(feeds, from + done + slot, replica, slot, rollbacks);
      const outputs = await executable.run({ ...current, ...firstSteps(feeds, size, this.#stepsPerCall) });
      if (current !== state) release(Object.values(current));
      current = Object.fromEntries(program.scan!.state.map((name) => [name, outputs[name] as Float32Array]));
      for (let slot = 0; slot < size; slot++) losses.push(this.#stepLoss(outputs, slot));
      done += size;
    }
    return { state: current, losses };
  }

  /** The clean or the adversarial pass of one shard at `parameters`, or the two combined. */
  async pass(
    part: PassPart,
    parameters: Parameters,
    step: number,
    shard: number,
    extra: { readonly attacked?: Parameters; readonly adversarialX?: Float32Array } = {},
    rollbacks = 0,
  ): Promise<PassResult> {
    const compiled = await this.compiled(part, () => passPrograms[part](this.recipe));
    const arrays = { ...this.#shardFeeds(compiled, step, shard, rollbacks) };
    if (extra.adversarialX) arrays.adversarialX = extra.adversarialX;
    if (extra.attacked) Object.assign(arrays, under('attacked', extra.attacked));
    const outputs = await compiled.executable.run({ ...arrays, ...under('parameters', parameters) });
    return { gradients: within('gradient', outputs) as Parameters, loss: shardLoss(outputs) };
  }

  /** The adversarial examples of one shard against `parameters`: float32 [shard size, inputs]. */
  async attack(parameters: Parameters, step: number, shard: number, rollbacks = 0): Promise<Float32Array> {
    const compiled = await this.compiled('attack', () => attackProgram(this.recipe));
    const feeds = this.#shardFeeds(compiled, step, shard, rollbacks);
    const outputs = await compiled.executable.run({ ...feeds, ...under('parameters', parameters) });
    return outputs.adversarialX as Float32Array;
  }

  /** The clean examples of one shard, float32 [shard size, inputs]: those that a program was fed, where one was. Valid up to the next call. */
  async examples(step: number, shard: number, rollbacks = 0): Promise<Float32Array> {
    for (const entry of this.#compiled.values()) {
      const { feeds, holds } = await entry;
      const isHeld = holds?.step === step && holds.shard === shard && holds.rollbacks === rollbacks;
      if (isHeld && feeds['x/0']) return feeds['x/0'] as Float32Array;
    }
    const size = this.definition.batch / this.definition.shards;
    const feeds = { 'x/0': new Float32Array(size * this.model.inputSize), 'labels/0': new Int32Array(size) };
    this.#feeder.fill(feeds, step, shard, 0, 0, rollbacks);
    return feeds['x/0'];
  }

  /** Makes examples, masks and starts of a shard ready for a pass or an attack that is likely to come, while there is time. */
  async prepare(key: PassPart | 'attack', step: number, shard: number, rollbacks = 0): Promise<void> {
    const compiled = await this.#compiled.get(key);
    if (compiled) this.#shardFeeds(compiled, step, shard, rollbacks);
  }

  /** Combine, reduce and update: the state after `step` from the state before it and all shards' gradients. */
  async update(state: TrainingState, step: number, gradients: StepGradients, rollbacks = 0): Promise<TrainingState> {
    const { parts } = gradients;
    const { executable } = await this.compiled(`update ${parts}`, () => updateProgram(this.recipe, parts));
    const arrays: Arrays = { ...state };
    for (let s = 0; s < this.definition.shards; s++) {
      if (parts === 'whole') Object.assign(arrays, under(`whole/${s}`, gradients.whole[s]!));
      else {
        Object.assign(arrays, under(`clean/${s}`, gradients.clean[s]!));
        Object.assign(arrays, under(`adversarial/${s}`, gradients.adversarial[s]!));
      }
    }
    const { learningRate, momentum } = ratesAt(this.definition, this.timeline, step, rollbacks);
    const rates = { learningRate: Float32Array.of(learningRate), momentum: Float32Array.of(momentum) };
    return (await executable.run({ ...arrays, ...rates })) as TrainingState;
  }

  /** What a round comes to, from what its replicas came to, in their order. */
  async average(replicas: readonly TrainingState[]): Promise<TrainingState> {
    const { program, executable } = await this.compiled('average', () => averageProgram(this.recipe));
    const states: TrainingState = Object.assign({}, ...replicas.map((state, r) => under(`replica/${r}`, state)));
    const read = Object.keys(program.inputs).map((name) => [name, states[name]!] as const);
    const averaged = (await executable.run(Object.fromEntries(read))) as TrainingState;
    if (this.definition.momentumBetweenRounds === 'average') return averaged;
    return { ...averaged, ...zeroVelocity(this.model, this.definition) };
  }

  /** Compiles a program once; later calls with the same key get the same. */
  compiled(key: string, make: () => Program): Promise<Compiled> {
    let entry = this.#compiled.get(key);
    if (!entry) {
      const program = make();
      const feeds = allocate(shardInputs(program), program.scan ? this.#stepsPerCall : 1);
      entry = this.engine.compile(program).then((executable) => ({ program, executable, feeds, holds: null }));
      this.#compiled.set(key, entry);
    }
    return entry;
  }

  async close(): Promise<void> {
    for (const entry of await Promise.allSettled(this.#compiled.values())) {
      if (entry.status === 'fulfilled') await entry.value.executable.dispose();
    }
    this.#compiled.clear();
  }

  async #succeed(before: TrainingSession): Promise<void> {
    for (const [key, entry] of before.#compiled) {
      // Its arrays hold another run's examples; a program that could not be compiled is tried again.
      const compiled = await entry.then((value) => ({ ...value, holds: null })).catch(() => null);
      if (compiled) this.#compiled.set(key, Promise.resolve(compiled));
    }
    before.#compiled.clear();
  }

  #shardFeeds(compiled: Compiled, step: number, shard: number, rollbacks: number): Arrays {
    const { feeds, holds } = compiled;
    if (holds?.step === step && holds.shard === shard && holds.rollbacks === rollbacks) return feeds;
    compiled.holds = null;
    this.#feeder.fill(feeds, step, shard, 0, 0, rollbacks);
    compiled.holds = { step, shard, rollbacks };
    return feeds;
  }

  #fillStep(arrays: Arrays, step: number, replica: number, slot: number, rollbacks: number): void {
    const { shards } = this.definition;
    for (let s = 0; s < shards; s++) this.#feeder.fill(arrays, step, replica * shards + s, s, slot, rollbacks);
    const { learningRate, momentum } = ratesAt(this.definition, this.timeline, step, rollbacks);
    (arrays.learningRate as Float32Array)[slot] = learningRate;
    (arrays.momentum as Float32Array)[slot] = momentum;
  }

  #stepLoss(outputs: Arrays, slot: number): number {
    const { shards } = this.definition;
    const losses = Array.from({ length: shards }, (_, s) => ({
      clean: outputs[`loss/clean/${s}`]![slot]!,
      adversarial: hasAdversary(this.definition) ? outputs[`loss/adversarial/${s}`]![slot]! : null,
    }));
    return stepLoss(this.definition.alpha, losses);
  }
}

/** A program ready to run, with arrays for what it is fed anew in every call: reused, as calls do not overlap. */
export interface Compiled {
  readonly program: Program;
  readonly executable: Executable;
  readonly feeds: Arrays;
  /** Which shard's inputs `feeds` holds; null for none, or where it holds whole steps. */
  holds: { readonly step: number; readonly shard: number; readonly rollbacks: number } | null;
}

/** Views of the first `size` steps of arrays that hold `capacity`. */
function firstSteps(arrays: Arrays, size: number, capacity: number): Arrays {
  if (size === capacity) return arrays;
  return Object.fromEntries(
    Object.entries(arrays).map(([name, values]) => [name, values.subarray(0, (values.length / capacity) * size)]),
  );
}

const passPrograms = {
  whole: wholePassProgram,
  both: bothPassesProgram,
  clean: cleanPassProgram,
  adversarial: adversarialPassProgram,
} as const;

function shardInputs(program: Program): Program['inputs'] {
  const own = /^(x|labels|start|cleanMask|adversarialMask)\/|^(learningRate|momentum)$/;
  return Object.fromEntries(Object.entries(program.inputs).filter(([name]) => own.test(name)));
}

function shardLoss(outputs: Arrays): ShardLoss {
  return { clean: outputs['loss/clean/0']?.[0] ?? null, adversarial: outputs['loss/adversarial/0']?.[0] ?? null };
}
