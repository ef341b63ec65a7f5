import { randomUUID } from 'node:crypto';
import { beatEveryMs, clusterSubjects } from '@sparring/protocol';
import type { Bus } from '@sparring/runtime';

/** Tells the workers on a bus which run there is, as a coordinator does that has nothing to remember. */
export class Announcer {
  readonly #bus: Bus;
  readonly #coordinatorId = `bench-${randomUUID().slice(0, 8)}`;
  readonly #timer: NodeJS.Timeout;
  #term = 0;
  #run = '';

  constructor(bus: Bus) {
    this.#bus = bus;
    this.#timer = setInterval(() => this.#beat(), beatEveryMs);
  }

  /** Each coordinator of the run needs one: by it the workers know that it is another, and join it. */
  newTerm(): number {
    this.#term += 1;
    return this.#term;
  }

  /** Empty: there is none, and the workers wait. They keep their compute threads. */
  announce(run: string): void {
    this.#run = run;
    this.#beat();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    const beat = { coordinatorId: this.#coordinatorId, term: this.#term, run: this.#run };
    this.#bus.publish(clusterSubjects().coordinator.beat, beat);
  }
}
