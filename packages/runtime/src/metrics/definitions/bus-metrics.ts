import type { RefusalReason } from '@sparring/protocol';
import type { BusEvent } from '../../bus/bus-event.js';
import { counter, type Group, gauge } from '../definition.js';

/** Refusals are counted by their reasons; the first wait and the end are told once. */
type CountedBusEvent = Exclude<BusEvent['kind'], 'refused' | 'waiting' | 'closed'>;

const traffic = {
  subject: 'entity and action of the subject, `work.ask` for one: those that the protocol has',
  direction: ['sent', 'received'],
} as const;

/** What reaches this process over the bus, whatever carries it. */
export const refusalMetrics = {
  title: 'Refused messages',
  places: ['train', 'coordinator', 'trainer', 'attacker'],
  metrics: {
    refused: counter('sparring_bus_refused_messages_total', 'Messages that were dropped on arrival', {
      reason: Object.keys({
        undecodable: true,
        invalid: true,
        oversized: true,
        corrupt: true,
        incomplete: true,
        shape: true,
        'non-finite': true,
        'old-term': true,
        unknown: true,
        unfit: true,
        crowded: true,
      } satisfies Record<RefusalReason, true>),
    }),
  },
} as const satisfies Group;

export const busMetrics = {
  title: 'The connection to the broker',
  places: ['coordinator', 'trainer', 'attacker'],
  metrics: {
    connected: gauge('sparring_bus_connected', '1 while there is a connection to the broker'),
    bytes: counter('sparring_bus_traffic_bytes_total', 'Bytes of frames, those sent again included', traffic),
    messages: counter(
      'sparring_bus_traffic_messages_total',
      'Whole messages; answers count to their questions',
      traffic,
    ),
    heldBytes: gauge('sparring_bus_held_bytes', 'Of messages that wait here until the broker takes them'),
    pendingRequests: gauge('sparring_bus_pending_requests', 'Questions that wait for their answers'),
    events: counter(
      'sparring_bus_events_total',
      'What happened to the connection, and to what is stored at the broker',
      {
        kind: Object.keys({
          connected: true,
          disconnected: true,
          reconnected: true,
          'slow-consumer': true,
          overrun: true,
          'permission-refused': true,
          'handler-failed': true,
          'store-waiting': true,
          'store-back': true,
          error: true,
        } satisfies Record<CountedBusEvent, true>),
      },
    ),
  },
} as const satisfies Group;
