/** How far a run had come at a moment: what is spent between two of them is what the steps between them took. */
export interface Mark {
  /** Milliseconds of a steady clock. */
  readonly at: number;
  readonly step: number;
  /** Sent by anybody; null where there is no wire. */
  readonly bytes: number | null;
  /** Time that all workers together computed, and that they held leases beyond it. */
  readonly computeMs: number;
  readonly wireMs: number;
  /** Time of combine, reduce and update, or of averaging, on the coordinator's thread. */
  readonly updateMs: number;
}

/** What steps took, and where their time went. */
export interface Measurement {
  readonly examplesPerSecond: number;
  readonly stepMs: number;
  readonly bytesPerStep: number | null;
  /** Of a step, all workers' together. */
  readonly computeMsPerStep: number;
  /** Of a step, on the coordinator. */
  readonly updateMsPerStep: number;
  /** Shares of the workers' time; they make up all of it. */
  readonly compute: number;
  /** Leases held beyond that: parameters fetched, results sent and taken; but for what travels while the next task is computed. */
  readonly wire: number;
  /** The rest: for each other, for the update, for the next lease. */
  readonly wait: number;
}

export interface Setting {
  readonly numWorkers: number;
  readonly examplesPerStep: number;
}

/** What lies between two marks. */
export function measure(first: Mark, last: Mark, { numWorkers, examplesPerStep }: Setting): Measurement {
  const ms = last.at - first.at;
  const steps = last.step - first.step;
  const workerMs = numWorkers * ms;
  const compute = (last.computeMs - first.computeMs) / workerMs;
  const wire = Math.min((last.wireMs - first.wireMs) / workerMs, Math.max(0, 1 - compute));
  return {
    examplesPerSecond: (steps * examplesPerStep * 1_000) / ms,
    stepMs: ms / steps,
    bytesPerStep: first.bytes === null || last.bytes === null ? null : (last.bytes - first.bytes) / steps,
    computeMsPerStep: (last.computeMs - first.computeMs) / steps,
    updateMsPerStep: (last.updateMs - first.updateMs) / steps,
    ...{ compute, wire, wait: Math.max(0, 1 - compute - wire) },
  };
}

/** The one in the middle by its rate, whole, so that its shares belong together. */
export function medianOf(measurements: readonly Measurement[]): Measurement {
  const sorted = [...measurements].sort((a, b) => a.examplesPerSecond - b.examplesPerSecond);
  return sorted[sorted.length >> 1]!;
}
