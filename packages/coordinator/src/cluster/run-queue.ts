import type { SubmitReply, SubmitRequest } from '@sparring/protocol';
import { ModelPlaces, newRunId, parseConfigYaml, type RunConfig, writeConfigYaml } from '@sparring/runtime';
import type { Records, RunRecord } from './records.js';

/** A run whose coordinators ended so often, and none wrote a checkpoint, is not tried again. */
const maxAttempts = 10;

/** A client that submits without end must fill neither memory nor store. */
const mostQueued = 1_000;
/** In characters. A written configuration has a few thousand; to read one takes up to a second for as many as these. */
const longestConfig = 32_768;

/** Runs in the order in which they were submitted; one at a time is trained. */
export class RunQueue {
  readonly #records: Records;
  readonly #models: ModelPlaces;
  /** Aborts the run that is trained, when it is cancelled. */
  #running: { readonly run: string; readonly cancel: AbortController } | undefined;
  #submitted = () => {};

  /** From where the models of runs may be loaded; by default from nowhere. */
  constructor(records: Records, models = ModelPlaces.of()) {
    this.#records = records;
    this.#models = models;
  }

  /** Takes a run's configuration, or says what is wrong with it. */
  async submit({ submission, config: text }: Pick<SubmitRequest, 'submission' | 'config'>): Promise<SubmitReply> {
    const known = this.#records.bySubmission(submission);
    if (known) {
      await this.#records.stored();
      return { kind: 'accepted', run: known.run, ahead: this.#ahead(known) };
    }
    const fault = this.#faultBeforehand(text);
    if (fault !== null) return { kind: 'refused', reason: fault };
    let config: RunConfig;
    try {
      config = parseConfigYaml(text, 'submitted', this.#models);
    } catch (error) {
      return { kind: 'refused', reason: (error as Error).message };
    }
    const run = this.#newRunId(config);
    const record: RunRecord = {
      ...{ run, submission, name: config.name, seed: config.seed, status: 'queued', config: writeConfigYaml(config) },
      ...{ submittedAt: Date.now(), startedAt: 0, endedAt: 0, step: 0, lastStep: 0, error: '', attempts: 0 },
    };
    await this.#records.add(record);
    this.#submitted();
    return { kind: 'accepted', run, ahead: this.#ahead(record) };
  }

  /** The next run to train: one that a coordinator left behind, or the first in the queue. @throws the signal's reason */
  async next(signal: AbortSignal): Promise<{ readonly record: RunRecord; readonly cancelled: AbortSignal }> {
    for (;;) {
      signal.throwIfAborted();
      const open = this.#records.all().filter(isOpen);
      const record = open.find(({ status }) => status === 'running') ?? open[0];
      if (!record) {
        await this.#anySubmitted(signal);
      } else if (record.attempts >= maxAttempts) {
        const error = `${maxAttempts} coordinators in a row ended over it before they wrote a checkpoint`;
        await this.#records.change(record.run, { status: 'failed', error, endedAt: Date.now() });
      } else {
        const cancel = new AbortController();
        this.#running = { run: record.run, cancel };
        const startedAt = record.startedAt || Date.now();
        const begun = { status: 'running' as const, startedAt, attempts: record.attempts + (record.trained ? 0 : 1) };
        return { record: await this.#records.change(record.run, begun), cancelled: cancel.signal };
      }
    }
  }

  /** A coordinator that ends in order has not failed at the run. */
  async giveBack(run: string): Promise<void> {
    const { attempts } = this.#records.get(run)!;
    if (attempts > 0) await this.#records.change(run, { attempts: attempts - 1 });
  }

  /** Ends a run, or takes it out of the queue. */
  async cancel(run: string): Promise<RunRecord['status'] | 'unknown'> {
    const record = this.#records.get(run);
    if (!record) return 'unknown';
    if (!isOpen(record)) return record.status;
    // Before it is stored: meanwhile the run could come to another end.
    if (this.#running?.run === run) this.#running.cancel.abort();
    const { status } = await this.#records.change(run, { status: 'cancelled', endedAt: Date.now() });
    return status;
  }

  #faultBeforehand(config: string): string | null {
    if (this.#records.countOf('queued') >= mostQueued)
      return `${mostQueued} runs are queued already: cancel some of them, or submit this one later`;
    if (config.length > longestConfig)
      return `the configuration has ${config.length} characters; takes ${longestConfig} at most`;
    return null;
  }

  /** Its random digits are few: of hundreds in one second, two may be the same. */
  #newRunId(config: RunConfig): string {
    for (;;) {
      const run = newRunId(config);
      if (this.#records.get(run) === undefined) return run;
    }
  }

  #ahead({ run, submittedAt }: RunRecord): number {
    const before = (other: RunRecord) => other.run !== run && other.submittedAt <= submittedAt;
    return this.#records.all().filter((other) => isOpen(other) && before(other)).length;
  }

  #anySubmitted(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      this.#submitted = () => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
    });
  }
}

function isOpen({ status }: RunRecord): boolean {
  return status === 'queued' || status === 'running';
}
