/** What clients ask of a cluster: to train something, and how it goes. */

export type RunStatus = 'queued' | 'running' | 'finished' | 'failed' | 'cancelled';

export interface SubmitRequest {
  readonly protocolVersion: number;
  /** Chosen by the client: submitted again under the same name, it is the same run. */
  readonly submission: string;
  /** The text of a run's `config.yaml`, every option written out. */
  readonly config: string;
}

export type SubmitReply =
  | { readonly kind: 'accepted'; readonly run: string /** Runs that come first. */; readonly ahead: number }
  | { readonly kind: 'refused'; readonly reason: string };

export interface RunInfo {
  readonly run: string;
  readonly name: string;
  readonly seed: number;
  readonly status: RunStatus;
  /** Milliseconds since 1970. */
  readonly submittedAt: number;
  /** Milliseconds since 1970; 0 for not yet. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Steps done as far as is known, and steps in all. */
  readonly step: number;
  readonly lastStep: number;
  /** Why it failed; else empty. */
  readonly error: string;
}

export interface ListRequest {
  readonly protocolVersion: number;
}

export interface RunList {
  readonly runs: readonly RunInfo[];
}

export interface ShowRequest {
  readonly run: string;
}

export type ShowReply =
  | {
      readonly kind: 'run';
      readonly info: RunInfo;
      /** The text of the run's `config.yaml`, with the engine resolved once it runs. */
      readonly config: string;
      /** What was measured so far, of the twin and then of the net: probes, then epochs. */
      readonly epochs: readonly RunEvent[];
    }
  | { readonly kind: 'unknown' };

export interface CancelRequest {
  readonly run: string;
}

export interface CancelReply {
  /** What became of it: the status that it has now, or `unknown`. */
  readonly status: RunStatus | 'unknown';
}

/** What happens in a run, as it happens: nobody need listen. */
export interface RunEvent {
  readonly term: number;
  /** `net` or `twin`. */
  readonly phase: string;
  /** JSON of the coordinator's training event. */
  readonly event: string;
}

export interface FilesRequest {
  readonly run: string;
}

export interface FilesReply {
  readonly files: readonly RunFile[];
}

/** A file of a run's folder. */
export interface RunFile {
  /** Relative, with slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ReadRequest {
  readonly run: string;
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

export interface ReadReply {
  /** Empty where there is no such file, or nothing at the offset. */
  readonly bytes: Uint8Array;
}

export interface StatusRequest {
  readonly protocolVersion: number;
}

/** The cluster as its coordinator sees it. */
export interface ClusterStatus {
  readonly coordinatorId: string;
  readonly term: number;
  readonly host: string;
  readonly pid: number;
  readonly run: string;
  /** `advance`, `fused`, `split` or `rounds`; empty while nothing runs. */
  readonly mode: string;
  readonly spareTrainers: number;
  readonly workers: readonly WorkerInfo[];
  /** Messages that the coordinator dropped, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Tasks given to another worker, results that came too late. */
  readonly releases: number;
  readonly staleResults: number;
}

export interface WorkerInfo {
  readonly workerId: string;
  readonly role: string;
  readonly host: string;
  readonly pid: number;
  readonly run: string;
  readonly refused: Readonly<Record<string, number>>;
}
