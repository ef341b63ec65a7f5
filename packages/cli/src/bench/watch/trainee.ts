import { availableParallelism } from 'node:os';
import { Dashboard, LiveRun, LiveRuns } from '@sparring/dashboard';
import { type DataSet, loadDataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import { type Checkpoint, type RunConfig, ThreadShelf } from '@sparring/runtime';
import { Endpoint } from '../../endpoint/endpoint.js';
import { type Observed, observe } from '../../endpoint/observed.js';
import { hostTraining, planWorkers } from '../../host/index.js';
import { tellPage } from '../../page/tell-page.js';
import { endless } from '../endless.js';
import type { Arrangement } from './arrangement.js';
import { cpuMs, type Spent } from './spent.js';
import type { Turn } from './turns.js';

export interface TraineeRequest {
  readonly config: RunConfig;
  readonly engine: EngineName;
  readonly arrangement: Arrangement;
}

/** How far a training had come at a moment, and what its process had taken. */
interface Mark {
  readonly step: number;
  readonly at: number;
  readonly cpuMs: number;
}

const run = 'bench';

/** A run as `sparring train` hosts it, with as much to be seen of it as is asked for. It goes on from turn to turn, with warm threads. */
export class Trainee {
  readonly #request: TraineeRequest;
  readonly #dataSet: DataSet;
  readonly #shelf = new ThreadShelf();
  readonly #endpoint: Endpoint;
  readonly #observed: Observed | null;
  readonly #live: LiveRun | null;
  #net: Checkpoint | null = null;
  #rest = markOf(0);

  static async open(request: TraineeRequest): Promise<Trainee> {
    const { metrics } = request.arrangement;
    const endpoint = await Endpoint.open('train', { metricsPort: metrics ? '0' : 'off' }, () => {});
    return new Trainee(
      { ...request, config: endless(request.config) },
      await loadDataSet(request.config.data),
      endpoint,
    );
  }

  private constructor(request: TraineeRequest, dataSet: DataSet, endpoint: Endpoint) {
    const { config, arrangement } = request;
    this.#request = request;
    this.#dataSet = dataSet;
    this.#endpoint = endpoint;
    this.#observed = arrangement.metrics ? observe(endpoint.metrics) : null;
    this.#live = arrangement.page ? new LiveRun({ id: run, config, dataSet, reopen: '', folderOf: () => null }) : null;
    if (this.#live) {
      endpoint.server!.mount(new Dashboard({ runs: new LiveRuns(this.#live), invocation: 'sparring' }).handle);
      this.#live.begin('net');
    }
  }

  /** Of its port; null where there is nothing to see. */
  get url(): string | null {
    return this.#endpoint.server?.url ?? null;
  }

  /**
   * Trains for so long, and a little more: from a report of progress to a later one. A step has just ended at each, so that no compute
   * thread is at work. What comes before is not counted: threads stay warm from turn to turn, but a new coordinator compiles its session, and
   * computes norms at the first scrape that it would otherwise compute every few seconds.
   */
  async turn(ms: number): Promise<TrainedTurn> {
    const rest = between(this.#rest, markOf(0));
    const { config, engine, arrangement } = this.#request;
    const { scrapeEveryMs } = arrangement;
    const live = this.#live;
    const plan = planWorkers(config, availableParallelism(), engine);
    const enough = new AbortController();
    let isSettled = false;
    let first: Mark | undefined;
    let last: Mark | undefined;
    const metrics = this.#observed?.training.begin({ run, net: 'net', name: config.name, engine });
    const training = await hostTraining({
      ...{ runId: run, config, engine, plan, dataSet: this.#dataSet, shelf: this.#shelf, resume: this.#net },
      checkpoints: { save: async () => {}, load: async () => this.#net! },
      signal: enough.signal,
      ...(this.#observed && metrics ? { observed: { ...this.#observed, run: metrics } } : {}),
      onOpen: (coordinator) => live?.attend(coordinator),
      onEvent: (event) => {
        if (live) tellPage(live, 'net', event);
        if (event.kind !== 'progress' || last) return;
        if (!isSettled) {
          isSettled = true;
          if (scrapeEveryMs !== null) void this.#endpoint.metrics.text();
        } else if (!first) first = markOf(event.step);
        else if (performance.now() - first.at >= ms) {
          last = markOf(event.step);
          enough.abort();
        }
      },
    });
    try {
      this.#net = (await training.train()).net;
    } finally {
      live?.leave('net', false);
      await training.close();
      metrics?.end();
    }
    this.#rest = markOf(0);
    const examples = (last!.step - first!.step) * config.batch * config.replicas;
    return { examples, ...between(first!, last!), rest };
  }
}

/** A turn, as far as its process can tell. */
export type TrainedTurn = Omit<Turn, 'onlookers'>;

function markOf(step: number): Mark {
  return { step, at: performance.now(), cpuMs: cpuMs() };
}

function between(from: Mark, to: Mark): Spent {
  return { ms: to.at - from.at, cpuMs: to.cpuMs - from.cpuMs };
}
