import { clusterSubjects, type WorkerBeat, workerSilenceMs } from '@sparring/protocol';
import type { Bus, Stop } from '@sparring/runtime';
import { Liveness } from '../members/liveness.js';

export interface RosterWatcher {
  /** A worker was not heard for too long: it is dead, or as good as dead. */
  onSilent(workerId: string): void;
  /** The broker is away; told several times a second. */
  onAway(): void;
}

/** Every worker of the cluster, heard by its beats, whether it serves a run or waits for one. */
export class Roster {
  readonly #bus: Bus & { readonly connected: boolean };
  readonly #liveness = new Liveness(workerSilenceMs);
  readonly #workers = new Map<string, WorkerBeat>();
  readonly #watcher: RosterWatcher;
  readonly #stop: Stop;

  constructor(bus: Bus & { readonly connected: boolean }, watcher: RosterWatcher) {
    this.#bus = bus;
    this.#watcher = watcher;
    const unsubscribe = bus.subscribe(clusterSubjects().membership.beat, (beat) => {
      this.#workers.set(beat.workerId, beat);
      this.heard(beat.workerId);
    });
    const timer = setInterval(() => this.#look(), workerSilenceMs / 8);
    this.#stop = () => {
      unsubscribe();
      clearInterval(timer);
    };
  }

  heard(workerId: string): void {
    this.#liveness.heard(workerId, performance.now());
  }

  workers(): readonly WorkerBeat[] {
    return [...this.#workers.values()];
  }

  close(): void {
    this.#stop();
  }

  #look(): void {
    const now = performance.now();
    // While the broker is away nobody can be heard: that kills nobody.
    if (!this.#bus.connected) {
      this.#liveness.excuse(now);
      this.#watcher.onAway();
    }
    for (const workerId of this.#liveness.takeSilent(now)) {
      this.#workers.delete(workerId);
      this.#watcher.onSilent(workerId);
    }
  }
}
