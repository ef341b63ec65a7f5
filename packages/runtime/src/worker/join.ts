import { randomUUID } from 'node:crypto';
import { cpus, hostname } from 'node:os';
import { protocolVersion, type Role, type RunSettings, type Subjects, unableToJoin } from '@sparring/protocol';
import type { Bus } from '../bus/bus.js';
import { ThreadLost } from '../threads/thread-lost.js';
import { computedWithin } from './computed-within.js';
import type { Computer } from './computer.js';
import { StateSource } from './state-source.js';

export interface JoinOptions {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly role: Role;
  /** Opens the compute thread for a run; gives up when the signal is aborted. */
  readonly open: (settings: RunSettings, signal: AbortSignal) => Promise<Computer>;
  /** Show that this computer computes as the coordinator's does: needless where they share a process. */
  readonly qualify: boolean;
  /** How long that may take; five minutes by default. */
  readonly qualifyWithinMs?: number;
  readonly signal: AbortSignal;
}

/** A worker's place in a run, from when it has joined to when it leaves. */
export interface Joined {
  readonly workerId: string;
  readonly settings: RunSettings;
  readonly computer: Computer;
  readonly source: StateSource;
}

/**
 * Asks for the run's settings, opens a computer for them, and joins.
 * @throws JoinRefused when the coordinator does not want this worker, and says why
 */
export async function join(options: JoinOptions): Promise<Joined> {
  const { bus, subjects, role, open, signal } = options;
  const workerId = `${role}-${randomUUID().slice(0, 8)}`;
  const reply = await bus.request(subjects.membership.settings, { protocolVersion, workerId, role }, { signal });
  if (reply.kind === 'refused') throw new JoinRefused(reply.reason);
  const { settings } = reply;
  const computer = await open(settings, signal).catch((error: Error) => {
    if (!signal.aborted)
      bus.publish(subjects.membership.leave, { workerId, reason: `${unableToJoin}${error.message}` });
    throw error;
  });
  const { term, maxBodyBytes, staleness } = settings;
  // Of the step, of those that are attacked, and of one that a probe may still be measuring.
  const keptSteps = staleness + 2;
  const source = new StateSource({ bus, subjects, term, maxBodyBytes, keptSteps, signal });
  try {
    const { engine, fingerprint } = await fingerprintOf(computer, options);
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

type Fingerprint = Awaited<ReturnType<Computer['fingerprint']>>;

/** Whatever goes wrong with it, the next attempt is to have another thread. */
async function fingerprintOf(
  computer: Computer,
  { qualify, qualifyWithinMs = 300_000, signal }: JoinOptions,
): Promise<Fingerprint> {
  if (!qualify) return { engine: '', fingerprint: '' };
  try {
    const fingerprint = await computedWithin(qualifyWithinMs, signal, computer.fingerprint());
    if (fingerprint === 'hung')
      throw new ThreadLost(`the compute thread has no fingerprint after ${qualifyWithinMs} ms`);
    return fingerprint;
  } catch (error) {
    if (!signal.aborted) computer.kill();
    throw error;
  }
}

/** The coordinator does not take this worker into the run. */
export class JoinRefused extends Error {
  override readonly name = 'JoinRefused';
}

export function cpuName(): string {
  return cpus()[0]?.model.trim() || process.arch;
}
