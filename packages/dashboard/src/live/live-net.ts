import type { EpochRecord, TrainingEvent } from '@sparring/coordinator';
import { titleOf } from '../view/facts.js';
import type { EpochView, NetKey, NetView, ProbeView } from '../view/run-view.js';
import { Series } from './series.js';

type Progress = Extract<TrainingEvent, { kind: 'progress' }>;

/** One of a run's nets, as far as it has come. */
export class LiveNet {
  readonly key: NetKey;
  readonly series = new Series();
  readonly #epochs: number;
  records: EpochView[] = [];
  probes: ProbeView[] = [];
  stage: NetView['stage'] = 'waiting';
  picturesStep: number | null = null;
  #now: NetView['now'] = null;
  #lastStep = 0;
  /** Goes up whenever what was there before has changed. */
  #generation = 0;

  constructor(key: NetKey, epochs: number) {
    this.key = key;
    this.#epochs = epochs;
  }

  get generation(): number {
    return this.#generation + this.series.generation;
  }

  /** Takes what was recorded before this process, or before a step that training goes back to. */
  restore(records: readonly EpochView[], probes: readonly ProbeView[]): void {
    this.records = [...records];
    this.probes = [...probes];
    this.#generation++;
  }

  advance({ step, lastStep, loss, examplesPerSecond }: Progress): void {
    // A rollback, or a coordinator that took over from a checkpoint.
    if (this.#now && step < this.#now.step) this.#forgetAfter(step);
    this.#now = { step, loss, examplesPerSecond };
    this.#lastStep = lastStep;
    this.stage = 'training';
    this.series.add(this.#now);
  }

  record(record: EpochRecord): void {
    if (this.records.some(({ epoch }) => epoch >= record.epoch)) {
      this.records = this.records.filter(({ epoch }) => epoch < record.epoch);
      this.#generation++;
    }
    this.records.push(record);
    if (this.#now && this.#now.step < record.step) this.#now = { ...this.#now, step: record.step };
    if (record.step === this.#lastStep) this.stage = 'measuring';
  }

  probe(probe: ProbeView): void {
    // Measured again, after a takeover.
    if (this.probes.some(({ step }) => step >= probe.step)) {
      this.probes = this.probes.filter(({ step }) => step < probe.step);
      this.#generation++;
    }
    this.probes.push(probe);
  }

  /** Whole, or without what comes before these places in its lists. */
  view(from = { points: 0, records: 0, probes: 0 }): NetView {
    return {
      ...{ key: this.key, title: titleOf(this.key), stage: this.stage, epochs: this.#epochs },
      ...{ lastStep: this.#lastStep, now: this.#now, picturesStep: this.picturesStep },
      points: this.series.points.slice(from.points),
      records: this.records.slice(from.records),
      probes: this.probes.slice(from.probes),
    };
  }

  #forgetAfter(step: number): void {
    this.series.truncate(step);
    this.records = this.records.filter((record) => record.step <= step);
    this.#generation++;
  }
}
