import { createAttackerIn } from '@sparring/attacker-worker';
import { loadDataSet } from '@sparring/data';
import type { Role, RunSettings } from '@sparring/protocol';
import {
  type ClusterWorker,
  type ClusterWorkerEvent,
  createLogger,
  type DataConfig,
  type LoadedDataSet,
  type Logger,
  ModelPlaces,
  type NatsBus,
  startBeats,
} from '@sparring/runtime';
import { countBusEvents, type Readiness, WorkerMetrics, watchBus } from '@sparring/runtime/metrics';
import { createTrainerIn } from '@sparring/trainer-worker';
import { Endpoint } from '../endpoint/endpoint.js';
import type { EndpointOptions } from '../endpoint/endpoint-settings.js';
import { SweepHands } from '../sweep/cluster/sweep-hands.js';
import { bothOf, type ConnectionOptions, connect, logBusEvents, resolveBroker } from './connection.js';
import { waitForEnd } from './wait-for-end.js';

/** The options of `trainer` and `attacker`, as commander hands them over. */
export interface WorkerProcessOptions extends ConnectionOptions, EndpointOptions {
  readonly threads: number;
  readonly models?: readonly string[];
}

/** `sparring trainer` and `sparring attacker`: workers of a cluster, until they are told to end. */
export async function runWorkers(
  role: Role,
  { threads, models: given, ...options }: WorkerProcessOptions,
): Promise<void> {
  const models = ModelPlaces.of(given, process.env);
  // Before anything is said that the process would take back.
  resolveBroker({ ...options, role });
  const log = createLogger(role);
  const end = waitForEnd();
  const { signal } = end;
  const endpoint = await Endpoint.open(role, options, (words) => log.warn(words));
  try {
    endpoint.readiness = () => ({ ready: false, state: 'waiting for the broker' });
    if (endpoint.url !== null) log.info({ metrics: endpoint.url }, 'listening');
    const onEvent = bothOf(logBusEvents(log), countBusEvents(endpoint.metrics));
    const bus = await connect({ ...options, role, waitForServer: true, signal, onEvent });
    await serveUntil(end.asked, { bus, role, threads, models, log, endpoint });
  } catch (error) {
    // Told to end while it waited for the broker.
    if (!signal.aborted) throw error;
  } finally {
    end.release();
    await endpoint.close();
  }
}

interface Serving {
  readonly bus: NatsBus;
  readonly role: Role;
  readonly threads: number;
  readonly models: ModelPlaces;
  readonly log: Logger;
  readonly endpoint: Endpoint;
}

async function serveUntil(ended: Promise<void>, { bus, role, threads, models, log, endpoint }: Serving): Promise<void> {
  const dataSetOf = onlyTheLast(async ({ data }) => loadDataSet(JSON.parse(data) as DataConfig));
  const metrics = new WorkerMetrics(endpoint.metrics);
  const create = role === 'trainer' ? createTrainerIn : createAttackerIn;
  const hands = role === 'trainer' ? new SweepHands({ bus, models, log }) : null;
  const workers: ClusterWorker[] = Array.from({ length: threads }, () =>
    create({
      ...{ bus, dataSetOf, models, pastime: hands?.work },
      onEvent: (event) => {
        metrics.tell(role, event);
        logWorker(log, event);
      },
    }),
  );
  watchBus(endpoint.metrics, bus);
  metrics.watchServing(workers);
  endpoint.readiness = () => readiness(bus, workers);
  const stopBeats = startBeats(bus, workers, () => hands?.hindrances ?? {});
  try {
    await ended;
    log.info('leaving');
  } finally {
    stopBeats();
    hands?.hurry();
    await Promise.allSettled(workers.map((worker) => worker.stop()));
    await hands?.close();
    await bus.close();
  }
}

function readiness(bus: NatsBus, workers: readonly ClusterWorker[]): Readiness {
  const run = workers.map(({ place }) => place.run).find((served) => served !== '') ?? '';
  if (!bus.connected) return { ready: false, state: 'without a connection to the broker', run };
  return { ready: true, state: run === '' ? 'waiting for a run' : 'serving', run };
}

/** Threads of a process share one data set; that of the run before is let go. */
function onlyTheLast(load: (settings: RunSettings) => Promise<LoadedDataSet>) {
  let last: { readonly data: string; readonly loaded: Promise<LoadedDataSet> } | undefined;
  return (settings: RunSettings): Promise<LoadedDataSet> => {
    if (last?.data !== settings.data) last = { data: settings.data, loaded: load(settings) };
    const { loaded } = last;
    // A folder that is not there may be there when it is tried again.
    loaded.catch(() => {
      if (last?.loaded === loaded) last = undefined;
    });
    return loaded;
  };
}

function logWorker(log: Logger, { kind, ...facts }: ClusterWorkerEvent): void {
  switch (kind) {
    case 'serving':
      log.info(facts, 'joining');
      return;
    case 'ready':
      log.info(facts, 'joined');
      return;
    case 'idle':
      log.info('waiting for a run');
      return;
    case 'stale':
      log.debug(facts, 'its lease was over: the result is not needed');
      return;
    case 'unable':
      log.error(facts, 'cannot serve this run');
      return;
    case 'thread-lost':
      log.warn(facts, 'the compute thread was lost and is replaced');
      return;
  }
}
