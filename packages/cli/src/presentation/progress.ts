import type { EpochRecord, ProbeEvent, TrainingEvent } from '@sparring/coordinator';
import type { Screen } from './screen.js';

type ProgressEvent = Extract<TrainingEvent, { kind: 'progress' }>;

/** Shows a training as it goes. */
export interface Progress {
  advance(event: ProgressEvent): void;
  endEpoch(record: EpochRecord): void;
  /** Says where a net has collapsed; once, until a probe finds it good again. */
  probed(event: ProbeEvent): void;
  /** A remark, in its own line. */
  note(text: string): void;
  /** Leaves the terminal as a plain stream again. */
  end(): void;
}

export interface ProgressOptions {
  readonly screen: Screen;
  readonly epochs: number;
}
