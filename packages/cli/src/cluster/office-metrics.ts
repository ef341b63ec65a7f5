import type { Records, RunRecord, Term } from '@sparring/coordinator';
import type { CoordinatorBeat } from '@sparring/protocol';
import type { NatsBus } from '@sparring/runtime';
import { clusterMetrics } from '@sparring/runtime/metrics';
import type { Endpoint } from '../endpoint/endpoint.js';

const statuses: readonly RunRecord['status'][] = ['queued', 'running', 'finished', 'failed', 'cancelled'];

export interface HeldOffice {
  readonly term: Term;
  readonly records: Records;
  /** The id of the run that is trained now; empty: none. */
  readonly run: () => string;
}

/** What a coordinator's process tells of its office: whether it holds it, stands by, or waits for the broker. */
export class OfficeMetrics {
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
    const { term, standby } = this.#metrics;
    term.set(0);
    standby.set(0);
    endpoint.readiness = () => ({ ready: false, state: 'waiting for the broker' });
  }

  connected(bus: NatsBus): void {
    this.#tell(bus, () => ({ ready: false, state: 'waiting for a term' }));
  }

  /** Another is at work. */
  standBy(bus: NatsBus, { coordinatorId, term }: CoordinatorBeat): void {
    this.#metrics.standby.set(1);
    this.#tell(bus, () => ({ ready: true, state: 'standing by', for: coordinatorId, term }));
  }

  /** From now on it holds the term. */
  coordinate(bus: NatsBus, { term, records, run }: HeldOffice): void {
    const { term: held, standby, runs } = this.#metrics;
    standby.set(0);
    held.set(term.number);
    this.#endpoint.metrics.readBefore(() => {
      for (const status of statuses) runs.set({ status }, records.countOf(status));
    });
    this.#tell(bus, () => ({ ready: true, state: 'coordinating', term: term.number, run: run() }));
  }

  get #metrics() {
    return this.#endpoint.metrics.of(clusterMetrics);
  }

  #tell(bus: NatsBus, state: Endpoint['readiness']): void {
    const away = { ready: false, state: 'without a connection to the broker' };
    this.#endpoint.readiness = () => (bus.connected ? state() : away);
  }
}
