import { clusterSubjects, mostSweepBytes, protocolVersion, type SweepReply, type SweepVerb } from '@sparring/protocol';
import { FollowedSweep, type ListedSweep, type SweepRecord, type ToldSweep } from '@sparring/sweep';
import { Client, NoCoordinator } from '../../cluster/client.js';
import type { ConnectionOptions } from '../../cluster/connection.js';
import { UsageError } from '../../commands/usage-error.js';

/** Of ten thousand runs, told all at once. */
const answerMs = 60_000;
const retryMs = 1_000;

/** Talks to a cluster's coordinator about sweeps. */
export class SweepClient {
  readonly #client: Client;

  static async connect(options: ConnectionOptions): Promise<SweepClient> {
    return new SweepClient(await Client.connect(options));
  }

  private constructor(client: Client) {
    this.#client = client;
  }

  /** Where no answer comes it asks again: the same record is the same sweep. @throws SweepRefused; NoCoordinator after `patienceMs` */
  async submit(record: SweepRecord, patienceMs = 30_000): Promise<void> {
    const question = { protocolVersion, record: new TextEncoder().encode(JSON.stringify(record)) };
    if (question.record.length > mostSweepBytes)
      throw new UsageError(
        `the sweep's record has ${question.record.length} bytes; takes ${mostSweepBytes} at most over NATS`,
      );
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      try {
        const { sweeps } = clusterSubjects();
        return accepted(
          await this.#client.ask((bus, limits) => bus.request(sweeps.submit, question, limits), answerMs),
        );
      } catch (error) {
        if (!(error instanceof NoCoordinator) || performance.now() >= giveUpAt) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }

  list(): Promise<ListedSweep[]> {
    const { sweeps } = clusterSubjects();
    return this.#read((bus, limits) => bus.request(sweeps.list, { protocolVersion }, limits));
  }

  /** What has changed of a sweep since a revision; null where there is none, or several begin so. */
  show(sweep: string, after: number): Promise<ToldSweep | null> {
    const { sweeps } = clusterSubjects();
    return this.#read((bus, limits) => bus.request(sweeps.show, { sweep, after }, limits));
  }

  /** All of the sweep that is named so, or the only one that begins so. @throws when there is none, or more than one */
  async find(beginning: string): Promise<FollowedSweep> {
    const told = await this.show(beginning, 0);
    if (told) return new FollowedSweep(told);
    const ids = (await this.list()).map(({ sweep }) => sweep);
    const begun = ids.filter((id) => id.startsWith(beginning));
    if (begun.length > 1) throw new Error(`${beginning}: several sweeps of this cluster begin so: ${begun.join(', ')}`);
    const hint = ids.length === 0 ? 'it has none' : `it has ${ids.slice(-5).join(', ')}`;
    throw new Error(`${beginning}: no such sweep in this cluster; ${hint}`);
  }

  /** @throws SweepRefused */
  async change(sweep: string, verb: SweepVerb): Promise<void> {
    const { sweeps } = clusterSubjects();
    accepted(await this.#client.ask((bus, limits) => bus.request(sweeps.change, { sweep, verb }, limits), answerMs));
  }

  /** What is kept of a finished run's folder; empty where there is nothing. */
  async files(identity: string): Promise<Uint8Array> {
    const { sweeps } = clusterSubjects();
    const { bytes } = await this.#client.ask(
      (bus, limits) => bus.request(sweeps.files, { run: identity }, { ...limits, maxBodyBytes: mostSweepBytes }),
      answerMs,
    );
    return bytes;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #read<Answer>(question: Parameters<Client['ask']>[0]): Promise<Answer> {
    const { bytes } = (await this.#client.ask(
      (bus, limits) => question(bus, { ...limits, maxBodyBytes: mostSweepBytes } as typeof limits),
      answerMs,
    )) as { bytes: Uint8Array };
    return JSON.parse(new TextDecoder().decode(bytes)) as Answer;
  }
}

/** A cluster does not do what is asked for, and says why. */
export class SweepRefused extends Error {
  override readonly name = 'SweepRefused';
}

function accepted(reply: SweepReply): void {
  if (reply.kind === 'refused') throw new SweepRefused(`the cluster refuses: ${reply.reason}`);
}
