import { existsSync, readFileSync } from 'node:fs';
import type { Cluster } from '../cluster.ts';

/** By how much the processes of a cluster have grown, at the most, since they were looked at first. */
export class Memory {
  readonly #cluster: Cluster;
  readonly #before: ReadonlyMap<string, number>;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    const { trainers, attackers } = cluster.team;
    const names = (role: string, count: number) => Array.from({ length: count }, (_, index) => `${role}-${index + 1}`);
    const all = ['broker', 'coordinator', ...names('trainer', trainers), ...names('attacker', attackers)];
    this.#before = new Map(all.map((name) => [name, megabytes(cluster.pid(name), 'VmRSS')]));
  }

  /** Megabytes by process; 0 where the system does not tell. */
  growth(): Record<string, number> {
    const peaks = [...this.#before].map(([name, before]) => {
      return [name, Math.round(megabytes(this.#cluster.pid(name), 'VmHWM') - before)];
    });
    return Object.fromEntries(peaks);
  }

  /** Those of them that are more than so many. */
  growthBeyond(most: number): Record<string, number> {
    return Object.fromEntries(Object.entries(this.growth()).filter(([, growth]) => growth > most));
  }
}

/** VmRSS: what a process has in memory. VmHWM: the most that it ever had. */
function megabytes(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return 0;
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'))![1]) / 1024;
}
