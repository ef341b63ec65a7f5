import { beatEveryMs, type CoordinatorBeat, clusterSubjects, coordinatorSilenceMs } from '@sparring/protocol';
import type { Bus, DurableStore, Entry, Stop } from '@sparring/runtime';
import { Deposed } from './deposed.js';

export interface ElectionOptions {
  readonly bus: Bus & { readonly connected: boolean };
  readonly store: DurableStore;
  readonly coordinatorId: string;
  /** Aborted: wait no longer. */
  readonly signal: AbortSignal;
  /** Another coordinator is at work; this one waits. */
  readonly onStandby: (beat: CoordinatorBeat) => void;
}

/** What the store remembers of the coordinator's office. */
interface Office {
  readonly term: number;
  readonly coordinatorId: string;
  /** It was given back in order: nobody need wait for a silence. */
  readonly released: boolean;
}

const key = 'term';

/**
 * Waits until no coordinator has been heard for three seconds, and takes the next term, by compare-and-set: of two that try, one gets it.
 * One that still beats in a term that is over is no coordinator.
 * @throws the signal's reason
 */
export async function takeTerm(options: ElectionOptions): Promise<Term> {
  const { bus, store, coordinatorId, signal, onStandby } = options;
  let heardAt = performance.now();
  let told = '';
  let held = 0;
  const stop = bus.subscribe(clusterSubjects().coordinator.beat, (beat) => {
    if (beat.term < held) return refuseOld(bus, beat, held);
    heardAt = performance.now();
    if (told === beat.coordinatorId) return;
    told = beat.coordinatorId;
    onStandby(beat);
  });
  try {
    for (;;) {
      signal.throwIfAborted();
      const askedAt = performance.now();
      const entry = await store.get(key);
      const office = entry && (JSON.parse(entry.value) as Office);
      held = office?.term ?? 0;
      // Where nothing can be heard, silence says nothing: without a connection, or while the broker itself is silent.
      const answeredAt = performance.now();
      if (!bus.connected || answeredAt - askedAt >= coordinatorSilenceMs / 2) heardAt = answeredAt;
      if (office === null || office.released || performance.now() - heardAt >= coordinatorSilenceMs) {
        const term = held + 1;
        const value = JSON.stringify({ term, coordinatorId, released: false } satisfies Office);
        const revision = entry ? await store.update(key, value, entry.revision) : await store.create(key, value);
        if (revision !== null) return new Term(options, term, revision);
        heardAt = performance.now();
      }
      await new Promise((resolve) => setTimeout(resolve, beatEveryMs / 2));
    }
  } finally {
    stop();
  }
}

/**
 * The coordinator's office, held until it is given back or another takes it. It is told to everyone twice a second. Who holds it is
 * what the store says: this is looked up every three seconds, and whenever there is a doubt.
 */
export class Term {
  readonly number: number;
  readonly #options: ElectionOptions;
  readonly #revision: number;
  readonly #deposed = new AbortController();
  readonly #stops: Stop[];
  /** The run that is trained, for all to hear. */
  #run = '';
  #looking: Promise<void> | undefined;
  #lookedAt = performance.now();
  #tickedAt = performance.now();
  #wasConnected = true;
  #stopped = false;

  constructor(options: ElectionOptions, number: number, revision: number) {
    this.#options = options;
    this.number = number;
    this.#revision = revision;
    const { bus, coordinatorId } = options;
    const timer = setInterval(() => this.#tick(), beatEveryMs);
    const unsubscribe = bus.subscribe(clusterSubjects().coordinator.beat, (beat) => {
      if (beat.coordinatorId === coordinatorId) return;
      if (beat.term < number) refuseOld(bus, beat, number);
      else void this.doubt();
    });
    this.#stops = [() => clearInterval(timer), unsubscribe];
    this.#beat();
  }

  /** Aborted with Deposed when another has taken over. */
  get lost(): AbortSignal {
    return this.#deposed.signal;
  }

  /** Tells everyone which run is trained now; empty: none. */
  announce(run: string): void {
    this.#run = run;
    this.#beat();
  }

  /** Somebody speaks as if this term were over: looks into the store whether it is. Resolves when it is known, or cannot be. */
  doubt(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /**
   * Resolves when the store has said, after this call, that this term goes on. A new record is written under no revision that somebody
   * else could have replaced: what is confirmed before and after it was written is there when the next coordinator reads all there is.
   * @throws Deposed
   */
  async confirm(): Promise<void> {
    const entry = await this.#options.store.get(key);
    if (entry?.revision === this.#revision) return;
    this.lost.throwIfAborted();
    throw this.#stopped ? new Deposed(this.number, 'it was given back') : this.depose(holderOf(entry));
  }

  depose(by: string): Deposed {
    const error = new Deposed(this.number, by);
    this.#stop();
    this.#deposed.abort(error);
    return error;
  }

  /** Gives the office back, so that a standby need not wait. */
  async release(): Promise<void> {
    this.#stop();
    if (this.lost.aborted) return;
    const { store, coordinatorId } = this.#options;
    const office: Office = { term: this.number, coordinatorId, released: true };
    await store.update(key, JSON.stringify(office), this.#revision);
  }

  #tick(): void {
    const now = performance.now();
    const { connected } = this.#options.bus;
    const wasAway = (connected && !this.#wasConnected) || now - this.#tickedAt >= coordinatorSilenceMs / 2;
    this.#wasConnected = connected;
    this.#tickedAt = now;
    if (wasAway || now - this.#lookedAt >= coordinatorSilenceMs) void this.doubt();
    this.#beat();
  }

  async #look(): Promise<void> {
    this.#lookedAt = performance.now();
    // A store that cannot be asked says nothing: what is written to it shows whose term it is.
    const entry = await this.#options.store.get(key).catch(() => undefined);
    if (entry === undefined || entry?.revision === this.#revision || this.#stopped) return;
    this.depose(holderOf(entry));
  }

  #beat(): void {
    const { bus, coordinatorId } = this.#options;
    bus.publish(clusterSubjects().coordinator.beat, { coordinatorId, term: this.number, run: this.#run });
  }

  #stop(): void {
    this.#stopped = true;
    for (const stop of this.#stops) stop();
  }
}

function holderOf(entry: Entry | null): string {
  if (entry === null) return 'the store has lost it';
  const { coordinatorId, term } = JSON.parse(entry.value) as Office;
  return `coordinator ${coordinatorId} holds term ${term}`;
}

function refuseOld(bus: Bus, { coordinatorId, term }: CoordinatorBeat, held: number): void {
  bus.refuse('old-term', `the beat of ${coordinatorId} of term ${term}, in term ${held}`);
}
