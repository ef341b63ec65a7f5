import { countStates, type RunState, type SweepRecord } from '@sparring/sweep';
import type { Cursor, Message } from '../live/shown-run.js';
import {
  type ConfigurationCurves,
  type RunFilter,
  runsPerPage,
  type SlotView,
  type SweepHead,
  type SweepRow,
  type SweepRunRow,
  type SweepRunsPage,
  type SweepStatus,
  type SweepTableView,
  type SweepView,
} from '../view/sweep-view.js';
import { CurveShelf } from './curve-shelf.js';
import type { RunCurve } from './run-curve.js';
import { filtered, runRow, statusOf } from './run-rows.js';
import type { ShownSweep } from './shown-sweep.js';
import { configurationCurves } from './spread.js';
import { factsOfSweep, type SweepFacts, tableView } from './sweep-facts.js';
import { Thrifty } from './thrifty.js';

/** How a sweep is getting on, as whoever computes or follows it knows. */
export interface SweepStanding {
  readonly status: SweepStatus;
  readonly note: string;
  readonly reopen: string;
  readonly slots: readonly SlotView[];
  readonly numSlots: number;
  readonly etaSeconds: number | null;
  /** Whether somebody computes a run at this moment. */
  readonly isRunning: (state: RunState) => boolean;
}

export interface SweepOrigin {
  /** The folder of its runs' folders. */
  readonly out: string;
  readonly record: SweepRecord;
  /** In the sweep's order. */
  readonly states: () => Iterable<RunState>;
  readonly standing: () => SweepStanding;
  /** Looks for what other processes have told. */
  readonly look?: () => Promise<void>;
}

const lookEveryMs = 450;

/** Shows a sweep, whoever computes it. What is expensive is done when somebody asks, and never takes much of the time. */
export class SweepShow implements ShownSweep {
  readonly id: string;
  readonly #origin: SweepOrigin;
  readonly #shelf: CurveShelf;
  readonly #fixed: SweepFacts;
  readonly #table = new Thrifty<SweepTableView>();
  readonly #curves = new Map<number, Thrifty<Promise<ConfigurationCurves>>>();
  #now!: Omit<SweepHead, keyof SweepFacts>;
  #nowJson = '';
  #nowRevision = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(origin: SweepOrigin) {
    const { record, out } = origin;
    this.id = record.id;
    this.#origin = origin;
    this.#shelf = new CurveShelf(out, record);
    this.#fixed = factsOfSweep(record);
    this.update();
  }

  async refresh(): Promise<void> {
    if (performance.now() - this.#lookedAt < lookEveryMs) return;
    this.#lookedAt = performance.now();
    await this.#origin.look?.();
    this.update();
  }

  /** Takes over what the sweep is now; `whole`: the table too, whatever it costs. */
  update({ whole = false } = {}): void {
    const { record, standing } = this.#origin;
    const states = this.#states();
    const { isRunning, ...now } = standing();
    const running = states.filter((state) => statusOf(state, isRunning) === 'running').length;
    const counts = countStates(states, running);
    this.#now = { ...now, isLive: now.status === 'running', numRuns: states.length, counts };
    const json = JSON.stringify(this.#now);
    if (json !== this.#nowJson) this.#nowRevision++;
    this.#nowJson = json;
    const settled = `${counts.done} ${counts.failed} ${counts.pruned}`;
    this.#table.renew(settled, () => tableView(record, states), { whole });
  }

  view(): SweepView {
    return { ...this.#fixed, ...this.#now, table: this.#table.value };
  }

  row(): SweepRow {
    const { id, numConfigurations, seeds } = this.#fixed;
    const { status, numRuns, counts } = this.#now;
    const createdAtMs = Date.parse(this.#origin.record.createdAt);
    return { id, status, createdAtMs, numConfigurations, seeds, numRuns, counts };
  }

  since(cursor: Cursor | null): Message | null {
    const now = { now: this.#nowRevision, table: this.#table.revision };
    if (cursor === null) return { event: 'snapshot', json: JSON.stringify(this.view()), cursor: now };
    if (cursor.now === now.now && cursor.table === now.table) return null;
    const update: Partial<SweepView> = {
      ...(cursor.now === now.now ? {} : this.#now),
      ...(cursor.table === now.table ? {} : { table: this.#table.value }),
    };
    return { event: 'update', json: JSON.stringify(update), cursor: now };
  }

  async curves(configuration: number): Promise<ConfigurationCurves | null> {
    const { configurations } = this.#origin.record;
    const known = configurations[configuration];
    if (!known) return null;
    const kept = this.#curves.get(configuration) ?? new Thrifty<Promise<ConfigurationCurves>>();
    this.#curves.set(configuration, kept);
    // While it is computed, epochs come that no state tells of.
    const { isLive } = this.#now;
    const at = isLive ? `${performance.now()}` : this.#nowJson;
    return kept.renew(at, () => this.#together(configuration, known.label), { whole: !isLive });
  }

  async runs(filter: RunFilter, page: number): Promise<SweepRunsPage> {
    const { isRunning } = this.#origin.standing();
    const passing = filtered(this.#states(), filter, isRunning);
    const shown = page < 0 ? [] : passing.slice(page * runsPerPage, (page + 1) * runsPerPage);
    return { total: passing.length, rows: (await this.#withCurves(shown)).map(({ row }) => row) };
  }

  /** All of them, with their curves: for who writes them down. */
  everyRun(): Promise<{ row: SweepRunRow; curve: RunCurve | null }[]> {
    return this.#withCurves(this.#states());
  }

  async #withCurves(states: readonly RunState[]): Promise<{ row: SweepRunRow; curve: RunCurve | null }[]> {
    const { record, standing } = this.#origin;
    const { isRunning } = standing();
    const curves = await this.#shelf.of(states);
    return states.map((state, i) => {
      const curve = curves[i] ?? null;
      return { row: runRow(state, record, statusOf(state, isRunning), curve?.collapses ?? 0), curve };
    });
  }

  async #together(configuration: number, label: string): Promise<ConfigurationCurves> {
    const states = this.#states().filter(
      ({ run, status }) => run.configuration === configuration && (status === 'done' || status === 'claimed'),
    );
    const curves = await this.#shelf.of(states);
    const measured = curves.flatMap((curve, i) => (curve && curve.epochs.length > 0 ? [[i, curve] as const] : []));
    const seeds = measured.map(([i]) => states[i]!.run.seed);
    return configurationCurves(
      label,
      seeds,
      measured.map(([, curve]) => curve),
    );
  }

  #states(): RunState[] {
    return [...this.#origin.states()];
  }
}
