import { rm } from 'node:fs/promises';
import { join } from 'node:path';
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
import { expand, HeldRun, type SweepRecord, type SweepRun, SweepStore } from '@sparring/sweep';
import { untilAborted } from '../../train/until-aborted.js';
import { SharedData } from '../shared-data.js';
import { computeHeld } from './computed-run.js';
import { concludeHeld } from './conclude-held.js';
import { Fitness } from './fitness.js';
import { ScratchFolder } from './scratch-folder.js';
import { Solitude } from './solitude.js';

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
  /** By the record's object: what is computed follows from it, and it does not change. */
  readonly #sweeps = new Map<string, { readonly record: SweepRecord; readonly runs: readonly SweepRun[] }>();
  readonly #complaints = new Set<string>();
  #scratch: Promise<ScratchFolder> | undefined;
  #serial = 0;

  constructor({ bus, models, log }: SweepHandsOptions) {
    this.#bus = bus;
    this.#log = log;
    const { signal } = this.#ended;
    this.#queue = new WorkQueue(bus, { make: false, signal });
    this.#store = NatsStore.open(bus, { bucket: sweepsBucket, make: false, signal }).then(
      (store) => new SweepStore(store),
    );
    this.#store.catch(() => {});
    this.#fitness = new Fitness(models, this.#data);
  }

  /** Of one trainer: one run after the other, until the signal is aborted; then the one that is under way is given back. */
  readonly work: Pastime = async (signal, tell) => {
    while (!signal.aborted) {
      const leave = await this.#solitude.enter(signal);
      const own = AbortSignal.any([signal, this.#solitude.asked]);
      try {
        const pulled = await this.#pull(own);
        if (pulled) await this.#attend(pulled, { signal, own, leave, tell });
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
    await (await this.#scratch)?.remove();
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
    const sweep = await this.#sweepOf(store, pulled.sweep);
    const run = sweep?.runs[pulled.number];
    // Whoever has it go on lays it out again.
    if (!sweep || run?.identity !== pulled.identity) return pulled.takeOut();
    const fault = await this.#fitness.fault(sweep.record, run.configuration);
    if (fault !== null) {
      this.#complain(pulled.sweep, fault);
      pulled.giveBack(backAfterMs.unfit);
      return pause(unfitPauseMs, own);
    }
    const broker = this.#bus.link.connection.info?.server_id ?? '';
    const claiming = await HeldRun.claim({ store, record: sweep.record, run, broker });
    const facts = {
      sweep: pulled.sweep,
      seed: run.seed,
      configuration: sweep.record.configurations[run.configuration]!.label,
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
    this.#scratch ??= ScratchFolder.make();
    // Alone it need be only until it has come further than those that died.
    const isSuspect = held.deaths >= suspectDeaths;
    const back = isSuspect ? await this.#beAlone(pulled, leave) : leave;
    const scratch = join((await this.#scratch).path, String(this.#serial++));
    try {
      const computed = await computeHeld({
        ...{ store, ...sweep, run, held, pulled, data: this.#data, shelf: this.#shelf, scratch },
        ...(isSuspect ? { onProgress: back, leave: signal } : { onProgress: () => {}, leave: own }),
      });
      const isAble = await concludeHeld(computed, { store, run, held, pulled, log: this.#log.child(facts) });
      if (!isAble) await pause(unfitPauseMs, signal);
    } finally {
      tell('');
      back();
      await rm(scratch, { recursive: true, force: true });
    }
  }

  /** Resolves when all others in this process have given their runs back. */
  async #beAlone(pulled: Pulled, leave: () => void): Promise<() => void> {
    leave();
    const timer = setInterval(() => pulled.working(), 1_000);
    try {
      return await this.#solitude.enterAlone();
    } finally {
      clearInterval(timer);
    }
  }

  /** null where there is no such sweep, or it is not to be computed. */
  async #sweepOf(store: SweepStore, id: string) {
    const header = (await store.header(id))?.value;
    if (header?.wish !== 'run') return null;
    const known = this.#sweeps.get(header.record);
    if (known) return known;
    const record = await store.record(header);
    if (!record) return null;
    const sweep = { record, runs: expand(record) };
    this.#sweeps.set(header.record, sweep);
    return sweep;
  }

  #complain(sweep: string, reason: string): void {
    if (this.#complaints.has(`${sweep} ${reason}`)) return;
    this.#complaints.add(`${sweep} ${reason}`);
    this.#log.error({ sweep, reason }, 'cannot compute the runs of this sweep: they are left to others');
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
