import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { asRunFolderError, RunFolderError } from './run-folder-error.js';

/** Who holds a run's folder. */
interface Holder {
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
 * host holds, throws RunFolderError.
 */
export async function claimRun(folder: string): Promise<RunLock> {
  const lock = join(folder, 'lock');
  const token = randomUUID();
  const scratch = join(folder, `.lock.${token}`);
  const claimedAt = new Date().toISOString();
  const own: Holder = { pid: process.pid, host: hostname(), processStart: processStart(process.pid), claimedAt, token };
  try {
    await writeFile(scratch, `${JSON.stringify(own)}\n`, { flag: 'wx' });
    // A link appears with its content or not at all: nobody reads a half-written lock.
    while (!(await tryLink(scratch, lock))) await removeDeadLock(lock, token);
  } catch (error) {
    throw asRunFolderError(error, `claim ${folder}`);
  } finally {
    await unlink(scratch).catch(() => {});
  }
  return { release: () => releaseLock(lock, token) };
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

async function removeDeadLock(lock: string, token: string): Promise<void> {
  const holder = await readHolder(lock);
  if (holder === 'none') return;
  if (holder === 'unreadable')
    throw new RunFolderError(`${lock}: not a lock of this program; delete it if no run uses the folder`);
  if (!isDead(holder)) {
    const who = `process ${holder.pid} on ${holder.host} since ${holder.claimedAt}`;
    const remedy = holder.host === hostname() ? '' : `; delete ${lock} if that process is gone`;
    throw new RunFolderError(`${lock}: the run is in use by ${who}${remedy}`);
  }
  // Of several that find the same dead lock one moves it away; whoever moved a living one by mistake puts it back.
  const moved = `${lock}.${token}`;
  await rename(lock, moved).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  const taken = await readHolder(moved);
  if (typeof taken === 'object' && taken.token !== holder.token) await link(moved, lock).catch(() => {});
  await unlink(moved).catch(() => {});
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
