import type { Refusal } from './refusals.js';

/** What happens to a bus, for log and metrics. None of it needs an answer. */
export type BusEvent =
  /** The first connection takes its time; told once. */
  | { readonly kind: 'waiting'; readonly server: string; readonly reason: string }
  | { readonly kind: 'connected'; readonly server: string }
  /** The broker is gone, or does not answer. It is tried again until it is back. */
  | { readonly kind: 'disconnected'; readonly server: string }
  | { readonly kind: 'reconnected'; readonly server: string; readonly downMs: number }
  /** The broker has dropped messages for this process, since it did not take them in time. */
  | { readonly kind: 'slow-consumer'; readonly detail: string }
  | { readonly kind: 'permission-refused'; readonly operation: 'publish' | 'subscription'; readonly subject: string }
  /** Messages that were dropped; told at most once a second for each reason. */
  | ({ readonly kind: 'refused' } & Refusal)
  /** A subscriber or a service threw: whoever asked was told, and the bus goes on. */
  | { readonly kind: 'handler-failed'; readonly subject: string; readonly error: Error }
  /** The broker takes less than is published: this message was dropped. */
  | { readonly kind: 'overrun'; readonly subject: string; readonly heldBytes: number }
  /** What must last cannot be written or read now; it is tried again. Told once, until it can be. */
  | { readonly kind: 'store-waiting'; readonly call: string; readonly reason: string }
  | { readonly kind: 'store-back'; readonly waitedMs: number }
  | { readonly kind: 'error'; readonly error: Error }
  | { readonly kind: 'closed' };
