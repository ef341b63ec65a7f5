import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream';

/** How much of what the broker lets its users store there is, in bytes. */
export interface StoreRoom {
  /** As the broker counts: what was stored with subjects and headers, whatever of it lies in which bucket. */
  readonly used: number;
  readonly most: number;
}

/** null where the broker states no bound. It has one all the same: its `max_file_store`, which it tells to nobody, and its disk. */
export async function roomOf(manager: JetStreamManager): Promise<StoreRoom | null> {
  const { storage, limits } = await manager.getAccountInfo();
  return limits.max_storage < 0 ? null : { used: storage, most: limits.max_storage };
}

/** An object that the store has no room for. */
export class StoreFull extends Error {
  constructor(bytes: number, { used, most }: StoreRoom) {
    super(`${bytes} bytes are to be stored, ${Math.max(0, most - used)} of ${most} are free`);
  }
}

/** Whether there is, or was, no room for a write. It may pass: what is deleted makes room. */
export function isStoreFull(error: unknown): boolean {
  if (error instanceof StoreFull) return true;
  return error instanceof JetStreamApiError && fullCodes.includes(error.code);
}

/** Of nats-server: the account's bound, the server's, a reservation's, and a store that took nothing. */
const fullCodes: readonly number[] = [10_002, 10_023, 10_047, 10_077];
