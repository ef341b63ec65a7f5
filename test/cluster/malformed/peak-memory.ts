import { existsSync, readFileSync } from 'node:fs';

const megabyte = 1024 * 1024;

/** Megabytes that a process has in memory, and the most that it ever had; null where the system does not tell. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } | null {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return null;
  const status = readFileSync(file, 'utf8');
  const megabytes = (name: string) =>
    (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)![1]) * 1024) / megabyte;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}
