import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** When a run began, in ms since 1970: its id says it, else its first file does. */
export async function startOf(path: string): Promise<number | null> {
  return timeIn(basename(path)) ?? (await stat(join(path, 'config.yaml')).catch(() => null))?.mtimeMs ?? null;
}

/** `demo-s0-20261123-101530-ab12`, in UTC. */
export function timeIn(id: string): number | null {
  const found = /-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(id);
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
