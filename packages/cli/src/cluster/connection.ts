import { type BusEvent, ConfigError, inboxPrefix, type Logger, NatsBus, resolveConnection } from '@sparring/runtime';
import { invocation } from '../presentation/invocation.js';

/** What a command line says of the broker; the environment says the rest. */
export interface ConnectionOptions {
  readonly nats?: string;
  readonly credentials?: string;
}

export interface Connector extends ConnectionOptions {
  readonly role: 'coordinator' | 'trainer' | 'attacker' | 'client';
  /** Try until the broker is there; else its absence is an error. */
  readonly waitForServer: boolean;
  readonly onEvent: (event: BusEvent) => void;
  readonly signal?: AbortSignal;
}

/** Connects to the broker that the options or the environment name. @throws ConfigError as `resolveBroker` does */
export async function connect({ role, nats, credentials, ...options }: Connector): Promise<NatsBus> {
  const connection = resolveBroker({ role, nats, credentials });
  return NatsBus.connect({
    ...connection,
    ...(connection.role ? { inboxPrefix: inboxPrefix(role) } : {}),
    name: `sparring ${role}`,
    // It has the parameters that it publishes.
    noEcho: role === 'trainer',
    ...options,
  });
}

/**
 * Where the broker is, and as whom it is talked to.
 * @throws ConfigError when neither the options nor the environment name one, or with another role's credentials
 */
export function resolveBroker({
  role,
  nats,
  credentials,
}: Pick<Connector, 'role'> & Partial<Record<'nats' | 'credentials', string | undefined>>) {
  const connection = resolveConnection({ nats, credentials, environment: process.env });
  if (connection === null) {
    const takes = 'the address of a NATS server: --nats nats://host:4222, a --credentials file, or SPARRING_NATS_URL';
    const hint = `"${invocation()} up" starts one with all it needs on this machine`;
    throw new ConfigError('command line', [{ path: '--nats', got: 'nothing', takes, hint }]);
  }
  if (connection.role !== null && connection.role !== role) {
    const takes = `those of the role ${role}`;
    const got = `credentials of the role ${connection.role}`;
    throw new ConfigError('connection to the broker', [{ path: 'credentials', got, takes, hint: null }]);
  }
  return connection;
}

/** Has a bus's events told to two who want to know. */
export function bothOf(one: (event: BusEvent) => void, other: (event: BusEvent) => void): (event: BusEvent) => void {
  return (event) => {
    one(event);
    other(event);
  };
}

const needsJetStream = `it goes on when the broker has JetStream; start it as nats-server -js, or with the configuration that "${invocation()} credentials" writes`;

/** Tells a log what happens to a connection. What anyone can cause, time and again, is told once a second of each kind. */
export function logBusEvents(log: Logger): (event: BusEvent) => void {
  const toldAt = new Map<BusEvent['kind'], number>();
  return (event) => {
    const { kind, ...facts } = event;
    switch (kind) {
      case 'connected':
      case 'reconnected':
        return log.info(facts, kind);
      case 'waiting':
        return log.info(facts, 'waiting for the broker');
      case 'closed':
        return log.debug(kind);
      case 'store-waiting':
        return log.warn(facts, /jetstream/i.test(event.reason) ? `${kind}: ${needsJetStream}` : kind);
      case 'handler-failed':
      case 'overrun':
      case 'permission-refused':
      case 'slow-consumer': {
        const now = performance.now();
        if (now - (toldAt.get(kind) ?? Number.NEGATIVE_INFINITY) < 1_000) return;
        toldAt.set(kind, now);
        return log.warn(facts, kind);
      }
      default:
        return log.warn(facts, kind);
    }
  };
}
