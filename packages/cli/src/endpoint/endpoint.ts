import { createRequire } from 'node:module';
import { HttpServer } from '@sparring/runtime';
import { answerMetrics, type Place, ProcessMetrics, type Readiness } from '@sparring/runtime/metrics';
import { type EndpointOptions, endpointSettings } from './endpoint-settings.js';
import { writeTarget } from './target-file.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** A process's metrics, and the port where it tells them and whether it lives. */
export class Endpoint {
  readonly metrics: ProcessMetrics;
  /** null where it is switched off, or nobody can listen; more may be mounted on it. */
  readonly server: HttpServer | null;
  /** Whether the process can do its work, as told by `/readyz`. */
  readiness: () => Readiness = () => ({ ready: false, state: 'starting' });
  #withdrawTarget = async () => {};

  private constructor(metrics: ProcessMetrics, server: HttpServer | null) {
    this.metrics = metrics;
    this.server = server;
    server?.mount(answerMetrics(metrics, () => this.readiness()));
  }

  /**
   * Listens where the options and the environment say: on loopback at the next free port if that one is taken, elsewhere at exactly that
   * one, since others look for it there.
   * @param tell Told, in words, what went wrong: where nobody asked for it, that nobody can listen is no reason not to work.
   * @throws ConfigError; Error when nobody can listen where it was asked for
   */
  static async open(place: Place, options: EndpointOptions, tell: (words: string) => void): Promise<Endpoint> {
    const settings = endpointSettings(options, process.env);
    if (settings === null) return Endpoint.#closed(place);
    const { host, port, asked } = settings;
    const onLoopback = host === 'localhost' || host === '::1' || host.startsWith('127.');
    const onFault = (error: Error) => tell(`an answer over HTTP failed: ${error.message}`);
    try {
      const server = await HttpServer.open({ host, port, strict: !onLoopback, onFault });
      if (asked && port !== 0 && server.port !== port) tell(`port ${port} is taken: ${server.port} is used instead`);
      return await Endpoint.on(server, place);
    } catch (error) {
      if (asked) throw error;
      tell(`no metrics: ${(error as Error).message}`);
      return Endpoint.#closed(place);
    }
  }

  /** On a server that is there whatever the environment says of metrics; it is closed with the endpoint. */
  static async on(server: HttpServer, place: Place): Promise<Endpoint> {
    const metrics = new ProcessMetrics(place, version);
    const endpoint = new Endpoint(metrics, server);
    metrics.watchProcess();
    endpoint.#withdrawTarget = await writeTarget(place, server.url, process.env);
    return endpoint;
  }

  static #closed(place: Place): Endpoint {
    return new Endpoint(new ProcessMetrics(place, version), null);
  }

  /** Of its metrics; null where there is none. */
  get url(): string | null {
    return this.server && `${this.server.url}/metrics`;
  }

  async close(): Promise<void> {
    await this.#withdrawTarget();
    await this.server?.close();
  }
}
