import type { Output, Task, TaskInputs } from '@sparring/protocol';

/** What a worker computes with; made anew after a failure that left it unusable. */
export interface Computer {
  /** Of the data that it computes on. */
  readonly dataChecksum: string;
  compute(task: Task, inputs: TaskInputs): Promise<Output>;
  /** Name and version of its engine, and the digest of two fixed steps through the run's own pieces. */
  fingerprint(): Promise<{ readonly engine: string; readonly fingerprint: string }>;
  /** Waits for the task that it is at. */
  close(): Promise<void>;
  /** Does not: for one that is lost or hangs. */
  kill(): void;
}
