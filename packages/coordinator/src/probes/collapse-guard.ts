import type { Model } from '@sparring/core';
import type { Checkpoint, RunConfig } from '@sparring/runtime';
import { type Timeline, type TrainingDefinition, type TrainingState, under, within } from '@sparring/training';
import type { ProbeEvent, TrainingEvent } from '../events.js';
import { dataOf, shaped } from '../training/checkpoints.js';
import type { Evaluator } from '../training/evaluator.js';
import type { StateKeeper } from '../training/state-keeper.js';
import { bestOf, judge, type ProbeErrors } from './collapse.js';
import { nextProbeStep } from './probe-steps.js';

/** A collapse after so many rollbacks ends the run. */
export const mostRollbacks = 3;

export interface GuardParts {
  readonly config: RunConfig;
  readonly definition: TrainingDefinition;
  readonly model: Model;
  readonly timeline: Timeline;
  readonly keeper: StateKeeper;
  readonly evaluator: Evaluator;
  readonly resume: Checkpoint | null;
  readonly emit: (event: TrainingEvent) => void | Promise<void>;
}

/** What probes have come to, as a checkpoint keeps it. */
interface Findings {
  readonly best: ProbeErrors | null;
  /** The step of the probe whose result is not known yet. */
  readonly pending: number | null;
  /** What the next probe step does. */
  readonly decision: Decision;
  readonly stopped: boolean;
}

type Decision = 'none' | 'stop' | 'rollback';

/** The step up to which the results of probes are part of a checkpoint: records of later ones are written again. */
export function probesKnownTo({ step, probes }: Pick<Checkpoint, 'step' | 'probes'>): number {
  const pending = (probes as Findings | null)?.pending;
  return typeof pending === 'number' ? pending - 1 : step;
}

/**
 * Measures the robustness of fixed steps while training goes on, and meets a collapse. What a probe shows is decided when its result
 * is known, and done at exactly the next probe step, which waits for it: so the bits do not depend on who measured, and when. The last
 * step of the run is a probe step too, and waits for its own probe.
 *
 * Done means: the state of the last good probe is restored, under the same count of steps, which goes on. The learning rate is
 * halved, and batches, masks and random starts are new; or, where the run is to stop, that state is its end.
 */
export class CollapseGuard {
  readonly #parts: GuardParts;
  #best: ProbeErrors | null = null;
  #pending: { readonly step: number; readonly state: TrainingState; readonly known: Promise<void> } | null = null;
  #decision: Decision = 'none';
  /** Of the last good probe, where a collapse goes back to it. */
  #good: TrainingState | null = null;
  #stopped = false;
  #over = false;

  constructor(parts: GuardParts) {
    this.#parts = parts;
    const { resume } = parts;
    const findings = resume?.probes as Findings | null | undefined;
    if (!findings) return;
    this.#best = findings.best;
    this.#decision = findings.decision;
    this.#stopped = findings.stopped;
    if (resume!.kept.good) this.#good = dataOf(resume!.kept.good);
  }

  /** The run is over: its net collapsed and is not to be trained any further. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Training must come to a halt at this step, the first after the given one. */
  nextStep(step: number): number {
    const { definition, timeline, config } = this.#parts;
    return nextProbeStep(definition, timeline, config.probeEvery, step);
  }

  /** Lays down again the probe that was pending when the checkpoint was made: its result is the same. */
  begin(): void {
    const { resume, config } = this.#parts;
    const findings = resume?.probes as Findings | null | undefined;
    if (config.probeEvery === null || typeof findings?.pending !== 'number') return;
    this.#lay(findings.pending, dataOf(resume!.kept.pending!));
  }

  /**
   * Training has come to its keeper's step. At a probe step, waits for the probe before it, does what that one showed, and lays the next.
   * Returns whether an earlier state was restored.
   */
  async reached(): Promise<boolean> {
    const { keeper, timeline, config } = this.#parts;
    const { step } = keeper;
    const isLast = step >= timeline.totalSteps;
    if (config.probeEvery === null || (this.nextStep(step - 1) !== step && !isLast)) return false;
    if (await this.#decide()) return true;
    this.#lay(step, this.#wanted(keeper.state()));
    return isLast && this.#decide();
  }

  /** Resolves when the result of the pending probe, if there is one, is known and told. @throws what made it fail */
  async settled(): Promise<void> {
    await this.#pending?.known;
  }

  /** Nobody waits for results any more. */
  end(): void {
    this.#over = true;
  }

  /** What a checkpoint must hold for whoever goes on from it to decide alike. */
  findings(): Pick<Checkpoint, 'rollbacks' | 'probes' | 'kept'> {
    const { config, keeper, model, definition } = this.#parts;
    const { rollbacks } = keeper;
    if (config.probeEvery === null) return { rollbacks, probes: null, kept: {} };
    const pending = this.#pending;
    const probes: Findings = {
      ...{ best: this.#best, pending: pending?.step ?? null, decision: this.#decision, stopped: this.#stopped },
    };
    const keep = (name: string, state: TrainingState | undefined | null) =>
      state ? { [name]: shaped(model, definition, state) } : {};
    return { rollbacks, probes, kept: { ...keep('pending', pending?.state), ...keep('good', this.#good) } };
  }

  async #decide(): Promise<boolean> {
    await this.settled();
    const decision = this.#decision;
    this.#decision = 'none';
    if (decision === 'none') return false;
    this.#parts.keeper.restore(this.#good!);
    this.#stopped = decision === 'stop';
    return true;
  }

  #lay(step: number, state: TrainingState): void {
    const known = this.#measure(step, state);
    known.catch(() => {}); // met by whoever waits for it
    this.#pending = { step, state, known };
  }

  async #measure(step: number, state: TrainingState): Promise<void> {
    const { keeper, evaluator, config, emit } = this.#parts;
    const net = { step, rollbacks: keeper.rollbacks, parameters: within('parameters', state) };
    const { errors, gradientCosine } = await evaluator.probe(net);
    if (this.#over) return;
    const verdict = judge(this.#best, errors, config.probe.growth);
    const collapsed = verdict === 'collapsed';
    const action = collapsed ? this.#answer() : 'none';
    // Before it has any effect: no checkpoint that knows the result may outrun its record.
    await emit({ kind: 'probe', step, errors: { ...errors }, gradientCosine, collapsed, action });
    this.#best = bestOf(this.#best, errors);
    if (verdict === 'good' && this.#goesBack) this.#good = state;
    this.#decision = action === 'warn' ? 'none' : action;
    this.#pending = null;
  }

  #answer(): ProbeEvent['action'] {
    const { config, keeper } = this.#parts;
    return config.onCollapse === 'rollback' && keeper.rollbacks >= mostRollbacks ? 'stop' : config.onCollapse;
  }

  get #goesBack(): boolean {
    return this.#parts.config.onCollapse !== 'warn';
  }

  /** What of a state may be needed again: to measure it, and to go back to it. */
  #wanted(state: TrainingState): TrainingState {
    return this.#goesBack ? state : under('parameters', within('parameters', state));
  }
}
