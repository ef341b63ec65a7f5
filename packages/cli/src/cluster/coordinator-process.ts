import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  Deposed,
  openClientDesk,
  Records,
  Roster,
  RunQueue,
  type Term,
  TrainingMetrics,
  takeTerm,
} from '@sparring/coordinator';
import { type LiveRun, RecordedRuns } from '@sparring/dashboard';
import {
  createLogger,
  type Logger,
  ModelPlaces,
  type NatsBus,
  NatsStore,
  sweepsBucket,
  WorkQueue,
} from '@sparring/runtime';
import { countBusEvents, watchBus } from '@sparring/runtime/metrics';
import { codeHash, type OfficeEvent, openSweepDesk, SweepOffice } from '@sparring/sweep';
import { Endpoint } from '../endpoint/endpoint.js';
import { mountClusterPage } from '../page/cluster-page.js';
import type { PageOptions } from '../page/page-options.js';
import { untilAborted } from '../train/until-aborted.js';
import { bothOf, type ConnectionOptions, connect, logBusEvents, resolveBroker } from './connection.js';
import { OfficeMetrics } from './office-metrics.js';
import { QueuedRun } from './queued-run.js';
import { waitForEnd } from './wait-for-end.js';

/** The options of `coordinator`, as commander hands them over. */
export interface CoordinatorOptions extends ConnectionOptions, PageOptions {
  readonly models?: readonly string[];
}

/** `sparring coordinator`: waits until no other coordinates, then trains what is in the queue, until it is told to end. */
export async function runCoordinator({ models: given, ...options }: CoordinatorOptions): Promise<void> {
  const models = ModelPlaces.of(given, process.env);
  // Before anything is said that the process would take back.
  resolveBroker({ ...options, role: 'coordinator' });
  const log = createLogger('coordinator');
  const end = waitForEnd();
  const { signal } = end;
  const endpoint = await Endpoint.open('coordinator', options, (words) => log.warn(words));
  try {
    const office = new OfficeMetrics(endpoint);
    if (endpoint.url !== null) log.info({ metrics: endpoint.url }, 'listening');
    const onEvent = bothOf(logBusEvents(log), countBusEvents(endpoint.metrics));
    const bus = await connect({ ...options, role: 'coordinator', waitForServer: true, signal, onEvent });
    try {
      watchBus(endpoint.metrics, bus);
      office.connected(bus);
      const store = await NatsStore.open(bus, { signal, onEvent });
      const sweeping = {
        store: await NatsStore.open(bus, { bucket: sweepsBucket, signal, onEvent }),
        code: await codeHash(),
      };
      const queue = new WorkQueue(bus, { make: true, signal, onEvent });
      await queue.open();
      const training = new TrainingMetrics(endpoint.metrics);
      const mountPage = (runs: RecordedRuns) => mountClusterPage(endpoint.server, runs, options, log);
      await coordinate({
        bus,
        store,
        sweeping: { ...sweeping, queue },
        models,
        log,
        signal,
        office,
        training,
        mountPage,
      });
    } finally {
      await bus.close();
    }
  } catch (error) {
    if (error instanceof Deposed || !signal.aborted) throw error;
  } finally {
    end.release();
    await endpoint.close();
  }
  log.info('ended');
}

async function coordinate(place: Place): Promise<void> {
  const { bus, store, log, signal, office } = place;
  const coordinatorId = `coordinator-${randomUUID().slice(0, 8)}`;
  const term = await takeTerm({
    ...{ bus, store, coordinatorId, signal },
    onStandby: (beat) => {
      office.standBy(bus, beat);
      log.info({ coordinator: beat.coordinatorId, term: beat.term }, 'standing by');
    },
  });
  log.info({ term: term.number, coordinatorId }, 'coordinating');
  try {
    await serve({ ...place, term, coordinatorId });
  } finally {
    await term.release();
  }
}

/** What a coordinator has, in office or not. */
interface Place {
  readonly bus: NatsBus;
  readonly store: NatsStore;
  /** What is kept of sweeps, the queue of their runs, and the hash of the code that is to compute them. */
  readonly sweeping: { readonly store: NatsStore; readonly queue: WorkQueue; readonly code: string };
  readonly models: ModelPlaces;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly office: OfficeMetrics;
  readonly training: TrainingMetrics;
  /** Returns what takes the page away again. */
  readonly mountPage: (runs: RecordedRuns) => () => Promise<void>;
}

/** A coordinator's time in office, and what it has for it. */
interface Incumbency extends Place {
  readonly term: Term;
  readonly coordinatorId: string;
}

/** Trains one run after the other. @throws Deposed when another coordinator has taken over */
async function serve(place: Incumbency): Promise<void> {
  const { bus, store, term, coordinatorId, models, log, signal, office, training } = place;
  const records = await Records.open(store, term);
  const queue = new RunQueue(records, models);
  let current: QueuedRun | undefined;
  const roster = new Roster(bus, {
    onSilent: (workerId) => current?.lose(workerId),
    onAway: () => current?.excuse(),
  });
  const status = () => ({
    ...{ coordinatorId, term: term.number, host: hostname(), pid: process.pid },
    ...(current?.status() ?? { run: '', mode: '', spareTrainers: 0, releases: 0, staleResults: 0 }),
    workers: roster.workers(),
    refused: bus.refused,
  });
  training.idle = (role) => roster.workers().filter((worker) => worker.role === role && worker.run === '').length;
  office.coordinate(bus, { term, records, run: () => current?.id ?? '' });
  const progressOf = (run: string) => (current?.id === run ? current.progress : null);
  const closeDesk = openClientDesk({ bus, store, term, records, queue, progressOf, status });
  const { code, ...swept } = place.sweeping;
  // What was seen of a run stays until the next one can be seen.
  let live: LiveRun | undefined;
  const lastLive = () => {
    live = current?.live ?? live;
    return live;
  };
  const over = AbortSignal.any([signal, term.lost]);
  const sweeps = await untilAborted(
    over,
    SweepOffice.open({ ...swept, bus, workers: () => roster.workers(), onEvent: (event) => logSweeps(log, event) }),
  );
  const closeSweepDesk = openSweepDesk({ bus, office: sweeps, models, code });
  const closePage = place.mountPage(new RecordedRuns({ records, store, models, live: lastLive }));
  try {
    for (;;) {
      const { record, cancelled } = await queue.next(over);
      current = new QueuedRun({
        ...{ bus, store, term, records, queue, roster, log, models, training },
        ...{ record, end: signal, cancelled },
      });
      await current.train();
      lastLive();
      current = undefined;
    }
  } catch (error) {
    term.lost.throwIfAborted();
    if (!signal.aborted) throw error;
  } finally {
    closeDesk();
    closeSweepDesk();
    await sweeps.close();
    roster.close();
    await closePage();
  }
}

function logSweeps(log: Logger, { kind, ...facts }: OfficeEvent): void {
  switch (kind) {
    case 'laid-out':
      log.info(facts, 'the runs of a sweep wait for trainers');
      return;
    case 'failed-fast':
      log.warn(facts, 'a run has failed: the sweep stops, as it was to');
      return;
    case 'fault':
      log.error(facts, 'something about a sweep could not be done');
      return;
  }
}
