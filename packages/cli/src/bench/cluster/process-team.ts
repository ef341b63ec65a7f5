import { join } from 'node:path';
import { freePort } from '@sparring/runtime';
import { connect } from '../../cluster/connection.js';
import type { SupervisorEvent } from '../../up/child-plan.js';
import { openClusterState } from '../../up/cluster-state.js';
import { planCluster } from '../../up/plan-cluster.js';
import { Supervisor } from '../../up/supervisor.js';
import { Announcer } from './announcer.js';
import type { Team } from './team.js';
import type { Trouble } from './trouble.js';

export interface ProcessTeamRequest {
  readonly trainers: number;
  readonly attackers: number;
  /** The path of nats-server. */
  readonly natsServer: string;
  /** Where the broker's configuration and store are put, in a folder of this name. */
  readonly folder: string;
  readonly name: string;
  /** The model's file, where it is one. */
  readonly models: readonly string[];
  readonly trouble: Trouble;
}

/** A broker and worker processes, as `sparring up` starts them; the coordinator is this process. */
export async function openProcessTeam(request: ProcessTeamRequest): Promise<Team> {
  const { trainers, attackers, natsServer, folder, name, models, trouble } = request;
  const loading = models.flatMap((file) => ['--models', file]);
  const state = await openClusterState(join(folder, name));
  const [broker, , workers] = planCluster(state, {
    ...{ numTrainers: trainers, numAttackers: attackers, natsServer },
    ...{ command: process.execPath, commandArgs: [process.argv[1]!] },
    roleArgs: { trainer: loading, attacker: loading },
  });
  // It counts what passes between workers as well.
  const monitor = await freePort();
  const monitored = broker!.map((plan) => ({ ...plan, args: [...plan.args, '-m', String(monitor)] }));
  let closing = false;
  const lastLines = new Map<string, string>();
  const onEvent = (event: SupervisorEvent) => {
    if (event.kind === 'line') lastLines.set(event.name, event.line);
    const fault = closing ? null : faultOf(event, lastLines.get(event.name));
    if (fault !== null) trouble.report(new Error(fault));
  };
  const supervisor = new Supervisor([monitored, workers!], { onEvent });
  const end = async () => {
    closing = true;
    await supervisor.stop();
    await state.lock.release();
  };
  supervisor.run().catch((error) => trouble.report(error));
  try {
    const credentials = state.credentials.coordinator;
    const { signal } = trouble;
    const bus = await connect({ credentials, role: 'coordinator', waitForServer: true, signal, onEvent: () => {} });
    const announcer = new Announcer(bus);
    return {
      ...{ trainers, attackers, bus, announcer, qualifies: true },
      bytes: () => bytesThrough(monitor),
      close: async () => {
        closing = true;
        announcer.close();
        await bus.close().finally(end);
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** What a broker was sent so far, by all that are connected. */
async function bytesThrough(monitorPort: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${monitorPort}/varz`);
  const { in_bytes: bytes } = (await response.json()) as { readonly in_bytes: number };
  return bytes;
}

const errorLevel = 50;

/** What a figure cannot survive: a process that ended, or says that it cannot do its part. */
function faultOf(event: SupervisorEvent, lastLine = 'nothing'): string | null {
  if (event.kind === 'died')
    return `${event.name} ended (${event.how}) while it was measured; it said last: ${lastLine}`;
  if (event.kind !== 'line') return null;
  try {
    const { level, msg, reason } = JSON.parse(event.line) as { level?: unknown; msg?: unknown; reason?: unknown };
    return Number(level) >= errorLevel ? `${event.name}: ${msg}${reason ? `: ${reason}` : ''}` : null;
  } catch {
    return null; // the broker's own log
  }
}
