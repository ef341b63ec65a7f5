import { setTimeout as delay } from 'node:timers/promises';
import {
  type Logger,
  type ModelPlaces,
  type NatsBus,
  NatsStore,
  type Pastime,
  type Pulled,
  sweepsBucket,
  ThreadShelf,
  WorkQueue,
} from '@sparring/runtime';
import { bytesOf, HeldRun, SweepStore } from '@sparring/sweep';
import { logBusEvents } from '../../cluster/connection.js';
import { untilAborted } from '../../train/until-aborted.js';
import { SharedData } from '../shared-data.js';
import { computeHeld } from './computed-run.js';
import { concludeHeld } from './conclude-held.js';
import { Fitness } from './fitness.js';
import { Hindrances } from './hindrances.js';
import { PulledSweeps } from './pulled-sweeps.js';
import { Scratch } from './scratch.js';
import { Solitude } from './solitude.js';
import { whileWorking } from './while-working.js';

export interface SweepHandsOptions {
  readonly bus: NatsBus;
  readonly models: ModelPlaces;
  readonly log: Logger;
}

/** For a run that the queue hands out next; nobody waits for an answer. */
const pullMs = 5_000;
/** Before a run comes again: that another is at; that cannot be computed here. */
const backAfterMs = { elsewhere: 3_000, unfit: 20_000 };
/** After a fault that is none of a run. */
const retryMs = 1_000;
/** Who cannot compute what waits lets others pull it. */
const unfitPauseMs = 5_000;
/** After so many deaths a run is computed alone in its process. */
const suspectDeaths = 3;
/** For a last checkpoint and word to the store, when the process is to end. */
const lastWordsMs = 8_000;

/** What the trainers of a process have to compute runs of sweeps: they pull them from the queue themselves. */
export class SweepHands {
  readonly #bus: NatsBus;
  readonly #log: Logger;
  readonly #queue: WorkQueue;
  readonly #store: Promise<SweepStore>;
  readonly #data = new SharedData();
  readonly #shelf = new ThreadShelf();
  readonly #fitness: Fitness;
  readonly #solitude = new Solitude();
  readonly #ended = new AbortController();
  readonly #sweeps = new PulledSweeps();
  readonly #hindrances: Hindrances;
  readonly #scratch = new Scratch();

