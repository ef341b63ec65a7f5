import { execFileSync } from 'node:child_process';

/** What a process holds of this machine's memory, in MB; null where it is gone. */
export function residentMegabytes(pid: number): number | null {
  try {
    const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
    return Number(kilobytes) / 1_024;
  } catch {
    return null;
  }
}
