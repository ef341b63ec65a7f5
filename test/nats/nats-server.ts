import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNatsServer, howToGetNatsServer, type StartedBroker, startBroker } from '@sparring/runtime';

/** A real nats-server with JetStream, on a port and a store of its own that outlast it. */
export class NatsServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'sparring-nats-'));
  readonly #config: string;
  readonly #store: string;
  #broker: StartedBroker | undefined;
  #url = '127.0.0.1:-1';

  /** Takes what else its configuration says, `max_payload: 64KB` for one, and what its store's, such as `max_file_store: 4MB`. */
  static async start(config = '', store = ''): Promise<NatsServer> {
    const server = new NatsServer(config, store);
    started.push(server);
    await server.restart();
    return server;
  }

  private constructor(config: string, store: string) {
    this.#config = config;
    this.#store = store;
  }

  get url(): string {
    return this.#url;
  }

  get pid(): number {
    return this.#broker!.process.pid!;
  }

  /** Starts it where it was; resolves when it takes connections. */
  async restart(): Promise<void> {
    await this.stop();
    const store = `store_dir: ${JSON.stringify(join(this.#folder, 'store'))}, ${this.#store}`;
    const listen = `listen: ${JSON.stringify(this.#url.replace('nats://', ''))}`;
    const file = join(this.#folder, 'nats-server.conf');
    writeFileSync(file, `${listen}\njetstream { ${store} }\n${this.#config}\n`);
    this.#broker = await startBroker(file);
    this.#url = this.#broker.url;
  }

  /** Ends it in its own way, and waits until it is gone. */
  async stop(): Promise<void> {
    await this.#broker?.stop();
  }

  /** As a machine that loses its power would. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.stop();
  }

  /** SIGSTOP leaves its connections open, and silent. */
  signal(signal: NodeJS.Signals): void {
    this.#broker?.process.kill(signal);
  }

  async remove(): Promise<void> {
    this.signal('SIGCONT');
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const started: NatsServer[] = [];
afterAll(() => Promise.all(started.map((server) => server.remove())));

/**
 * `describe`, for tests that need nats-server. Where there is none they are reported as not run; in continuous integration they are
 * run, and fail.
 */
export function describeWithNats(name: string, tests: () => void): void {
  if (findNatsServer() !== null || process.env.CI === 'true') describe(name, tests);
  else describe.skip(`${name} (not run: needs nats-server; to get it: ${howToGetNatsServer})`, tests);
}
