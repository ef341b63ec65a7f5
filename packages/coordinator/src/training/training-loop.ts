import { release } from '@sparring/engine';
import type { AdvanceTask } from '@sparring/protocol';
import type { RunConfig } from '@sparring/runtime';
import { endOfRound, examplesPerStep, stepLoss, type Timeline, type TrainingDefinition } from '@sparring/training';
import type { Mode, TrainingEvent } from '../events.js';
import type { Membership } from '../members/membership.js';
import type { TellTime } from '../step-times.js';
import type { WorkDesk } from '../work/work-desk.js';
import type { WorkLedger } from '../work/work-ledger.js';
import { assisted } from './assisted.js';
import { Diverged } from './diverged.js';
import { Exchange, type Exchanged } from './exchange.js';
import { chooseMode } from './mode.js';
import { Rounds } from './rounds.js';
import { SpanLength } from './span.js';
import type { StateKeeper } from './state-keeper.js';

/** What a run has come to, besides its tensors. */
export interface Progress {
  /** Losses of the current epoch's steps, summed in step order. */
  epochLoss: number;
  epochSteps: number;
  /** Time spent training since the run's first step, evaluation excluded. */
  trainingMs: number;
}

export interface LoopParts {
  readonly config: RunConfig;
  readonly definition: TrainingDefinition;
  readonly timeline: Timeline;
  readonly desk: WorkDesk;
  readonly ledger: WorkLedger;
  readonly keeper: StateKeeper;
  readonly membership: Membership;
  readonly emit: (event: TrainingEvent) => void;
  readonly tellTime: TellTime;
}

/** Takes steps or rounds, in the way that suits who is alive, until the end of an epoch, of the run, or a request to stop. */
export class TrainingLoop {
  readonly #parts: LoopParts;
  readonly #exchange: Exchange;
  readonly #rounds: Rounds;
  readonly #span: SpanLength;
  #mode: Mode | undefined;
  /** The mode and the spares as they were told last. */
  #told = '';
  /** Why attackers could not help, as it was told last. */
  #complaint = '';
  #unreported = { steps: 0, ms: 0 };

  constructor(parts: LoopParts) {
    this.#parts = parts;
    const { desk, keeper, definition, timeline } = parts;
    this.#exchange = new Exchange(desk, keeper, definition);
    this.#rounds = new Rounds(desk, keeper, definition, timeline);
    this.#span = new SpanLength(parts.config.stepsPerCall);
  }

  /** The step after which the run ends: with replicas always the last of a round, so that whoever resumes it begins a whole one. */
  get lastStep(): number {
    const { config, definition, timeline } = this.#parts;
    if (config.maxSteps === null) return timeline.totalSteps;
    return Math.min(timeline.totalSteps, endOfRound(definition, timeline, config.maxSteps - 1));
  }

  /**
   * Trains to the end of the current epoch, or to step `halt` where that comes first, or less when `stop` says so: a step or a round at
   * least, so that a run always gets on.
   */
  async trainEpoch(progress: Progress, halt: number, stop: () => boolean): Promise<void> {
    const { keeper, timeline, tellTime } = this.#parts;
    const epoch = Math.floor(keeper.step / timeline.stepsPerEpoch);
    const end = Math.min(this.lastStep, (epoch + 1) * timeline.stepsPerEpoch, halt);
    do {
      const startedAt = performance.now();
      const losses = await this.#take(end);
      const tookMs = performance.now() - startedAt;
      progress.trainingMs += tookMs;
      tellTime('step', tookMs / losses.length, losses.length);
      for (const loss of losses) {
        progress.epochLoss += loss;
        progress.epochSteps++;
      }
      this.#refuseDivergence(losses);
      this.#report(progress, losses.length, performance.now() - startedAt, epoch);
    } while (keeper.step < end && !stop());
  }

  /** The keeper's parameters are others than they were: what was made ahead with the old ones is of no use. */
  startAgain(): void {
    this.#exchange.abandonAttacks();
  }

