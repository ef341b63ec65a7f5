import { collectDefaultMetrics, Registry } from 'prom-client';
import { catalogue } from './catalogue.js';
import { type AnyDefinition, type Group, type Instances, type Place, register } from './definition.js';
import { processMetrics } from './definitions/process-metrics.js';

/**
 * How often the event loop is looked at. Each time wakes the main thread, which takes 20 to 50 µs, and a compute thread's core where all are
 * busy: a hundred times a second, which is the default, came to half a percent of a core. A loop that is late by half a second matters.
 */
const lookAtLoopEveryMs = 50;

/** A process's own metrics: those of the catalogue that it has, and Node's. */
export class ProcessMetrics {
  readonly place: Place;
  readonly #registry = new Registry();
  readonly #groups = new Map<Group, Instances<Group['metrics']>>();
  readonly #sources = new Set<() => void>();

  constructor(place: Place, version: string) {
    this.place = place;
    for (const group of catalogue) {
      if (group.places.includes(place)) this.#groups.set(group, register(this.#registry, group));
    }
    this.of(processMetrics).info.set({ role: place, version }, 1);
  }

  /** Node's and the process's own: watching the event loop costs a little, so only where somebody may look. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry, eventLoopMonitoringPrecision: lookAtLoopEveryMs });
  }

  /** A group's metrics, to be set. @throws where this kind of process has none of them */
  of<Metrics extends Readonly<Record<string, AnyDefinition>>>(group: Group<Metrics>): Instances<Metrics> {
    const made = this.#groups.get(group);
    if (made === undefined) throw new Error(`${group.title}: no metrics of a ${this.place} process`);
    return made as Instances<Metrics>;
  }

  /** Has values read just before they are told. Returns a function that ends it, having read them once more. */
  readBefore(read: () => void): () => void {
    this.#sources.add(read);
    return () => {
      if (this.#sources.delete(read)) read();
    };
  }

  /** All of them, in Prometheus' text format. */
  async text(): Promise<string> {
    for (const read of this.#sources) read();
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}
