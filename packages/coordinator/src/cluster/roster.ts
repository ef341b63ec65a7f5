import { clusterSubjects, type WorkerBeat, workerSilenceMs } from '@sparring/protocol';
import type { Bus, Stop } from '@sparring/runtime';
import { Liveness } from '../members/liveness.js';

export interface RosterWatcher {
  /** A worker was not heard for too long: it is dead, or as good as dead. */
  onSilent(workerId: string): void;
  /** The broker is away; told several times a second. */
  onAway(): void;
}

/** Many more than a cluster has: what is beyond them is made up, and must not fill the memory. */
const mostWorkers = 1_024;

/** Every worker of the cluster, heard by its beats, whether it serves a run or waits for one. */
export class Roster {
  readonly #bus: Bus & { readonly connected: boolean };
  readonly #liveness = new Liveness(workerSilenceMs);
  readonly #workers = new Map<string, WorkerBeat>();
  readonly #watcher: RosterWatcher;
  readonly #stop: Stop;
  #lookedAt = performance.now();

  constructor(bus: Bus & { readonly connected: boolean }, watcher: RosterWatcher) {
    this.#bus = bus;
    this.#watcher = watcher;
    const unsubscribe = bus.subscribe(clusterSubjects().membership.beat, (beat) => this.#hear(beat));
    const timer = setInterval(() => this.#look(), workerSilenceMs / 8);
    this.#stop = () => {
      unsubscribe();
      clearInterval(timer);
    };
  }

  /** A worker that takes part in a run is heard in any case. */
  heard(workerId: string): void {
    this.#liveness.heard(workerId, performance.now());
  }

  workers(): readonly WorkerBeat[] {
    return [...this.#workers.values()];
  }

  close(): void {
    this.#stop();
  }

  #hear(beat: WorkerBeat): void {
    const { workerId } = beat;
    if (!this.#workers.has(workerId) && this.#workers.size >= mostWorkers && !this.#liveness.knows(workerId)) {
      this.#bus.refuse('oversized', `the beat of ${workerId}, while ${mostWorkers} other workers are alive`);
      return;
    }
    this.#workers.set(workerId, beat);
    this.heard(workerId);
  }

  #look(): void {
    const now = performance.now();
    // While the broker is away nobody can be heard: that kills nobody.
    if (!this.#bus.connected) {
      this.#liveness.excuse(now);
      this.#watcher.onAway();
    }
    // Nor can anybody while this process is busy, or stopped: what was said meanwhile comes now.
    if (now - this.#lookedAt > workerSilenceMs / 2) this.#liveness.excuse(now);
    this.#lookedAt = now;
    for (const workerId of this.#liveness.takeSilent(now)) {
      this.#workers.delete(workerId);
      this.#watcher.onSilent(workerId);
    }
  }
}
