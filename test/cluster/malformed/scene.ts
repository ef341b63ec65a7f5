import {
  type ClusterStatus,
  clusterSubjects,
  protocolVersion,
  type RunSettings,
  subjectsOf,
  type WorkerInfo,
} from '@sparring/protocol';
import type { NatsBus, Role } from '@sparring/runtime';
import { roles } from '../../../packages/runtime/dist/broker/roles.js';
import type { Cluster } from '../cluster.ts';
import { connectAs } from '../watch.ts';

/** A cluster that trains, and a connection of each role that speaks past its bus. */
export class Scene {
  readonly cluster: Cluster;
  readonly busses: Readonly<Record<Role, NatsBus>>;
  readonly settings: RunSettings;
  readonly coordinatorId: string;
  readonly workerIds: readonly string[];
  /** Frames that really travelled, and where their answers were to go, by subject: the latest. */
  readonly heard = new Map<string, { readonly bytes: Uint8Array; readonly reply: string | undefined }[]>();

  /** `run`: the one that is trained. */
  static async open(cluster: Cluster, run: string): Promise<Scene> {
    const busses = {} as Record<Role, NatsBus>;
    for (const role of roles) busses[role] = await connectAs(role, cluster.credentials(role));
    const question = { protocolVersion, workerId: 'nobody', role: 'trainer' } as const;
    const reply = await busses.trainer.request(subjectsOf(run).membership.settings, question);
    if (reply.kind === 'refused') throw new Error(reply.reason);
    return new Scene(cluster, busses, reply.settings, await cluster.watch.status());
  }

  private constructor(
    cluster: Cluster,
    busses: Record<Role, NatsBus>,
    settings: RunSettings,
    { coordinatorId, workers }: ClusterStatus,
  ) {
    this.cluster = cluster;
    this.busses = busses;
    this.settings = settings;
    this.coordinatorId = coordinatorId;
    this.workerIds = workers.map(({ workerId }) => workerId);
    const { membership, work, results, parameters } = subjectsOf(settings.run);
    const { membership: alive, coordinator } = clusterSubjects();
    const fromWorkers = [
      ...Object.values(membership),
      ...Object.values(results),
      work.ask,
      parameters.fetch,
      alive.beat,
    ];
    for (const { name } of fromWorkers) this.#listen('coordinator', name);
    for (const { name } of [coordinator.beat, parameters.publish]) this.#listen('trainer', name);
  }

  /** The worker of the process that bears the name. */
  workerOf(name: string, { workers }: ClusterStatus): WorkerInfo | undefined {
    return workers.find(({ pid }) => pid === this.cluster.pid(name));
  }

  /** The first status that matches. @throws when there is none in time, with the last */
  async until(what: string, matches: (status: ClusterStatus) => boolean, withinMs = 10_000): Promise<ClusterStatus> {
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
    await Promise.all(Object.values(this.busses).map((bus) => bus.close()));
  }

  #listen(role: Role, name: string): void {
    const frames: { bytes: Uint8Array; reply: string | undefined }[] = [];
    this.heard.set(name, frames);
    this.busses[role].link.connection.subscribe(name, {
      callback: (_, { data, reply }) => {
        frames.push({ bytes: Uint8Array.from(data), reply });
        if (frames.length > mostHeard) frames.shift();
      },
    });
  }
}

const mostHeard = 20;
