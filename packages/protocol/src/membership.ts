import type { Role } from './work.js';

/** A worker asks what it needs to know of a run before it can join. */
export interface SettingsRequest {
  readonly protocolVersion: number;
  readonly workerId: string;
  readonly role: Role;
}

export type SettingsReply =
  | { readonly kind: 'settings'; readonly settings: RunSettings }
  | { readonly kind: 'refused'; readonly reason: string };

/** What a worker needs to know of a run to compute any task of it. */
export interface RunSettings {
  readonly run: string;
  readonly term: number;
  readonly engine: string;
  /** JSON of the training definition. */
  readonly definition: string;
  /** JSON of the data set's specification. */
  readonly data: string;
  /** Checksum of the data that the coordinator trains on. */
  readonly dataChecksum: string;
  readonly stepsPerCall: number;
  /** Bytes of the largest body that a message of the run has: the whole state, or the adversarial examples of a shard. */
  readonly maxBodyBytes: number;
  /** How many steps older the parameters are that a whole pass attacks. */
  readonly staleness: number;
  /** With more than one, a trainer's state is its replica's own, and not that of the step. */
  readonly replicas: number;
}

/** What a worker computes with, and on: the same in all workers, or their bits could differ. */
export interface Qualification {
  /** Name and version of the library that computes. */
  readonly engine: string;
  readonly dataChecksum: string;
  /** Digest of two fixed steps through the run's own pieces; empty where coordinator and worker share a process. */
  readonly fingerprint: string;
  readonly cpu: string;
}

export interface JoinRequest {
  readonly workerId: string;
  readonly role: Role;
  readonly term: number;
  readonly host: string;
  readonly pid: number;
  readonly qualification: Qualification;
}

export type JoinReply = { readonly kind: 'welcome' } | { readonly kind: 'refused'; readonly reason: string };

/** How the reason begins of a worker that leaves before it has joined: it could not open what the run needs. */
export const unableToJoin = 'unable to join: ';

export interface LeaveNotice {
  readonly workerId: string;
  readonly reason: string;
}

/** Said by every worker every `beatEveryMs`, whether it serves a run or waits for one. */
export interface WorkerBeat {
  readonly workerId: string;
  readonly role: Role;
  readonly host: string;
  readonly pid: number;
  /** Empty while it serves none. */
  readonly run: string;
  /** Messages that it dropped, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** What keeps its process from computing runs of sweeps, or from storing their checkpoints: by the sweep's id. */
  readonly hindrances: Readonly<Record<string, string>>;
}

/** Said by the coordinator every `beatEveryMs`. */
export interface CoordinatorBeat {
  readonly coordinatorId: string;
  readonly term: number;
  /** The run that it trains; empty while there is none. */
  readonly run: string;
}

export const beatEveryMs = 500;
/** A worker that was silent for so long is dead. */
export const workerSilenceMs = 2_000;
/** After so long a silence of the coordinator a standby takes its place. */
export const coordinatorSilenceMs = 3_000;
