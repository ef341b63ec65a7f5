import type { TrainingEvent } from '@sparring/coordinator';
import {
  type ClusterStatus,
  type CoordinatorBeat,
  clusterSubjects,
  protocolVersion,
  subjectsOf,
} from '@sparring/protocol';
import { type BrokerRole, inboxPrefix, NatsBus, NoResponders, resolveConnection } from '@sparring/runtime';
import { Chronicle } from './chronicle.ts';
import { eventually } from './eventually.ts';

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

  /** Asked again where nobody answers: a coordinator beats a little before it can be asked. */
  async status(): Promise<ClusterStatus> {
    const { status } = clusterSubjects().coordinator;
    const ask = () =>
      this.bus.request(status, { protocolVersion }, { timeoutMs: 60_000 }).catch((error: Error) => {
        if (error instanceof NoResponders) return null;
        throw error;
      });
    return (await eventually(ask, (answer) => answer !== null))!;
  }

  close(): Promise<void> {
    return this.bus.close();
  }
}

export function connectAs(role: BrokerRole, credentials: string): Promise<NatsBus> {
  const connection = resolveConnection({ credentials })!;
  return NatsBus.connect({ ...connection, name: `test ${role}`, inboxPrefix: inboxPrefix(role) });
}
