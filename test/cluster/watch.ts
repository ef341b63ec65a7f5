import type { TrainingEvent } from '@sparring/coordinator';
import {
  type ClusterStatus,
  type CoordinatorBeat,
  clusterSubjects,
  protocolVersion,
  subjectsOf,
} from '@sparring/protocol';
import { type BrokerRole, inboxPrefix, NatsBus, resolveConnection } from '@sparring/runtime';
import { Chronicle } from './chronicle.ts';

/** What a run's coordinator told. */
export interface Told {
  /** Milliseconds of `performance.now()`. */
  readonly at: number;
  readonly term: number;
  readonly phase: string;
  readonly event: TrainingEvent;
}

/** Sees and hears what any client of a cluster may. */
export class Watch {
  readonly bus: NatsBus;
  /** Of whichever run is trained. */
  readonly told = new Chronicle<Told>();
  readonly beats = new Chronicle<CoordinatorBeat & { readonly at: number }>();

  static async open(credentials: string): Promise<Watch> {
    return new Watch(await connectAs('client', credentials));
  }

  private constructor(bus: NatsBus) {
    this.bus = bus;
    bus.subscribe(subjectsOf('*').events.publish, ({ term, phase, event }) =>
      this.told.add({ at: performance.now(), term, phase, event: JSON.parse(event) as TrainingEvent }),
    );
    bus.subscribe(clusterSubjects().coordinator.beat, (beat) => this.beats.add({ at: performance.now(), ...beat }));
  }

  /** The first beat of a later term than this. */
  termAfter(term: number) {
    return this.beats.until(`a term after ${term}`, (beat) => beat.term > term);
  }

  status(): Promise<ClusterStatus> {
    return this.bus.request(clusterSubjects().coordinator.status, { protocolVersion }, { timeoutMs: 10_000 });
  }

  close(): Promise<void> {
    return this.bus.close();
  }
}

export function connectAs(role: BrokerRole, credentials: string): Promise<NatsBus> {
  const connection = resolveConnection({ credentials })!;
  return NatsBus.connect({ ...connection, name: `test ${role}`, inboxPrefix: inboxPrefix(role) });
}
