import { counter, type Group, gauge } from '../definition.js';

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
      reason: [
        'undecodable',
        'invalid',
        'oversized',
        'corrupt',
        'incomplete',
        'shape',
        'non-finite',
        'old-term',
        'unknown',
        'unfit',
      ],
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
        kind: [
          'connected',
          'disconnected',
          'reconnected',
          'slow-consumer',
          'overrun',
          'permission-refused',
          'handler-failed',
          'store-waiting',
          'store-back',
          'error',
        ],
      },
    ),
  },
} as const satisfies Group;
