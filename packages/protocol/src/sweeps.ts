/** What clients ask of a cluster about sweeps. Records and states travel as JSON: they are the sweep's own, and nobody between reads them. */

export interface SweepSubmission {
  readonly protocolVersion: number;
  /** The sweep's record: JSON in UTF-8. */
  readonly record: Uint8Array;
}

/** What became of a submission, or of a change. */
export type SweepReply =
  | { readonly kind: 'accepted'; readonly sweep: string }
  | { readonly kind: 'refused'; readonly reason: string };

export interface SweepShowRequest {
  /** Its id, or the beginning of it. */
  readonly sweep: string;
  /** Only what has changed since this revision; 0: all of it, the record too. */
  readonly after: number;
}

/** `remove` forgets it, with what no other sweep has of its runs. */
export type SweepVerb = 'pause' | 'cancel' | 'resume' | 'retry' | 'remove';

export interface SweepChange {
  readonly sweep: string;
  readonly verb: SweepVerb;
}

/** Bytes of a record, or of what is told of a sweep, that are taken at most: a million seeds, ten thousand runs' states. */
export const mostSweepBytes = 2 ** 25;
