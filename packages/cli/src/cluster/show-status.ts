import { type ClusterStatus, clusterSubjects, protocolVersion, type RunInfo } from '@sparring/protocol';
import Table from 'cli-table3';
import { count, plural } from '../presentation/figures.js';
import { invocation } from '../presentation/invocation.js';
import { openScreen, type Screen } from '../presentation/screen.js';
import { Client } from './client.js';
import type { ConnectionOptions } from './connection.js';

/** `sparring status`: who is alive in a cluster, and what became of its runs. */
export async function showStatus(options: ConnectionOptions & { readonly json?: boolean }): Promise<void> {
  const screen = openScreen(options);
  const client = await Client.connect(options);
  try {
    const { coordinator } = clusterSubjects();
    const status = await client.ask((bus, limits) => bus.request(coordinator.status, { protocolVersion }, limits));
    const runs = await client.runs();
    sayWorkers(screen, status);
    sayRuns(screen, runs);
    screen.result({ ...status, runs });
  } finally {
    await client.close();
  }
}

function sayWorkers(screen: Screen, status: ClusterStatus): void {
  const { coordinatorId, term, host, pid, run, mode, spareTrainers, workers, releases, staleResults } = status;
  screen.say(`${coordinatorId} on ${host} (pid ${pid}) coordinates, in term ${term}.`);
  if (run) {
    const spares = spareTrainers > 0 ? `, ${plural(spareTrainers, 'trainer')} to spare` : '';
    screen.say(`It trains ${run}${mode ? ` (${mode}${spares})` : ''}.`);
    screen.say(
      `Tasks given to another worker: ${count(releases)}; results that came too late: ${count(staleResults)}.`,
    );
  }
  const refused = Object.entries(status.refused).map(([reason, number]) => `${reason} ${count(number)}`);
  if (refused.length > 0) screen.say(`Messages refused: ${refused.join(', ')}.`);
  screen.say();
  if (workers.length === 0) {
    screen.say(`There are no workers: start some with ${invocation()} trainer.`);
    return;
  }
  const table = tableOf(['worker', 'host', 'pid', 'serves']);
  for (const worker of workers) table.push([worker.workerId, worker.host, String(worker.pid), worker.run || 'waits']);
  screen.say(table.toString());
}

function sayRuns(screen: Screen, runs: readonly RunInfo[]): void {
  screen.say();
  if (runs.length === 0) {
    screen.say(`There are no runs: submit one with ${invocation()} train --nats.`);
    return;
  }
  const table = tableOf(['run', 'status', 'step', '']);
  for (const { run, status, step, lastStep, error } of runs) {
    table.push([run, status, lastStep > 0 ? `${count(step)} of ${count(lastStep)}` : '', error.split('\n')[0]!]);
  }
  screen.say(table.toString());
}

function tableOf(head: string[]): Table.Table {
  return new Table({ head, style: { head: [], border: [], compact: true } });
}
