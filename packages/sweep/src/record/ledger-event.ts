/** What a finished run came to. Errors are fractions of the test examples; null where they were not measured. */
export interface RunResult {
  readonly clean: number | null;
  readonly fgsm: number | null;
  readonly pgd: number | null;
  /** Of training, its interruptions left out. */
  readonly seconds: number;
  readonly steps: number;
  readonly parametersDigest: string;
  readonly optimizerDigest: string;
}

interface OfSweep {
  readonly sweep: string;
  readonly identity: string;
  /** ISO 8601 */
  readonly at: string;
}

/** A line of the ledger. A result is every sweep's that has the run; attempts and failures are one sweep's own. */
export type LedgerEvent =
  /** `step`: of the checkpoint to go on from, 0 where there is none. */
  | (OfSweep & { readonly kind: 'claimed'; readonly folder: string; readonly step: number })
  /** Given back on purpose, with a checkpoint. */
  | (OfSweep & { readonly kind: 'interrupted' })
  /** It threw. `final`: the same bits would come to the same. */
  | (OfSweep & { readonly kind: 'threw'; readonly error: string; readonly final: boolean })
  | (OfSweep & { readonly kind: 'pruned'; readonly epoch: number; readonly error: number; readonly median: number })
  /** Its attempts begin anew. */
  | (OfSweep & { readonly kind: 'retried' })
  | (OfSweep & { readonly kind: 'done'; readonly folder: string; readonly result: RunResult });
