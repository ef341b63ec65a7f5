import type {
  AdvanceTask,
  AdversarialBatch,
  NamedTensors,
  Output,
  RefusalReason,
  Task,
  TaskInputs,
} from '@sparring/protocol';

/** What a worker computes with; made anew after a failure that left it unusable. */
export interface Computer {
  /** Of the data that it computes on. */
  readonly dataChecksum: string;
  compute(task: Task, inputs: TaskInputs): Promise<Output>;
  /** For a trainer that is helped. */
  readonly steps: Steps;
  /** Name and version of its engine, and the digest of two fixed steps through the run's own pieces. */
  fingerprint(): Promise<{ readonly engine: string; readonly fingerprint: string }>;
  /** Waits for the task that it is at. */
  close(): Promise<void>;
  /** Does not: for one that is lost or hangs. */
  kill(): void;
}

/** An `advance`, taken apart: its shards may be trained on examples that others made. */
export interface Steps {
  begin(task: AdvanceTask, inputs: TaskInputs): Promise<void>;
  /** A shard's passes, on given examples, else with the attack between. Returns why given ones cannot be used; null: it is done. */
  pass(
    shard: number,
    adversarial?: AdversarialBatch,
  ): Promise<{ readonly reason: RefusalReason; readonly detail: string } | null>;
  /** Once every shard's passes are done: the step's loss, and the parameters after it, in memory that threads share. */
  endStep(): Promise<{ readonly loss: number; readonly parameters: NamedTensors }>;
  /** The state that the steps came to. */
  end(): Promise<NamedTensors>;
}
