import { randomUUID } from 'node:crypto';
import {
  clusterSubjects,
  decodeFrame,
  type Lease,
  protocolVersion,
  type Qualification,
  type Service,
  type Subject,
  subjectsOf,
  type Task,
  type WorkReply,
} from '@sparring/protocol';
import { faultFrame } from '../../../packages/runtime/dist/bus/frames.js';
import type { Scene } from './scene.ts';
import { framed } from './spoilt.ts';

const absurd = 2 ** 53 - 1;
const ids = ['__proto__', 'constructor', '../../../etc/passwd', '*', '>', '$JS.API.>', 'ω'.repeat(200)];

/** Well-formed messages in the names of others, by those who have credentials: they may cost time, and nothing else. */
export class Mischief {
  sent = 0;
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** Every worker leaves, says somebody else. */
  async sendAway(): Promise<void> {
    const workers = await this.#scene.liveWorkers();
    const { leave } = this.#subjects.membership;
    for (const { workerId } of workers) this.#tell('attacker', leave, { workerId, reason: 'boredom' });
    await this.#heard();
  }

  /** Somebody else asks for the work of every worker. */
  async overtake(): Promise<void> {
    const workers = await this.#scene.liveWorkers();
    const { term } = this.#scene.settings;
    for (const { workerId, role } of workers) {
      const asks = [absurd, ...Array.from({ length: 100 }, (_, number) => number + 1), absurd];
      for (const ask of asks) {
        const question = { workerId, role: role as 'trainer', term, ask };
        this.#ask('trainer', this.#subjects.work.ask, question);
      }
    }
    await this.#heard();
  }

  /** Workers that there are not say that they are alive, and join. */
  async ghosts(number: number): Promise<void> {
    const { beat } = clusterSubjects().membership;
    const { settings } = this.#scene;
    const qualification: Qualification = {
      engine: 'onnx',
      dataChecksum: settings.dataChecksum,
      fingerprint: 'f',
      cpu: 'none',
    };
    for (let each = 0; each < number; each++) {
      const place = {
        workerId: `${ids[each % ids.length]!.slice(0, 190)}${each}`,
        role: 'attacker',
        host: 'nowhere',
        pid: absurd,
      } as const;
      const refused = Object.fromEntries(Array.from({ length: 32 }, (_, reason) => [`${each} ${reason}`, absurd]));
      this.#tell('trainer', beat, { ...place, run: settings.run, refused, hindrances: {} });
      this.#ask('trainer', this.#subjects.membership.join, { ...place, term: settings.term, qualification });
      if (each % 1_000 === 999) await this.#heard();
    }
    await this.#heard();
  }

  /** Runs that nobody wants are submitted; returns their ids. */
  async submit(number: number): Promise<string[]> {
    const { submit } = clusterSubjects().runs;
    const config = 'model: { kind: softmax }\nepochs: 9007199254740991';
    const runs: string[] = [];
    for (let each = 0; each < number; each++) {
      const reply = await this.#scene.busses.client.request(submit, {
        protocolVersion,
        submission: randomUUID(),
        config,
      });
      if (reply.kind === 'accepted') runs.push(reply.run);
    }
    this.sent += number;
    return runs;
  }

  async cancel(runs: readonly string[]): Promise<void> {
    for (const run of runs) await this.#scene.busses.client.request(clusterSubjects().runs.cancel, { run });
    this.sent += runs.length;
  }

  /** For so many questions somebody answers before the coordinator: with noise, leases that nobody could perform, and faults. */
  async answer(number: number): Promise<void> {
    const { ask } = this.#subjects.work;
    const { connection } = this.#scene.busses.coordinator.link;
    let answered = 0;
    for await (const { reply, data } of connection.subscribe(ask.name, { max: number })) {
      const lease = this.#lease(absurdTasks[answered % absurdTasks.length]!);
      const answers = [
        new Uint8Array(0),
        Buffer.from('nonsense'),
        framed(ask.question, { workerId: 'w', role: 'trainer', term: 1, ask: 1 }),
        ...(answered % 10 === 9 ? [faultFrame('no', decodeFrame(data).transfer)] : []),
        ...(answered % 3 === 0 ? [framed(ask.answer, lease)] : []),
        framed(ask.answer, { kind: 'leave' }),
      ];
      for (const bytes of answers) connection.publish(reply!, bytes);
      this.sent += answers.length;
      answered += 1;
    }
  }

  get #subjects() {
    return subjectsOf(this.#scene.settings.run);
  }

  #lease(task: Task): WorkReply {
    const lease: Lease = { leaseId: randomUUID(), term: this.#scene.settings.term, task, durationMs: 500 };
    return { kind: 'lease', lease };
  }

  #tell<Message>(role: 'trainer' | 'attacker', { name, codec }: Subject<Message>, message: Message): void {
    this.#scene.busses[role].link.connection.publish(name, framed(codec, message));
    this.sent += 1;
  }

  #ask<Question, Answer>(role: 'trainer', { name, question }: Service<Question, Answer>, asked: Question): void {
    const reply = `_INBOX_${role}.mischief`;
    this.#scene.busses[role].link.connection.publish(name, framed(question, asked), { reply });
    this.sent += 1;
  }

  /** Resolves when the coordinator has heard all of it. */
  async #heard(): Promise<void> {
    const { trainer, attacker } = this.#scene.busses;
    await Promise.all([trainer.link.connection.flush(), attacker.link.connection.flush()]);
    await this.#scene.cluster.watch.status();
  }
}

const absurdTasks: readonly Task[] = [
  { kind: 'advance', step: 0, numSteps: absurd, replica: absurd },
  { kind: 'pass', part: 'whole', step: absurd, shard: absurd },
  { kind: 'attack', step: absurd, shard: 0, parametersStep: 0 },
  { kind: 'assist', step: absurd, numSteps: absurd },
  { kind: 'probe', split: 'test', attack: '{"kind":"none"}', from: 0, to: absurd, parametersStep: 0 },
];
