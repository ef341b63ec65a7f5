import { type BrokerRole, exitCodes } from '@sparring/runtime';
import type { ChildPlan } from './child-plan.js';
import type { ClusterState } from './cluster-state.js';

/** What `sparring up` is to keep running. */
export interface ClusterRequest {
  readonly numTrainers: number;
  readonly numAttackers: number;
  /** The path of nats-server. */
  readonly natsServer: string;
  /** How this program is started: its interpreter, and what comes before a command's name. */
  readonly command: string;
  readonly commandArgs: readonly string[];
  /** What each process finds in its environment besides, by its name and its place in the order. */
  readonly environmentOf?: (name: string, index: number) => Readonly<Record<string, string>>;
  /** Further arguments, by role. */
  readonly roleArgs?: Partial<Record<BrokerRole, readonly string[]>>;
}

const brokerGraceMs = 10_000;
/** It ends its step and stores a checkpoint. */
const coordinatorGraceMs = 30_000;
const workerGraceMs = 10_000;

/** The processes of a cluster on this machine, in the order in which they depend on each other. */
export function planCluster(state: ClusterState, request: ClusterRequest): ChildPlan[][] {
  const { numTrainers, numAttackers, natsServer, command, commandArgs, roleArgs, environmentOf } = request;
  let members = 0;
  const member = (role: BrokerRole, name: string, graceMs: number): ChildPlan => ({
    name,
    command,
    args: [...commandArgs, role, '--credentials', state.credentials[role], ...(roleArgs?.[role] ?? [])],
    ...(environmentOf ? { env: environmentOf(name, members++) } : {}),
    refusalCode: exitCodes.usage,
    orderlyCodes: [exitCodes.done],
    graceMs,
  });
  const workers = (role: BrokerRole, count: number) =>
    Array.from({ length: count }, (_, index) => member(role, `${role}-${index + 1}`, workerGraceMs));
  // Programs in Go end by exit code 2 when they panic, and are well after that; nats-server ends by 1 when it is told to.
  const broker = { command: natsServer, args: ['-c', state.brokerConfigFile], refusalCode: null, orderlyCodes: [0, 1] };
  return [
    [{ name: 'broker', ...broker, graceMs: brokerGraceMs }],
    [member('coordinator', 'coordinator', coordinatorGraceMs)],
    [...workers('trainer', numTrainers), ...workers('attacker', numAttackers)],
  ];
}
