import { clusterSubjects, subjectsOf } from '@sparring/protocol';
import { durablePermissions, sweepingPermissions } from './durable-permissions.js';
import { type BrokerRole, inboxPrefix, roles } from './roles.js';

/** What a role may do; whatever is not listed, the broker refuses. Subjects may have NATS's wildcards. */
export interface Permissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** A role's permissions at the broker, for every run. */
export function permissionsOf(role: BrokerRole): Permissions {
  const { publish, subscribe } = conversations[role];
  return { publish: names(publish), subscribe: [...names(subscribe), inboxOf(role)] };
}

const any = subjectsOf('*');
const cluster = clusterSubjects();
const { settings, join, leave } = any.membership;
const { pass, advance, attack, assist, probe, failure } = any.results;
const { assistance } = any;

const sharedByWorkers = [settings, join, leave, cluster.membership.beat, any.work.ask, any.parameters.fetch];
const heardByWorkers = [any.parameters.publish, cluster.coordinator.beat];

/** By role: questions are published, services are subscribed to. */
const conversations: Record<BrokerRole, { publish: readonly Speech[]; subscribe: readonly Speech[] }> = {
  coordinator: {
    publish: [
      any.parameters.publish,
      any.events.publish,
      cluster.coordinator.beat,
      ...roles.map(inboxOf),
      ...durablePermissions,
    ],
    subscribe: [
      ...[settings, join, leave, cluster.membership.beat, any.work.ask, any.parameters.fetch],
      ...Object.values(any.results),
      ...Object.values(cluster.runs),
      ...Object.values(cluster.sweeps),
      cluster.coordinator.status,
      // By which one that stands by knows that another lives.
      cluster.coordinator.beat,
    ],
  },
  trainer: {
    publish: [
      ...[...sharedByWorkers, pass, advance, attack, probe, failure],
      // As the coordinator does, while it advances with attackers' help.
      ...[any.parameters.publish, inboxOf('attacker')],
      ...sweepingPermissions,
    ],
    subscribe: [...heardByWorkers, assistance.ask, assistance.return],
  },
  // Neither gradients (`pass`) nor parameters (`advance`).
  attacker: {
    publish: [...sharedByWorkers, attack, assist, probe, failure, assistance.ask, assistance.return],
    subscribe: heardByWorkers,
  },
  client: {
    publish: [...Object.values(cluster.runs), ...Object.values(cluster.sweeps), cluster.coordinator.status],
    subscribe: [any.events.publish, cluster.coordinator.beat],
  },
};

/** A subject or service of the protocol, or a subject's name. */
type Speech = { readonly name: string } | string;

function names(speeches: readonly Speech[]): string[] {
  return speeches.map((speech) => (typeof speech === 'string' ? speech : speech.name));
}

function inboxOf(role: BrokerRole): string {
  return `${inboxPrefix(role)}.>`;
}