  /** One step, span or round, none beyond `end`. Returns the losses of its steps. */
  #take(end: number): Promise<readonly number[]> {
    switch (this.#chooseMode()) {
      case 'advance':
      case 'assisted':
        return this.#advance(end);
      case 'rounds':
        return this.#rounds.take();
      default:
        return this.#exchangeStep();
    }
  }

  async #advance(end: number): Promise<readonly number[]> {
    const { desk, keeper, ledger, membership, definition } = this.#parts;
    const { step, lineage } = keeper;
    const wireMsBefore = ledger.wireMs;
    const numSteps = this.#span.next(end - step);
    const startedAt = performance.now();
    const task: AdvanceTask = { kind: 'advance', step, numSteps, replica: 0, ...lineage };
    const helpers = this.#mode === 'assisted' ? Math.min(membership.count('attacker'), definition.shards - 1) : 0;
    const onUnable = (error: Error) => this.#complain(error);
    const advanced = helpers > 0 ? assisted(desk, task, { count: helpers, onUnable }) : desk.perform(task);
    const { state, losses } = await advanced;
    // Those who help it stand idle as well while its state travels.
    const wireMs = (1 + helpers) * (ledger.wireMs - wireMsBefore);
    this.#span.observe(numSteps, performance.now() - startedAt, wireMs);
    keeper.adopt(step + numSteps, state);
    release(Object.values(state));
    return losses;
  }

  /** Once, and not for every span. */
  #complain({ message }: Error): void {
    if (message === this.#complaint) return;
    this.#complaint = message;
    this.#parts.emit({ kind: 'unable', workerId: 'an attacker', reason: `unable to help: ${message}` });
  }

  async #exchangeStep(): Promise<readonly number[]> {
    const { keeper, definition, tellTime } = this.#parts;
    const startedAt = performance.now();
    const { gradients, losses } = await this.#exchanged();
    tellTime('wait', performance.now() - startedAt);
    await keeper.update(gradients);
    return [stepLoss(definition.alpha, losses)];
  }

  #exchanged(): Promise<Exchanged> {
    switch (this.#mode) {
      case 'split':
        return this.#exchange.split(this.lastStep - 1);
      case 'shared':
        return this.#exchange.shared(this.lastStep - 1);
      default:
        return this.#exchange.fused();
    }
  }

  #chooseMode(): Mode {
    const { config, definition, membership, emit } = this.#parts;
    const rules = { placement: config.attack.placement, seesGradients: config.maxGradientNorm !== null };
    const chosen = chooseMode(definition, rules, membership);
    const { mode, spareTrainers, spareAttackers } = chosen;
    const told = `${mode} ${spareTrainers} ${spareAttackers}`;
    if (told !== this.#told) emit({ kind: 'mode', ...chosen });
    this.#told = told;
    if (mode !== 'split' && mode !== 'shared') this.#exchange.abandonAttacks();
    this.#mode = mode;
    return mode;
  }

  #refuseDivergence(losses: readonly number[]): void {
    const at = losses.findIndex((loss) => !Number.isFinite(loss));
    if (at < 0) return;
    throw new Diverged(this.#parts.keeper.step - losses.length + at + 1, `the loss is ${losses[at]}`);
  }

  #report(progress: Progress, numSteps: number, ms: number, epoch: number): void {
    const recent = this.#unreported;
    recent.steps += numSteps;
    recent.ms += ms;
    if (recent.ms < 200) return;
    this.#unreported = { steps: 0, ms: 0 };
    const { keeper, config, definition, emit } = this.#parts;
    emit({
      kind: 'progress',
      step: keeper.step,
      lastStep: this.lastStep,
      epoch: epoch + 1,
      epochs: config.epochs,
      loss: progress.epochLoss / progress.epochSteps,
      examplesPerSecond: (recent.steps * examplesPerStep(definition) * 1_000) / recent.ms,
    });
  }
}