  constructor({ bus, models, log }: SweepHandsOptions) {
    this.#bus = bus;
    this.#log = log;
    const { signal } = this.#ended;
    this.#queue = new WorkQueue(bus, { make: false, signal });
    this.#store = NatsStore.open(bus, { bucket: sweepsBucket, make: false, signal, onEvent: logBusEvents(log) }).then(
      (store) => new SweepStore(store, bus),
    );
    this.#store.catch(() => {});
    this.#fitness = new Fitness(models, this.#data);
    this.#hindrances = new Hindrances(log);
  }

  /** What keeps its trainers from runs: by sweep. */
  get hindrances(): Readonly<Record<string, string>> {
    return this.#hindrances.all;
  }

  /** Of one trainer: one run after the other, until the signal is aborted; then the one that is under way is given back. */
  readonly work: Pastime = async (signal, tell) => {
    while (!signal.aborted) {
      const leave = await this.#solitude.enter(signal);
      const own = AbortSignal.any([signal, this.#solitude.asked]);
      try {
        const pulled = await this.#pull(own);
        if (pulled) await whileWorking(pulled, (run) => this.#attend(run, { signal, own, leave, tell }));
      } catch (error) {
        if (this.#ended.signal.aborted) return;
        this.#log.error({ error }, 'a run of a sweep could not be attended to');
        await pause(retryMs, own);
      } finally {
        leave();
      }
    }
  };

  /** What is under way has been given back by now; the store is waited for only so long. */
  async close(): Promise<void> {
    this.#ended.abort();
    await this.#shelf.close();
    await this.#scratch.remove();
  }

  /** Before `close`: for what is under way there is not much time left. */
  hurry(): void {
    setTimeout(() => this.#ended.abort(), lastWordsMs).unref();
  }

  /** null where none came. One that comes when nobody waits for it any more is given back. */
  async #pull(signal: AbortSignal): Promise<Pulled | null> {
    const next = this.#queue.next(pullMs);
    const first = await untilAborted(signal, next).catch((error) => {
      if (!signal.aborted) throw error;
      return 'over' as const;
    });
    if (first !== 'over') return first;
    next.then((late) => late?.giveBack()).catch(() => {});
    return null;
  }

  async #attend(pulled: Pulled, { signal, own, leave, tell }: Attending): Promise<void> {
    const store = await this.#store;
    const sweep = await this.#sweeps.of(store, pulled);
    const run = sweep?.runs[pulled.number];
    // Whoever has it go on lays it out again.
    if (!sweep || run?.identity !== pulled.identity) return pulled.takeOut();
    const configuration = sweep.record.configurations[run.configuration]!;
    const bytes = bytesOf(configuration);
    const fault = (await this.#fitness.fault(sweep.record, run.configuration)) ?? (await this.#scratch.fault(bytes));
    if (fault !== null) {
      this.#hindrances.tell(pulled.sweep, 'unfit', fault);
      pulled.giveBack(backAfterMs.unfit);
      return pause(unfitPauseMs, own);
    }
    this.#hindrances.pass(pulled.sweep, 'unfit');
    const broker = this.#bus.link.connection.info?.server_id ?? '';
    const claiming = await HeldRun.claim({ store, record: sweep.record, run, broker, stops: pulled.stops });
    const facts = {
      sweep: pulled.sweep,
      seed: run.seed,
      configuration: configuration.label,
    };
    switch (claiming.kind) {
      case 'settled':
        return pulled.takeOut();
      case 'elsewhere':
        return pulled.giveBack(backAfterMs.elsewhere);
      case 'failed':
        this.#log.error({ ...facts, error: claiming.error }, 'the run has failed');
        return pulled.takeOut();
    }
    const { held } = claiming;
    this.#log.info({ ...facts, step: held.step }, held.step > 0 ? 'going on with a run' : 'a run begins');
    tell(`${pulled.sweep}/${run.number}`);
    const place = await this.#scratch.place(bytes);
    // Alone it need be only until it has come further than those that died.
    const isSuspect = held.deaths >= suspectDeaths;
    const back = isSuspect ? await this.#beAlone(leave) : leave;
    const onRoom = (hasRoom: boolean) => {
      if (hasRoom) this.#hindrances.pass(pulled.sweep, 'full');
      else this.#hindrances.tell(pulled.sweep, 'full', "the broker's store is full");
    };
    try {
      const ends = isSuspect ? { onProgress: back, leave: signal } : { onProgress: () => {}, leave: own };
      const common = { store, run, held, onRoom, ...ends };
      const means = { data: this.#data, shelf: this.#shelf, scratch: place.path };
      const computed = await computeHeld({ ...common, ...sweep, ...means });
      const isAble = await concludeHeld(computed, { ...common, pulled, log: this.#log.child(facts) });
      if (isAble) return;
      if (computed.kind === 'threw') this.#hindrances.tell(pulled.sweep, 'unfit', computed.error.message);
      await pause(unfitPauseMs, signal);
    } finally {
      tell('');
      back();
      await place.leave();
    }
  }

  /** Resolves when all others in this process have given their runs back. */
  #beAlone(leave: () => void): Promise<() => void> {
    leave();
    return this.#solitude.enterAlone();
  }
}

interface Attending {
  /** Aborted when this trainer is to do something else. */
  readonly signal: AbortSignal;
  /** Aborted then too, and when another run is to be alone. */
  readonly own: AbortSignal;
  /** Called when this run is not under way any more. */
  readonly leave: () => void;
  readonly tell: (work: string) => void;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}
