import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RunInfo } from '@sparring/protocol';
import {
  asRunFolderError,
  ConfigError,
  checkLogLevel,
  configDigest,
  findNatsServer,
  howToGetNatsServer,
  ModelPlaces,
  parseConfigYaml,
  type RunConfig,
} from '@sparring/runtime';
import { Client, NoCoordinator } from '../cluster/client.js';
import { followRun } from '../cluster/follow-run.js';
import { submit } from '../cluster/submit-run.js';
import { type End, waitForEnd } from '../cluster/wait-for-end.js';
import { endpointSettings } from '../endpoint/endpoint-settings.js';
import type { PageOptions } from '../page/page-options.js';
import { plural } from '../presentation/figures.js';
import { Interrupted } from '../presentation/interrupted.js';
import { invocation, shortPath } from '../presentation/invocation.js';
import { openScreen, type Screen } from '../presentation/screen.js';
import { untilAborted } from '../train/until-aborted.js';
import { ClusterLog } from './cluster-log.js';
import { type ClusterState, openClusterState } from './cluster-state.js';
import { MetricsTargets } from './metrics-targets.js';
import { pageAddress } from './page-address.js';
import { planCluster } from './plan-cluster.js';
import { Supervisor } from './supervisor.js';

/** The options of `up`, as commander hands them over. */
export interface UpOptions extends PageOptions {
  readonly trainers: number;
  readonly attackers: number;
  readonly state: string;
  readonly models?: readonly string[];
  readonly out: string;
  readonly json?: boolean;
}

/** `sparring up`: a broker, a coordinator and workers on this machine, kept alive; with a configuration, until it is trained. */
export async function runCluster(config: RunConfig | null, options: UpOptions): Promise<void> {
  const natsServer = findNatsServer();
  if (natsServer === null) throw new Error(`there is no nats-server on this machine. To get it: ${howToGetNatsServer}`);
  const loading = modelArgs(config, options);
  const settings = endpointSettings(options, process.env);
  checkLogLevel();
  const screen = openScreen(options);
  const state = await openClusterState(options.state);
  const targets = await MetricsTargets.open(options.state, settings).catch(async (error) => {
    await state.lock.release();
    throw asRunFolderError(error, `write into ${options.state}`);
  });
  const log = new ClusterLog(screen, options.state, config !== null);
  const supervisor = new Supervisor(
    planCluster(state, {
      ...{ natsServer, numTrainers: options.trainers, numAttackers: options.attackers },
      ...{ command: process.execPath, commandArgs: [process.argv[1]!] },
      roleArgs: {
        coordinator: [...loading, ...(options.page ? [] : ['--no-page'])],
        trainer: loading,
        attacker: loading,
      },
      environmentOf: (name, index) => targets.environmentOf(name, index),
    }),
    {
      onEvent: (event) => {
        log.tell(event);
        const url = pageAddress(event);
        if (url !== null) screen.say(`  ${screen.colors.dim('watch:')}    ${url}`);
      },
    },
  );
  const end = waitForEnd();
  let begun: string | null = null;
  const running = supervisor.run();
  running.catch(() => {});
  try {
    introduce(screen, state, targets, options);
    const work =
      config === null ? end.asked : trainHere(config, { screen, state, end, options, onRun: (run) => (begun = run) });
    await Promise.race([work, running]);
  } catch (error) {
    if (end.signal.aborted) throw new Interrupted(stopped(begun, options), end.exitCode);
    throw error;
  } finally {
    await supervisor.stop();
    end.release();
    await targets.clear();
    await log.close();
    await state.lock.release();
  }
}

/** Its processes run the model of the run that it was started for, and those that lie where it was started. */
function modelArgs(config: RunConfig | null, { models = [] }: UpOptions): string[] {
  const own = config?.model.kind === 'file' ? [config.model.path] : [];
  const places = [...models, ...own, process.cwd()];
  // At once, and not by each process: one that is not there is told here.
  ModelPlaces.of(places);
  return places.flatMap((place) => ['--models', resolve(place)]);
}

interface Here {
  readonly screen: Screen;
  readonly state: ClusterState;
  readonly end: End;
  readonly options: UpOptions;
  /** Told which run it is that is trained. */
  readonly onRun: (run: string) => void;
}

async function trainHere(config: RunConfig, { screen, state, end, options, onRun }: Here): Promise<void> {
  const connection = { credentials: state.credentials.client };
  const client = await Client.connect(connection, { waitForServer: true, signal: end.signal });
  try {
    await untilCoordinated(client, end);
    const left = await untilAborted(end.signal, leftBehind(client, config, options.out));
    const { run } = left ?? (await untilAborted(end.signal, submit(client, config)));
    onRun(run);
    screen.say(left ? tookUp(left) : `${run} begins.`);
    screen.say();
    await followRun(client, run, { ...connection, screen, out: options.out });
  } finally {
    await client.close();
  }
}

async function untilCoordinated(client: Client, { signal }: End): Promise<void> {
  for (;;) {
    try {
      await client.runs();
      return;
    } catch (error) {
      if (!(error instanceof NoCoordinator)) throw error;
    }
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * The same configuration's run that was not finished when the cluster was taken down, or else the newest one, where that was finished
 * and did not get into `out`.
 */
async function leftBehind(client: Client, config: RunConfig, out: string): Promise<RunInfo | null> {
  const alike = (await client.runs()).filter(({ name, seed }) => name === config.name && seed === config.seed);
  const isOpen = ({ status }: RunInfo) => status === 'queued' || status === 'running';
  for (const info of alike.filter(isOpen)) if (await isRunOf(client, info, config)) return info;
  for (const info of alike.filter(({ status }) => status === 'finished').toReversed()) {
    if (await isRunOf(client, info, config)) return existsSync(join(out, info.run)) ? null : info;
  }
  return null;
}

async function isRunOf(client: Client, { run }: RunInfo, config: RunConfig): Promise<boolean> {
  const reply = await client.show(run);
  if (reply.kind === 'unknown') return false;
  try {
    return configDigest(parseConfigYaml(reply.config, run)) === configDigest(config);
  } catch (error) {
    // Its model or its data may have changed since, or be gone.
    if (error instanceof ConfigError) return false;
    throw error;
  }
}

function tookUp({ run, status }: RunInfo): string {
  return status === 'finished'
    ? `${run} is finished already; its folder was not fetched.`
    : `Going on with ${run}, from its last checkpoint.`;
}

function introduce(screen: Screen, state: ClusterState, { pattern }: MetricsTargets, options: UpOptions): void {
  const { url, credentials } = state;
  const { bold, dim } = screen.colors;
  const workers = [plural(options.trainers, 'trainer'), plural(options.attackers, 'attacker')].join(' and ');
  screen.say(`${bold('A cluster on this machine')}: a broker at ${url}, a coordinator, ${workers}`);
  const asClient = `--credentials ${shortPath(credentials.client)}`;
  screen.say(dim(`  see it:   ${invocation()} status ${asClient}`));
  screen.say(dim(`  train:    ${invocation()} train demo ${asClient}`));
  if (pattern !== null) screen.say(dim(`  metrics:  ${shortPath(pattern)}, targets for Prometheus`));
  screen.say(dim(`  its log:  ${shortPath(options.state)}/up.log; Ctrl-C takes all of it down`));
  screen.say();
}

function stopped(run: string | null, options: UpOptions): string {
  if (run === null) return 'Stopped before a run was under way: all processes are down.';
  return `Stopped: all processes are down, and the store in ${shortPath(options.state)} holds ${run} as far as it came. The same command goes on from there.`;
}
