import type { Bus } from '@sparring/runtime';
import type { Announcer } from './announcer.js';

/** Workers that a run is measured with, on a bus of their own, so that no other team serves the run. */
export interface Team {
  readonly trainers: number;
  readonly attackers: number;
  readonly bus: Bus;
  readonly announcer: Announcer;
  /** Processes of their own must show that they compute alike, and what they return is inspected. */
  readonly qualifies: boolean;
  /** What has gone over the wire so far, whoever sent it; null where there is no wire. */
  bytes(): Promise<number | null>;
  /** Ends its workers and resolves when they are gone. */
  close(): Promise<void>;
}
