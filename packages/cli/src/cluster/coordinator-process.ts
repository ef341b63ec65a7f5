import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Deposed, openClientDesk, Records, Roster, RunQueue, type Term, takeTerm } from '@sparring/coordinator';
import { createLogger, type Logger, ModelPlaces, type NatsBus, NatsStore } from '@sparring/runtime';
import { type ConnectionOptions, connect, logBusEvents } from './connection.js';
import { QueuedRun } from './queued-run.js';
import { waitForEnd } from './wait-for-end.js';

/** The options of `coordinator`, as commander hands them over. */
export interface CoordinatorOptions extends ConnectionOptions {
  readonly models?: readonly string[];
}

/** `sparring coordinator`: waits until no other coordinates, then trains what is in the queue, until it is told to end. */
export async function runCoordinator({ models: given, ...options }: CoordinatorOptions): Promise<void> {
  const models = ModelPlaces.of(given, process.env);
  const log = createLogger('coordinator');
  const end = waitForEnd();
  const { signal } = end;
  const onEvent = logBusEvents(log);
  try {
    const bus = await connect({ ...options, role: 'coordinator', waitForServer: true, signal, onEvent });
    try {
      const store = await NatsStore.open(bus, { signal, onEvent });
      await coordinate({ bus, store, models, log, signal });
    } finally {
      await bus.close();
    }
  } catch (error) {
    if (error instanceof Deposed || !signal.aborted) throw error;
  } finally {
    end.release();
  }
  log.info('ended');
}

async function coordinate(parts: Omit<Incumbency, 'term' | 'coordinatorId'>): Promise<void> {
  const { bus, store, log, signal } = parts;
  const coordinatorId = `coordinator-${randomUUID().slice(0, 8)}`;
  const term = await takeTerm({
    ...{ bus, store, coordinatorId, signal },
    onStandby: (beat) => log.info({ coordinator: beat.coordinatorId, term: beat.term }, 'standing by'),
  });
  log.info({ term: term.number, coordinatorId }, 'coordinating');
  try {
    await serve({ ...parts, term, coordinatorId });
  } finally {
    await term.release();
  }
}

/** A coordinator's time in office, and what it has for it. */
interface Incumbency {
  readonly bus: NatsBus;
  readonly store: NatsStore;
  readonly term: Term;
  readonly coordinatorId: string;
  readonly models: ModelPlaces;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Trains one run after the other. @throws Deposed when another coordinator has taken over */
async function serve({ bus, store, term, coordinatorId, models, log, signal }: Incumbency): Promise<void> {
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
  const progressOf = (run: string) => (current?.id === run ? current.progress : null);
  const closeDesk = openClientDesk({ bus, store, term, records, queue, progressOf, status });
  const over = AbortSignal.any([signal, term.lost]);
  try {
    for (;;) {
      const { record, cancelled } = await queue.next(over);
      current = new QueuedRun({
        bus,
        store,
        term,
        records,
        queue,
        roster,
        log,
        models,
        record,
        end: signal,
        cancelled,
      });
      await current.train();
      current = undefined;
    }
  } catch (error) {
    term.lost.throwIfAborted();
    if (!signal.aborted) throw error;
  } finally {
    closeDesk();
    roster.close();
  }
}
