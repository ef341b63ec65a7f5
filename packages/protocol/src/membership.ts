import type { Role } from './work.js';

export interface JoinRequest {
  readonly workerId: string;
  readonly role: Role;
}

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
}

export interface LeaveNotice {
  readonly workerId: string;
  readonly reason: string;
}
