import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Deposed, openClientDesk, Records, Roster, RunQueue, type Term, takeTerm } from '@sparring/coordinator';
import { RecordedRuns } from '@sparring/dashboard';
import { createLogger, type Logger, type NatsBus, NatsStore } from '@sparring/runtime';
import { openClusterPage } from '../page/cluster-page.js';
import type { PageOptions } from '../page/page-options.js';
import { type ConnectionOptions, connect, logBusEvents } from './connection.js';
import { QueuedRun } from './queued-run.js';
import { waitForEnd } from './wait-for-end.js';

/** The options of `coordinator`, as commander hands them over. */
export interface CoordinatorOptions extends ConnectionOptions, PageOptions {}

/** `sparring coordinator`: waits until no other coordinates, then trains what is in the queue, until it is told to end. */
export async function runCoordinator(options: CoordinatorOptions): Promise<void> {
  const log = createLogger('coordinator');
  const end = waitForEnd();
  const { signal } = end;
  const onEvent = logBusEvents(log);
  try {
    const bus = await connect({ ...options, role: 'coordinator', waitForServer: true, signal, onEvent });
    try {
      const store = await NatsStore.open(bus, { signal, onEvent });
      await coordinate(bus, store, options, log, signal);
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

async function coordinate(
  bus: NatsBus,
  store: NatsStore,
  page: PageOptions,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  const coordinatorId = `coordinator-${randomUUID().slice(0, 8)}`;
  const term = await takeTerm({
    ...{ bus, store, coordinatorId, signal },
    onStandby: (beat) => log.info({ coordinator: beat.coordinatorId, term: beat.term }, 'standing by'),
  });
  log.info({ term: term.number, coordinatorId }, 'coordinating');
  try {
    await serve({ bus, store, term, coordinatorId, page, log, signal });
  } finally {
    await term.release();
  }
}

interface Office {
  readonly bus: NatsBus;
  readonly store: NatsStore;
  readonly term: Term;
  readonly coordinatorId: string;
  readonly page: PageOptions;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Trains one run after the other. @throws Deposed when another coordinator has taken over */
async function serve({ bus, store, term, coordinatorId, page, log, signal }: Office): Promise<void> {
  const records = await Records.open(store, term);
  const queue = new RunQueue(records);
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
  const closePage = await openClusterPage(new RecordedRuns(records, () => current?.live), page, log);
  const over = AbortSignal.any([signal, term.lost]);
  try {
    for (;;) {
      const { record, cancelled } = await queue.next(over);
      current = new QueuedRun({ bus, store, term, records, queue, roster, log, record, end: signal, cancelled });
      await current.train();
      current = undefined;
    }
  } catch (error) {
    term.lost.throwIfAborted();
    if (!signal.aborted) throw error;
  } finally {
    closeDesk();
    roster.close();
    await closePage();
  }
}
