import { randomUUID } from 'node:crypto';
import { cpus, hostname } from 'node:os';
import { protocolVersion, type Role, type RunSettings, type Subjects, unableToJoin } from '@sparring/protocol';
import type { Bus } from '../bus/bus.js';
import type { Computer } from './computer.js';
import { StateSource } from './state-source.js';

export interface JoinOptions {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly role: Role;
  /** Opens the compute thread for a run. */
  readonly open: (settings: RunSettings) => Promise<Computer>;
  /** Show that this computer computes as the coordinator's does: needless where they share a process. */
  readonly qualify: boolean;
  readonly signal: AbortSignal;
}

/** A worker's place in a run, from when it has joined to when it leaves. */
export interface Membership {
  readonly workerId: string;
  readonly settings: RunSettings;
  readonly computer: Computer;
  readonly source: StateSource;
}

/**
 * Asks for the run's settings, opens a computer for them, and joins.
 * @throws JoinRefused when the coordinator does not want this worker, and says why
 */
export async function join({ bus, subjects, role, open, qualify, signal }: JoinOptions): Promise<Membership> {
  const workerId = `${role}-${randomUUID().slice(0, 8)}`;
  const reply = await bus.request(subjects.membership.settings, { protocolVersion, workerId, role }, { signal });
  if (reply.kind === 'refused') throw new JoinRefused(reply.reason);
  const { settings } = reply;
  const computer = await open(settings).catch((error: Error) => {
    bus.publish(subjects.membership.leave, { workerId, reason: `${unableToJoin}${error.message}` });
    throw error;
  });
  const { term, maxBodyBytes, staleness } = settings;
  const source = new StateSource({ bus, subjects, term, maxBodyBytes, keptSteps: staleness + 1, signal });
  try {
    const { engine, fingerprint } = qualify ? await computer.fingerprint() : { engine: '', fingerprint: '' };
    const qualification = { engine, fingerprint, dataChecksum: computer.dataChecksum, cpu: cpuName() };
    const place = { host: hostname(), pid: process.pid };
    signal.throwIfAborted();
    const answer = await bus.request(
      subjects.membership.join,
      { workerId, role, term, ...place, qualification },
      { signal },
    );
    if (answer.kind === 'refused') throw new JoinRefused(answer.reason);
  } catch (error) {
    source.close();
    // Stopped while it joined, it may have been let in all the same.
    if (signal.aborted) bus.publish(subjects.membership.leave, { workerId, reason: 'stopped' });
    await computer.close();
    throw error;
  }
  return { workerId, settings, computer, source };
}

/** The coordinator does not take this worker into the run. */
export class JoinRefused extends Error {
  override readonly name = 'JoinRefused';
}

export function cpuName(): string {
  return cpus()[0]?.model.trim() || process.arch;
}
