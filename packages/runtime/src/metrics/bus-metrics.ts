import type { Bus } from '../bus/bus.js';
import type { BusEvent } from '../bus/bus-event.js';
import type { NatsBus } from '../bus/nats-bus.js';
import { busMetrics, refusalMetrics } from './definitions/bus-metrics.js';
import { follow } from './follow.js';
import type { ProcessMetrics } from './process-metrics.js';

/** Counts what happens to a connection. */
export function countBusEvents(metrics: ProcessMetrics): (event: BusEvent) => void {
  const { events, connected } = metrics.of(busMetrics);
  connected.set(0);
  return ({ kind }) => {
    if (kind !== 'refused' && kind !== 'waiting' && kind !== 'closed') events.inc({ kind });
  };
}

/** What a bus counts anyway, read when it is asked for. Returns a function that ends it. */
export function watchBus(metrics: ProcessMetrics, bus: NatsBus): () => void {
  const { connected, bytes, messages, heldBytes, pendingRequests } = metrics.of(busMetrics);
  const [followBytes, followMessages] = [follow(bytes), follow(messages)];
  const stopRefusals = watchRefusals(metrics, bus);
  const stop = metrics.readBefore(() => {
    connected.set(bus.connected ? 1 : 0);
    heldBytes.set(bus.heldBytes);
    pendingRequests.set(bus.pendingRequests);
    for (const [subject, traffic] of Object.entries(bus.traffic)) {
      followBytes({ subject, direction: 'sent' }, traffic.sentBytes);
      followBytes({ subject, direction: 'received' }, traffic.receivedBytes);
      followMessages({ subject, direction: 'sent' }, traffic.sentMessages);
      followMessages({ subject, direction: 'received' }, traffic.receivedMessages);
    }
  });
  return () => {
    stopRefusals();
    stop();
  };
}

/** The messages that receivers on a bus drop, whatever carries them. */
export function watchRefusals(metrics: ProcessMetrics, bus: Pick<Bus, 'refused'>): () => void {
  const followRefused = follow(metrics.of(refusalMetrics).refused);
  return metrics.readBefore(() => {
    for (const [reason, count] of Object.entries(bus.refused)) followRefused({ reason }, count);
  });
}
