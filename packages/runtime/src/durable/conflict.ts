import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';

/** Whether a write was refused because the subject is at another revision than it was to be at. */
export function isConflict(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamWrongLastSequence;
}
