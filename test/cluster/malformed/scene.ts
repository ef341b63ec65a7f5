import {
  type ClusterStatus,
  clusterSubjects,
  protocolVersion,
  type RunSettings,
  subjectsOf,
  type WorkerInfo,
} from '@sparring/protocol';
import type { BrokerRole, NatsBus } from '@sparring/runtime';
import { roles } from '../../../packages/runtime/dist/broker/roles.js';
import type { Cluster } from '../cluster.ts';
import { connectAs } from '../watch.ts';

/** A cluster that trains, slowly while the scene is open, and a connection of each role that speaks past its bus. */
export class Scene {
  readonly cluster: Cluster;
  readonly busses: Readonly<Record<BrokerRole, NatsBus>>;
  readonly settings: RunSettings;
  readonly coordinatorId: string;
  readonly workerIds: readonly string[];
  /** Frames that really travelled, by subject. */
  readonly heard: ReadonlyMap<string, readonly Uint8Array[]>;

  /** `run`: the one that is trained. */
  static async open(cluster: Cluster, run: string): Promise<Scene> {
    const busses = {} as Record<BrokerRole, NatsBus>;
    for (const role of roles) busses[role] = await connectAs(role, cluster.credentials(role));
    const question = { protocolVersion, workerId: 'nobody', role: 'trainer' } as const;
    const reply = await busses.trainer.request(subjectsOf(run).membership.settings, question);
    if (reply.kind === 'refused') throw new Error(reply.reason);
    const heard = await hear(busses, run);
    cluster.setPace('slow');
    return new Scene(cluster, busses, reply.settings, await cluster.watch.status(), heard);
  }

  private constructor(
    cluster: Cluster,
    busses: Record<BrokerRole, NatsBus>,
    settings: RunSettings,
    { coordinatorId, workers }: ClusterStatus,
    heard: Scene['heard'],
  ) {
    this.cluster = cluster;
    this.busses = busses;
    this.settings = settings;
    this.coordinatorId = coordinatorId;
    this.workerIds = workers.map(({ workerId }) => workerId);
    this.heard = heard;
  }

  /** Those that are not made up. */
  async liveWorkers(): Promise<readonly WorkerInfo[]> {
    const { workers } = await this.cluster.watch.status();
    const pids = ['trainer-1', 'attacker-1'].map((name) => this.cluster.pid(name));
    return workers.filter(({ pid }) => pids.includes(pid));
  }

  /** The worker of the process that bears the name. */
  workerOf(name: string, { workers }: ClusterStatus): WorkerInfo | undefined {
    return workers.find(({ pid }) => pid === this.cluster.pid(name));
  }

  /** The first status that matches. @throws when there is none in time, with the last */
  async until(what: string, matches: (status: ClusterStatus) => boolean, withinMs = 60_000): Promise<ClusterStatus> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const status = await this.cluster.watch.status();
      if (matches(status)) return status;
      if (performance.now() > deadline)
        throw new Error(`${what}: not within ${withinMs} ms: ${JSON.stringify(status)}`);
      // Workers tell of themselves twice a second.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async close(): Promise<void> {
    this.cluster.setPace('usual');
    await Promise.all(Object.values(this.busses).map((bus) => bus.close()));
  }
}

/** Listens until it has heard some of everything that is said while a run is trained. */
async function hear(busses: Readonly<Record<BrokerRole, NatsBus>>, run: string): Promise<Map<string, Uint8Array[]>> {
  const { work, results, parameters } = subjectsOf(run);
  const { membership, coordinator } = clusterSubjects();
  const heard = new Map<string, Uint8Array[]>();
  const listen = async (role: BrokerRole, name: string) => {
    const frames: Uint8Array[] = [];
    heard.set(name, frames);
    const subscription = busses[role].link.connection.subscribe(name, { max: numHeard });
    for await (const { data } of subscription) frames.push(Uint8Array.from(data));
  };
  const fromWorkers = [work.ask, results.pass, results.attack, membership.beat].map(({ name }) => name);
  const toWorkers = [coordinator.beat, parameters.publish].map(({ name }) => name);
  await Promise.all([
    ...fromWorkers.map((name) => listen('coordinator', name)),
    ...toWorkers.map((name) => listen('trainer', name)),
  ]);
  return heard;
}

const numHeard = 3;
