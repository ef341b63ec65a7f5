import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { asRunFolderError, RunFolderError, RunInUse } from './run-folder-error.js';

// A takeover is a few file operations; a guard older than this is of a process that was killed in between.
const guardLifetimeMs = 10_000;
const guardPollMs = 20;

/** Who holds a run's folder. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the holder's process began, in the kernel's own count, so that a reused pid is told apart; null where unknown. */
  readonly processStart: string | null;
  readonly claimedAt: string;
  readonly token: string;
}

export interface RunLock {
  /** Gives the folder back; does nothing where the lock is no longer this one. */
  release(): Promise<void>;
}

/**
 * Claims a run's folder by its file `lock`. A lock whose process is dead, on this host, is taken over; one that lives, or that another
 * host holds, throws RunInUse. `what` names in its message what the folder is of.
 */
export async function claimRun(folder: string, what = 'the run'): Promise<RunLock> {
  const lock = join(folder, 'lock');
  const token = randomUUID();
  const scratch = join(folder, `.lock.${token}`);
  const claimedAt = new Date().toISOString();
  const own: Holder = { pid: process.pid, host: hostname(), processStart: processStart(process.pid), claimedAt, token };
  try {
    await writeFile(scratch, `${JSON.stringify(own)}\n`, { flag: 'wx' });
    // A link appears with its content or not at all: nobody reads a half-written lock.
    while (!(await tryLink(scratch, lock))) await removeDeadLock(lock, what);
  } catch (error) {
    throw asRunFolderError(error, `claim ${folder}`);
  } finally {
    await unlink(scratch).catch(() => {});
  }
  return { release: () => releaseLock(lock, token) };
}

/** Who holds a folder: a process that lives, or one of another host, of which nobody here knows; null where nobody does. */
export async function livingHolder(folder: string): Promise<Holder | null> {
  const holder = await readHolder(join(folder, 'lock'));
  return typeof holder === 'object' && !isDead(holder) ? holder : null;
}

/** Does anybody hold the folder? As `livingHolder` has it. */
export async function isClaimed(folder: string): Promise<boolean> {
  return (await livingHolder(folder)) !== null;
}

async function tryLink(scratch: string, lock: string): Promise<boolean> {
  try {
    await link(scratch, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Returns once there may be no lock; throws where a living process holds it. */
async function removeDeadLock(lock: string, what: string): Promise<void> {
  // Of several that find the same dead lock one at a time looks again and removes it, so that none removes the lock of the one before.
  const guard = `${lock}.takeover`;
  if (!(await tryCreate(guard))) {
    if (await isOlderThan(guard, guardLifetimeMs)) await unlink(guard).catch(() => {});
    await setTimeout(guardPollMs);
    return;
  }
  try {
    const holder = await readHolder(lock);
    if (holder === 'none') return;
    refuseLiving(lock, holder, what);
    await unlink(lock);
  } finally {
    await unlink(guard).catch(() => {});
  }
}

function refuseLiving(lock: string, holder: Holder | 'unreadable', what: string): void {
  if (holder === 'unreadable') {
    throw new RunFolderError(`${lock}: not a lock of this program; delete it if nobody uses the folder`);
  }
  if (isDead(holder)) return;
  const who = `process ${holder.pid} on ${holder.host} since ${holder.claimedAt}`;
  const remedy = holder.host === hostname() ? '' : `; delete ${lock} if that process is gone`;
  throw new RunInUse(`${lock}: ${what} is in use by ${who}${remedy}`);
}

async function tryCreate(file: string): Promise<boolean> {
  try {
    await writeFile(file, '', { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isOlderThan(file: string, ageMs: number): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > ageMs;
}

async function releaseLock(lock: string, token: string): Promise<void> {
  const holder = await readHolder(lock);
  if (typeof holder === 'object' && holder.token === token) await unlink(lock).catch(() => {});
}

async function readHolder(lock: string): Promise<Holder | 'none' | 'unreadable'> {
  try {
    const holder = JSON.parse(await readFile(lock, 'utf8')) as Holder;
    return Number.isInteger(holder?.pid) && typeof holder.host === 'string' ? holder : 'unreadable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'unreadable';
  }
}

function isDead({ pid, host, processStart: start }: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, as somebody else's.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
  }
  const now = processStart(pid);
  return start !== null && now !== null && start !== now;
}

// Field 22 of Linux's /proc/<pid>/stat, counted behind the command's closing parenthesis since that may hold spaces.
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
