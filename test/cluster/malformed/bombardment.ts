import { type ClusterStatus, subjectsOf } from '@sparring/protocol';
import type { BrokerRole } from '@sparring/runtime';
import fc from 'fast-check';
import { Cut } from '../../../packages/runtime/dist/bus/frames.js';
import { Barrage } from './barrage.ts';
import type { Scene } from './scene.ts';
import { framed, spoilt } from './spoilt.ts';
import { type Target, targetsAtClients, targetsAtCoordinator, targetsAtWorkers } from './targets.ts';

type Counts = Record<string, number>;

/** Messages of all kinds, by everybody who has credentials, and what must have been counted of them. */
export class Bombardment {
  sent = 0;
  readonly #scene: Scene;
  #seed: number;

  constructor(scene: Scene, seed: number) {
    this.#scene = scene;
    this.#seed = seed;
  }

  /** As trainer, attacker and client, to the coordinator: returns what it counted, what it should have, and where it failed. */
  async coordinator(numMessages: number): Promise<{ counted: Counts; expected: Counts; faults: string[] }> {
    const before = countsOf(await this.#scene.cluster.watch.status());
    const barrages = await this.#send(numMessages, targetsAtCoordinator(this.#scene));
    const unanswered = () => barrages.reduce((sum, { answers: { due, come } }) => sum + due - come, 0);
    const after = await this.#scene.until('answers to all questions', () => unanswered() <= 0);
    const faults = barrages.flatMap(({ answers }) => answers.faults);
    const [counted, expected] = [difference(countsOf(after), before), sumOf(barrages)];
    // A worker that a slow machine took for dead adds its own to these.
    for (const reason of ['unknown', 'stale']) counted[reason] = Math.min(counted[reason] ?? 0, expected[reason] ?? 0);
    return { counted, expected, faults };
  }

  /** As the coordinator, to the workers: returns what each of them counted, and what it should have. */
  async workers(numMessages: number, names: readonly string[]): Promise<{ counted: Counts[]; expected: Counts }> {
    const refusedBy = (status: ClusterStatus) => names.map((name) => this.#scene.workerOf(name, status)?.refused ?? {});
    const before = refusedBy(await this.#scene.cluster.watch.status());
    const barrages = await this.#send(numMessages, targetsAtWorkers(this.#scene));
    const expected = sumOf(barrages);
    const counted = (status: ClusterStatus) => refusedBy(status).map((refused, of) => difference(refused, before[of]!));
    const isAll = (status: ClusterStatus) => counted(status).every((counts) => total(counts) >= total(expected));
    const after = await this.#scene.until(`${total(expected)} refused messages`, isAll);
    return { counted: counted(after), expected };
  }

  /** As the coordinator, to clients that follow the run: they tell nobody what they make of it. */
  async clients(numMessages: number): Promise<void> {
    await this.#send(numMessages, targetsAtClients(this.#scene));
  }

  /** Beginnings of messages that are as large as may be, and never end. Returns how many of them the coordinator has given up. */
  async unfinished(numMessages: number, givenUp: number): Promise<number> {
    const { settings, cluster } = this.#scene;
    const numGivenUp = ({ refused: { crowded = 0, incomplete = 0 } }: ClusterStatus) => crowded + incomplete;
    const before = numGivenUp(await cluster.watch.status());
    const { pass, advance } = subjectsOf(settings.run).results;
    const values = new Float32Array(settings.maxBodyBytes / 4).fill(1);
    const origin = { workerId: 'w', leaseId: 'l', term: settings.term, computeMs: 1 };
    const gradients = { kind: 'pass', output: { gradients: { values }, loss: { clean: 1, adversarial: 1 } } } as const;
    const state = { kind: 'advance', output: { state: { values }, losses: [] } } as const;
    const messages = [
      pass.question.encode({ ...origin, outcome: gradients }),
      advance.question.encode({ ...origin, outcome: state }),
    ];
    const barrage = new Barrage('trainer', this.#scene.busses.trainer);
    for (let number = 0; number < numMessages; number++) {
      const cut = new Cut(messages[number % 2]!, Math.ceil(settings.maxBodyBytes / 2));
      const subject = [pass, advance][number % 2]!;
      barrage.publish(subject.name, cut.frame(number % cut.numFrames), `${barrage.inbox}.unfinished`);
    }
    await barrage.flush();
    this.sent += numMessages;
    const isEnough = (status: ClusterStatus) => numGivenUp(status) - before >= givenUp;
    return numGivenUp(await this.#scene.until(`${givenUp} messages given up`, isEnough)) - before;
  }

  /** In waves: the next comes when the broker has given the last to whom it was for. */
  async #send(numMessages: number, targets: readonly Target[]): Promise<Barrage[]> {
    const byRole = new Map<BrokerRole, Barrage>();
    const barrageOf = (role: BrokerRole) => {
      const barrage = byRole.get(role) ?? new Barrage(role, this.#scene.busses[role]);
      byRole.set(role, barrage);
      return barrage;
    };
    const numSent = () => [...byRole.values()].reduce((sum, { sent }) => sum + sent, 0);
    while (numSent() < numMessages) {
      const numRuns = Math.ceil(Math.min(wave, numMessages - numSent()) / targets.length);
      for (const target of targets) {
        const real = this.#scene.heard.get(target.name) ?? [];
        const valid = target.valid.map((message) => framed(target.codec, message));
        const sample = fc.sample(spoilt(valid, real), { numRuns, seed: this.#seed++ });
        for (const bytes of sample) barrageOf(target.role).fire(target, bytes);
      }
      await Promise.all([...byRole.values()].map((barrage) => barrage.flush()));
      await this.#scene.cluster.watch.status();
    }
    this.sent += numSent();
    return [...byRole.values()];
  }
}

const wave = 2_000;

function countsOf({ refused, staleResults }: ClusterStatus): Counts {
  return { ...refused, stale: staleResults };
}

function difference(after: Counts, before: Counts): Counts {
  const grown = Object.entries(after).map(([reason, count]) => [reason, count - (before[reason] ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, count]) => count !== 0));
}

function sumOf(barrages: readonly Barrage[]): Counts {
  const sum: Counts = {};
  for (const { counted } of barrages)
    for (const [reason, count] of Object.entries(counted)) sum[reason] = (sum[reason] ?? 0) + count;
  return sum;
}

function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
