import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNatsServer } from '@sparring/runtime';
import { parse, stringify } from 'yaml';
import { writeCertificate } from '../../packages/runtime/test/certificate.ts';
import { overlaid, parseEnv, readServices, type Service } from './compose-file.ts';
import { readImage } from './image.ts';
import { Process } from './process.ts';
import { findPrometheus } from './programs.ts';
import { quietPort } from './quiet-port.ts';
import { deployed, readDeployed, root } from './repository.ts';

/** A container's stand-in. */
export interface Replica {
  readonly service: string;
  /** Where it tells its metrics. */
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The cluster of compose.yaml as processes of this machine: each service's own command, environment, configuration and health check. Only
 * addresses and paths are others, since there are no containers whose own they could be.
 */
export class ComposeCluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'sparring-deploy-'));
  readonly replicas: Replica[] = [];
  readonly #processes: Process[] = [];
  readonly #services: Record<string, Service>;
  /** What stands in compose.yaml and its configurations, and what it is here. */
  readonly #here: (readonly [there: string, here: string])[];
  readonly prometheus: string;

  /**
   * Writes passwords by the command that README.md names, and starts every service, as often as `scale` says, in the order of their
   * waiting. With `encrypted`, compose.tls.yaml is taken too, and Prometheus is left out.
   */
  static async start(scale: Readonly<Record<string, number>>, { encrypted = false } = {}): Promise<ComposeCluster> {
    const cluster = new ComposeCluster(await quietPort(), await quietPort(), await quietPort(), encrypted);
    await cluster.#run('nats', cluster.#broker());
    for (const [service, times] of Object.entries(scale)) {
      for (let i = 0; i < times; i++) await cluster.#add(service);
    }
    for (const { service, port } of cluster.replicas) {
      await cluster.#healthy(service, { SPARRING_METRICS_PORT: String(port) });
    }
    if (!encrypted) await cluster.#run('prometheus', cluster.#prometheus());
    return cluster;
  }

  private constructor(nats: number, monitor: number, prometheus: number, encrypted: boolean) {
    const compose = this.#in('compose');
    cpSync(deployed('compose.yaml'), join(compose, 'compose.yaml'));
    // For which the certificate is.
    const variables = { ...writtenPasswords(compose), SPARRING_BROKER_NAME: '127.0.0.1' };
    const plain = readServices(variables);
    this.#services = encrypted ? overlaid(plain, readServices(variables, 'compose.tls.yaml')) : plain;
    if (encrypted) cpSync(writeCertificate(this.#in('tls')).certFile, join(this.#in('tls'), 'ca.pem'));
    this.prometheus = `http://127.0.0.1:${prometheus}`;
    this.#here = [
      ['//nats:4222', `//127.0.0.1:${nats}`],
      ['//127.0.0.1:4222', `//127.0.0.1:${nats}`],
      ['0.0.0.0:4222', `127.0.0.1:${nats}`],
      ['127.0.0.1:8222', `127.0.0.1:${monitor}`],
      ['0.0.0.0:9090', `127.0.0.1:${prometheus}`],
      ['127.0.0.1:9090', `127.0.0.1:${prometheus}`],
      ['localhost:9090', `127.0.0.1:${prometheus}`],
      ['/app/', `${root}/`],
      ['/etc/nats/', `${this.#in('nats')}/`],
      ['/tls/', `${this.#in('tls')}/`],
      ['"/data"', JSON.stringify(this.#in('store'))],
      ['/etc/prometheus/', `${this.#in('etc-prometheus')}/`],
      ['=/prometheus', `=${this.#in('metrics')}`],
    ];
  }

  /** What the service `client` does when it is run with these words. */
  client(...words: string[]): Process {
    return this.#process('client', [...readImage('sparring').entrypoint, ...words], { SPARRING_METRICS_PORT: 'off' });
  }

  /** What the service `sweep` does with these words. Prometheus finds it while it is there, as by its name. */
  sweep(...words: string[]): Process {
    const metrics = {
      SPARRING_METRICS_HOST: '127.0.0.1',
      SPARRING_METRICS_PORT: '0',
      SPARRING_METRICS_TARGET: this.#sweepTarget,
    };
    return this.#process('sweep', [...readImage('sparring').entrypoint, ...words], metrics);
  }

  /** Where /data and the client's /work are. */
  folderOf(name: 'data' | 'work'): string {
    return this.#in(name);
  }

  /** When its processes have ended. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #add(service: string): Promise<void> {
    const port = await quietPort();
    const metrics = { SPARRING_METRICS_HOST: '127.0.0.1', SPARRING_METRICS_PORT: String(port) };
    const { entrypoint } = readImage(this.#services[service]!.build!.target);
    const { environment } = this.#process(service, [...entrypoint, ...this.#services[service]!.command!], metrics);
    this.replicas.push({ service, port, environment });
  }

  async #run(service: string, program: string): Promise<void> {
    const { entrypoint, command = [] } = this.#services[service]!;
    this.#process(service, [program, ...(entrypoint?.slice(1) ?? []), ...command], {});
    await this.#healthy(service, {});
  }

  #process(service: string, command: readonly string[], more: Readonly<Record<string, string>>): Process {
    const { build, environment = {} } = this.#services[service]!;
    const written = { ...(build && readImage(build.target).environment), ...environment };
    const own = Object.fromEntries(Object.entries(written).map(([name, value]) => [name, this.#rewritten(value)]));
    // A model that takes its time, so that training lasts as long on any machine.
    const pace = { PACE_MS: '20' };
    const started = new Process({
      command: command.map((word) => (word === 'node' ? process.execPath : this.#rewritten(word))),
      environment: { ...own, ...pace, ...more },
      folder: this.#in('work'),
    });
    this.#processes.push(started);
    return started;
  }

  /** Asks as Docker would, by the service's health check, until it is well. */
  async #healthy(service: string, environment: Readonly<Record<string, string>>): Promise<void> {
    const [, program, ...args] = this.#services[service]!.healthcheck!.test!;
    const giveUpAt = performance.now() + 60_000;
    for (let said = ''; ; ) {
      if (program === 'wget') {
        const response = await fetch(this.#rewritten(args.at(-1)!)).catch((error: Error) => error);
        if (response instanceof Response && response.ok) return;
        said = String(response);
      } else {
        const check = new Process({
          command: [process.execPath, ...args.map((word) => this.#rewritten(word))],
          environment,
          folder: this.folder,
        });
        const outcome = await check.ended;
        if (outcome.code === 0) return;
        said = outcome.said;
      }
      if (performance.now() > giveUpAt) {
        const lines = this.#processes.flatMap(({ lines }) => lines.all.slice(-5));
        throw new Error([`${service} is not well: ${said}. What its cluster said last:`, ...lines].join('\n'));
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  #broker(): string {
    writeFileSync(
      join(this.#in('nats'), 'nats-server.conf'),
      this.#rewritten(readDeployed('nats', 'nats-server.conf')),
    );
    return findNatsServer()!;
  }

  /** Its configuration asks the name server of Docker's network, which is not here, for the addresses of replicas. */
  #prometheus(): string {
    const config = parse(this.#rewritten(readDeployed('prometheus', 'prometheus.yml'))) as {
      scrape_configs: Record<string, unknown>[];
    };
    const [sparring] = config.scrape_configs;
    const { dns_sd_configs: _, relabel_configs: __, ...kept } = sparring!;
    const static_configs = this.replicas.map(({ service, port }) => ({
      targets: [`127.0.0.1:${port}`],
      labels: { role: service },
    }));
    const file_sd_configs = [{ files: [this.#sweepTarget], refresh_interval: '1s' }];
    config.scrape_configs[0] = { ...kept, static_configs, file_sd_configs };
    writeFileSync(join(this.#in('etc-prometheus'), 'prometheus.yml'), stringify(config));
    cpSync(deployed('prometheus', 'alerts.yml'), join(this.#in('etc-prometheus'), 'alerts.yml'));
    return findPrometheus('prometheus')!;
  }

  get #sweepTarget(): string {
    return join(this.#in('etc-prometheus'), 'sweep.json');
  }

  #rewritten(text: string): string {
    const placed = text.replace(/^\/data(?=\/|$)/, () => this.#in('data'));
    return this.#here.reduce((before, [there, here]) => before.replaceAll(there, here), placed);
  }

  #in(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  }
}

/** Of the `.env` that `sparring credentials --compose` writes. */
function writtenPasswords(folder: string): Record<string, string> {
  const made = spawnSync(process.execPath, [
    join(root, 'packages/cli/bin/sparring.js'),
    'credentials',
    '--compose',
    folder,
  ]);
  if (made.status !== 0) throw new Error(made.stderr.toString());
  return parseEnv(readFileSync(join(folder, '.env'), 'utf8'));
}
