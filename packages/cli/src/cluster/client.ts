import { clusterSubjects, protocolVersion, type RunInfo, type ShowReply } from '@sparring/protocol';
import { type NatsBus, NoResponders, RequestTimeout } from '@sparring/runtime';
import { invocation } from '../presentation/invocation.js';
import { type ConnectionOptions, connect } from './connection.js';

const answerMs = 10_000;

/** Talks to a cluster for whoever submits runs and follows them. */
export class Client {
  readonly bus: NatsBus;

  private constructor(bus: NatsBus) {
    this.bus = bus;
  }

  /** @throws when there is no broker */
  static async connect(
    options: ConnectionOptions,
    waiting: { readonly waitForServer: boolean; readonly signal?: AbortSignal } = { waitForServer: false },
  ): Promise<Client> {
    return new Client(await connect({ ...options, ...waiting, role: 'client', onEvent: () => {} }));
  }

  /** Asks the coordinator. @throws NoCoordinator */
  async ask<Answer>(
    question: (bus: NatsBus, options: { timeoutMs: number }) => Promise<Answer>,
    timeoutMs = answerMs,
  ): Promise<Answer> {
    try {
      return await question(this.bus, { timeoutMs });
    } catch (error) {
      if (error instanceof NoResponders || error instanceof RequestTimeout) throw new NoCoordinator();
      throw error;
    }
  }

  async runs(): Promise<readonly RunInfo[]> {
    const { runs } = clusterSubjects();
    return (await this.ask((bus, options) => bus.request(runs.list, { protocolVersion }, options))).runs;
  }

  show(run: string): Promise<ShowReply> {
    const { runs } = clusterSubjects();
    return this.ask((bus, options) => bus.request(runs.show, { run }, options));
  }

  /** The run whose id is this, or begins so. @throws when there is none, or more than one */
  async find(beginning: string): Promise<RunInfo> {
    const runs = await this.runs();
    const exact = runs.find(({ run }) => run === beginning);
    const found = runs.filter(({ run }) => run.startsWith(beginning));
    if (exact) return exact;
    if (found.length === 1) return found[0]!;
    const shown = (found.length > 0 ? found : runs).slice(-5).map(({ run }) => `\n  ${run}`);
    const newest = shown.length === 0 ? ' It has none.' : ` Its newest:${shown.join('')}`;
    if (found.length === 0) throw new Error(`no run of this cluster begins with "${beginning}".${newest}`);
    throw new Error(`${found.length} runs of this cluster begin with "${beginning}":${shown.join('')}`);
  }

  close(): Promise<void> {
    return this.bus.close();
  }
}

/** Nobody coordinates at the moment. */
export class NoCoordinator extends Error {
  override readonly name = 'NoCoordinator';

  constructor() {
    const start = ['coordinator', 'up'].map((command) => `${invocation()} ${command}`).join(', or ');
    super(`the broker is there, but no coordinator answers. Start one: ${start}`);
  }
}
