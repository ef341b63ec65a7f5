import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { EndpointSettings } from '../endpoint/endpoint-settings.js';

/** Where the processes of a cluster tell their metrics, for Prometheus' file-based service discovery. */
export class MetricsTargets {
  /** As Prometheus takes it; null where metrics are switched off. */
  readonly pattern: string | null;
  readonly #folder: string;
  readonly #firstPort: number | null;

  /** Makes an empty folder for them, in that of a state that is this process's alone. `settings` null: they are switched off. */
  static async open(stateFolder: string, settings: EndpointSettings | null): Promise<MetricsTargets> {
    const folder = resolve(stateFolder, 'metrics');
    const targets = new MetricsTargets(folder, settings?.port ?? null);
    await targets.clear();
    if (settings) await mkdir(folder, { recursive: true, mode: 0o700 });
    return targets;
  }

  private constructor(folder: string, firstPort: number | null) {
    this.#folder = folder;
    this.#firstPort = firstPort;
    this.pattern = firstPort === null ? null : join(folder, '*.json');
  }

  /** What the process of this name is told by its environment: ports follow each other, in the order of their `index`. */
  environmentOf(name: string, index: number): Record<string, string> {
    if (this.#firstPort === null) return { SPARRING_METRICS_PORT: 'off' };
    const port = this.#firstPort === 0 ? 0 : this.#firstPort + index;
    return { SPARRING_METRICS_PORT: String(port), SPARRING_METRICS_TARGET: join(this.#folder, `${name}.json`) };
  }

  /** Removes what processes have left that were killed. */
  async clear(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    const written = names.filter((name) => name.endsWith('.json') || name.endsWith('.tmp'));
    await Promise.all(written.map((name) => rm(join(this.#folder, name), { force: true })));
  }
}
