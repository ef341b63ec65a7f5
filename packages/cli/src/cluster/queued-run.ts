import {
  type Coordinator,
  type Mode,
  onnxObject,
  type Phase,
  type Records,
  type Roster,
  type RunQueue,
  type RunRecord,
  type Term,
  type TrainingEvent,
  type TrainingMetrics,
} from '@sparring/coordinator';
import { factsOf, LiveRun, resultRows } from '@sparring/dashboard';
import { loadDataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import { subjectsOf } from '@sparring/protocol';
import {
  type Bus,
  type Checkpoint,
  checkAgainstData,
  type DurableStore,
  type Logger,
  type ModelPlaces,
  parseConfigYaml,
  parseShownConfig,
  twinConfig,
  writeConfigYaml,
} from '@sparring/runtime';
import { chooseEngine } from '../host/index.js';
import { checkBeforehand } from '../train/check-beforehand.js';
import { checkedBatches } from '../train/check-onnx.js';
import { makeOnnx } from '../train/export-model.js';
import { type NetSummary, summarizeNet, summarizeRun } from '../train/summary.js';
import { thisMachine } from '../train/this-machine.js';
import { refuseRetraining } from './refuse-retraining.js';
import { type ClusterNet, trainInCluster } from './train-in-cluster.js';

export interface QueuedRunParts {
  readonly bus: Bus;
  readonly store: DurableStore;
  readonly term: Term;
  readonly records: Records;
  readonly queue: RunQueue;
  readonly roster: Roster;
  readonly training: TrainingMetrics;
  readonly log: Logger;
  /** From where it may load models: another coordinator may have taken the run. */
  readonly models: ModelPlaces;
  readonly record: RunRecord;
  /** The coordinator is to end: the run goes on with the next one. */
  readonly end: AbortSignal;
  readonly cancelled: AbortSignal;
}

/** A run that was submitted, from where it stands to its result. */
export class QueuedRun {
  readonly id: string;
  progress = { step: 0, lastStep: 0 };
  /** As whoever watches sees it, once it has begun. */
  live: LiveRun | undefined;
  readonly #parts: QueuedRunParts;
  #coordinator: Coordinator | undefined;
  #mode: { mode: Mode | ''; spareTrainers: number } = { mode: '', spareTrainers: 0 };

  constructor(parts: QueuedRunParts) {
    this.#parts = parts;
    const { run, step, lastStep } = parts.record;
    this.id = run;
    this.progress = { step, lastStep };
  }

  /** A worker was silent for too long. */
  lose(workerId: string): void {
    this.#coordinator?.lose(workerId, 'it was not heard any more');
  }

  /** The broker is away. */
  excuse(): void {
    this.#coordinator?.excuse();
  }

  status() {
    const { releases = 0, staleResults = 0 } = this.#coordinator?.ledger ?? {};
    return { run: this.id, ...this.#mode, releases, staleResults };
  }

  /** Trains it to its end, unless the coordinator is to end or the run is cancelled. A run that fails says why in its record. */
  async train(): Promise<void> {
    const { term, records, queue, record, end, cancelled, log } = this.#parts;
    const run = this.id;
    try {
      log.info({ run }, record.attempts > 1 || record.step > 0 ? 'going on with the run' : 'the run begins');
      const summary = await this.#train();
      cancelled.throwIfAborted();
      await records.conclude(run, 'net', summary);
      const status = await records.end(run, { status: 'finished', step: summary.steps });
      if (status !== 'finished') cancelled.throwIfAborted();
      const results = resultRows(parseShownConfig(record.config, run), summary);
      this.live?.conclude({ status: 'finished', results, facts: factsOf(summary) });
      log.info({ run, parameters: summary.parametersDigest.slice(0, 16) }, 'the run is finished');
    } catch (error) {
      term.lost.throwIfAborted();
      if (end.aborted) return queue.giveBack(run);
      if (cancelled.aborted) {
        this.live?.conclude({ status: 'cancelled' });
        await records.change(run, this.progress);
        log.info({ run }, 'the run is cancelled');
        return;
      }
      const { message } = error as Error;
      await records.end(run, { status: 'failed', error: message });
      this.live?.conclude({ status: 'failed', note: message });
      log.error({ run, error }, 'the run has failed');
    } finally {
      await this.live?.close();
    }
  }

  async #train() {
    const { record, records } = this.#parts;
    const asked = parseConfigYaml(record.config, `the configuration of ${this.id}`, this.#parts.models);
    refuseRetraining(asked);
    const dataSet = await loadDataSet(asked.data);
    checkAgainstData(asked, dataSet);
    await checkBeforehand(asked, dataSet);
    const { engine } = await chooseEngine(asked, dataSet);
    const config = { ...asked, engine };
    await records.change(this.id, { config: writeConfigYaml(config) });
    const shared = { engine, dataSet };
    this.live = new LiveRun({ id: this.id, config, dataSet, folderOf: () => null, reopen: '' });
    const twinsConfig = twinConfig(config);
    const twin = twinsConfig && (await this.#net('twin', { ...shared, config: twinsConfig }));
    const net = await this.#trainNet('net', { ...shared, config });
    await records.change(this.id, { trained: true });
    await this.#keepOnnx({ ...shared, config }, net.net);
    const startedAt = performance.now() - (Date.now() - record.startedAt);
    return summarizeRun(
      { ...shared, config, startedAt, runId: this.id },
      { net, twin, selection: null },
      thisMachine(engine),
    );
  }

  async #keepOnnx(trained: Omit<ClusterNet, 'run' | 'phase'>, net: Checkpoint): Promise<void> {
    const made = await makeOnnx(trained, net, batchesFor(trained.engine)).catch(
      // A net that is trained is a result, with or without this file.
      ({ message }: Error) => ({ kind: 'impossible', reason: message }) as const,
    );
    if (made.kind === 'made') await this.#parts.store.putObject(onnxObject(this.id), made.bytes);
    else this.#parts.log.warn({ run: this.id, reason: made.reason }, 'there is no model.onnx');
  }

  /** Its summary, unless it was made before. */
  async #net(phase: Phase, net: Omit<ClusterNet, 'run' | 'phase'>): Promise<NetSummary> {
    const { records } = this.#parts;
    const done = (await records.summary(this.id, phase)) as NetSummary | null;
    if (done) return done;
    const summary = summarizeNet(await this.#trainNet(phase, net));
    await records.conclude(this.id, phase, summary);
    return summary;
  }

  async #trainNet(phase: Phase, net: Omit<ClusterNet, 'run' | 'phase'>) {
    const { name } = net.config;
    const metrics = this.#parts.training.begin({ run: this.id, net: phase, name, engine: net.engine });
    try {
      const { records } = this.#parts;
      this.live?.begin(phase, await records.epochs(this.id, phase), await records.probes(this.id, phase));
      const trained = await trainInCluster({
        ...this.#parts,
        ...net,
        ...{ run: this.id, phase, metrics },
        onOpen: (coordinator) => {
          this.#coordinator = coordinator;
          this.live?.attend(coordinator);
        },
        onEvent: (event) => this.#tell(phase, event),
      });
      this.live?.leave(phase, true);
      return trained;
    } finally {
      metrics.end();
    }
  }

  /** To the store what must last, to whoever listens all of it. */
  async #tell(phase: Phase, event: TrainingEvent): Promise<void> {
    const { bus, term, records, roster, log } = this.#parts;
    this.live?.tell(phase, event);
    bus.publish(subjectsOf(this.id).events.publish, { term: term.number, phase, event: JSON.stringify(event) });
    switch (event.kind) {
      case 'progress':
        this.progress = { step: event.step, lastStep: event.lastStep };
        return;
      case 'epoch':
        return records.recordEpoch(this.id, phase, event.record);
      case 'probe': {
        const { kind: _, ...probe } = event;
        if (event.collapsed) log.warn({ run: this.id, ...probe }, 'the net has collapsed');
        return records.recordProbe(this.id, phase, event);
      }
      case 'checkpoint':
        await records.change(this.id, { ...this.progress, attempts: 0 });
        return;
      case 'mode': {
        const { mode, spareTrainers, spareAttackers } = event;
        this.#mode = { mode, spareTrainers };
        return log.info({ mode, spareTrainers, spareAttackers }, 'how steps are taken');
      }
      case 'joined':
        roster.heard(event.workerId);
        return log.info({ worker: event.workerId }, 'joined');
      case 'left':
        return log.info({ worker: event.workerId, reason: event.reason }, 'left');
      case 'refused':
        return log.error({ worker: event.workerId, reason: event.reason }, 'refused');
      case 'unable':
        return log.error({ worker: event.workerId, reason: event.reason }, 'cannot take part');
      case 'receipt':
        return log.debug({ worker: event.workerId, receipt: event.receipt }, 'a result that is not used');
    }
  }
}

/**
 * Of how many examples a model.onnx is checked. Those that are compared with TensorFlow.js in JavaScript must be few: it takes 10 ms for
 * each, in the thread that must say twice a second that there is a coordinator.
 */
function batchesFor(engine: EngineName): readonly number[] {
  const inJavaScript = engine === 'tfjs:cpu' || engine === 'tfjs:tensorflow';
  return inJavaScript ? checkedBatches.filter((size) => size < 10) : checkedBatches;
}
