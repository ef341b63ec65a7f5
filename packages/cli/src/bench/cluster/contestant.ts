import { Coordinator, type TrainingEvent } from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import type { Qualification, RunSettings } from '@sparring/protocol';
import type { Checkpoint, RunConfig } from '@sparring/runtime';
import { qualificationHere } from '@sparring/trainer-worker';
import { endless } from '../endless.js';
import { type Mark, type Measurement, measure } from './measurement.js';
import type { Team } from './team.js';
import type { Trouble } from './trouble.js';

export interface ContestantParts {
  readonly team: Team;
  readonly config: RunConfig;
  readonly engine: EngineName;
  readonly dataSet: DataSet;
  readonly trouble: Trouble;
}

const run = 'bench';
/** To start a process, load the data, compile the steps and compute two of them. */
const joiningMs = 120_000;

/** A run and the workers that it is measured with. It goes on from turn to turn, with whoever computes it warm. */
export class Contestant {
  readonly #parts: ContestantParts;
  #qualification: Promise<Qualification> | undefined;
  #net: Checkpoint | null = null;

  constructor(parts: ContestantParts) {
    this.#parts = { ...parts, config: endless(parts.config) };
  }

  /**
   * Trains for so long, and a little more: from one report of progress to a later one. What comes before the first is not counted,
   * since with it goes the compilation, and all that the workers must fetch anew.
   */
  async turn(ms: number): Promise<Measurement> {
    const { team, trouble, config, engine, dataSet } = this.#parts;
    const enough = new AbortController();
    const marks: { readonly at: number; readonly mark: Promise<Mark> }[] = [];
    let closing = false;
    let onJoined = () => {};
    const onEvent = (event: TrainingEvent) => {
      if (event.kind === 'joined') onJoined();
      else if (event.kind === 'refused' || (event.kind === 'left' && !closing)) {
        trouble.report(new Error(`${event.workerId} does not take part any more: ${event.reason}`));
      } else if (event.kind === 'progress') {
        marks.push({ at: performance.now(), mark: markOf(event.step, coordinator, team) });
        if (marks.length > 1 && marks.at(-1)!.at - marks[0]!.at >= ms) enough.abort();
      }
    };
    const coordinator = await Coordinator.open({
      ...{ run, config, engine, dataSet, bus: team.bus, term: team.announcer.newTerm(), resume: this.#net, onEvent },
      qualify: team.qualifies ? (settings) => this.#qualify(settings) : null,
      checkpoints: { save: async () => {}, load: async () => this.#net! },
      signal: enough.signal,
    });
    try {
      const joined = new Promise<void>((resolve) => {
        onJoined = () => void (isComplete(coordinator, team) && resolve());
      });
      team.announcer.announce(run);
      await trouble.unless(within(joiningMs, joined));
      const { net } = await trouble.unless(coordinator.train());
      this.#net = net;
    } finally {
      closing = true;
      team.announcer.announce('');
      await coordinator.close().catch(() => {}); // no figure depends on it
    }
    const { trainers, attackers } = team;
    const examplesPerStep = config.batch * config.replicas;
    const [first, last] = await trouble.unless(Promise.all([marks[0]!.mark, marks.at(-1)!.mark]));
    return measure(first, last, { numWorkers: trainers + attackers, examplesPerStep });
  }

  #qualify(settings: RunSettings): Promise<Qualification> {
    this.#qualification ??= qualificationHere(settings, async () => this.#parts.dataSet);
    return this.#qualification;
  }
}

async function markOf(step: number, { ledger, updateMs }: Coordinator, team: Team): Promise<Mark> {
  const computeMs = ledger.stepsMs('trainer') + ledger.stepsMs('attacker');
  const mark = { at: performance.now(), step, computeMs, wireMs: ledger.wireMs, updateMs };
  return { ...mark, bytes: await team.bytes() };
}

function isComplete({ membership }: Coordinator, { trainers, attackers }: Team): boolean {
  return membership.count('trainer') === trainers && membership.count('attacker') === attackers;
}

async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the workers did not join the run within ${ms / 1_000} s`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
