import { setTimeout as delay } from 'node:timers/promises';
import { type ConnectionOptions, connect, errors, type NatsConnection, type TlsOptions } from '@nats-io/transport-node';
import type { BusEvent } from './bus-event.js';

/** Where the broker is, and who connects to it. */
export interface NatsOptions {
  /** As `nats://host:port`, or `tls://host:port`. */
  readonly servers: string | readonly string[];
  readonly credentials?: { readonly user: string; readonly password: string } | null;
  /** Files with the certificates that are trusted, and with this process's own; null for a connection that need not be encrypted. */
  readonly tls?: TlsFiles | null;
  /** What the broker calls this process in its log. */
  readonly name: string;
  /** What the subjects begin with on which answers come. Default `_INBOX`. */
  readonly inboxPrefix?: string;
  /** Not to be sent what this process publishes itself; it is, unless this is said. */
  readonly noEcho?: boolean;
  /** Whether to try until the broker can be reached; default true. Refused credentials are an error in any case. */
  readonly waitForServer?: boolean;
  /** Ends the waiting for it. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: BusEvent) => void;
}

export interface TlsFiles {
  readonly caFile?: string | null;
  readonly certFile?: string | null;
  readonly keyFile?: string | null;
}

/**
 * A connection that comes back by itself whenever it is lost.
 * @throws where the broker is not waited for and cannot be reached, or takes neither credentials nor certificates
 */
export async function connectToNats(options: NatsOptions, waits: ReconnectWaits): Promise<NatsConnection> {
  const { waitForServer = true, signal, onEvent } = options;
  const server = showServers(options);
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await connect(connectionOptions(options, waits));
    } catch (error) {
      const { message } = error as Error;
      if (!mayPass(error as Error))
        throw new Error(`the NATS server at ${server} refuses this process: ${message}. ${checkThese}`);
      if (!waitForServer)
        throw new Error(`no NATS server at ${server}: ${message}. Start one (nats-server -js), or name another`);
      if (attempt === 1) onEvent?.({ kind: 'waiting', server, reason: message });
      waits.failed();
      await delay(waits.current, undefined, signal ? { signal } : {}).catch(() => {});
    }
  }
}

const checkThese = 'Check user, password and certificates against its configuration';

/** How long to wait before the next attempt to connect: from .2 to 2 s, unlike others' that lost it at the same moment. */
export class ReconnectWaits {
  #attempts = 0;
  /** Milliseconds. */
  current = 0;

  constructor() {
    this.succeeded();
  }

  failed(): void {
    this.#attempts += 1;
    this.current = this.#next();
  }

  succeeded(): void {
    this.#attempts = 0;
    this.current = this.#next();
  }

  #next(): number {
    return Math.min(200 * 1.5 ** this.#attempts, 1_600) * (0.75 + Math.random() / 2);
  }
}

export function showServers({ servers }: Pick<NatsOptions, 'servers'>): string {
  return typeof servers === 'string' ? servers : servers.join(', ');
}

function connectionOptions(options: NatsOptions, waits: ReconnectWaits): ConnectionOptions {
  const { servers, credentials, tls, name, inboxPrefix = '_INBOX', noEcho = false } = options;
  return {
    servers: [servers].flat() as string[],
    ...(credentials ? { user: credentials.user, pass: credentials.password } : {}),
    ...(tls ? { tls: given(tls) } : {}),
    name,
    inboxPrefix,
    noEcho,
    timeout: 5_000,
    // A broker or a network that does not answer is noticed within 15 s.
    pingInterval: 5_000,
    maxPingOut: 2,
    maxReconnectAttempts: -1,
    reconnectDelayHandler: () => waits.current,
    // Credentials that are refused today may be those of a broker that is being set up.
    ignoreAuthErrorAbort: true,
  };
}

/** Without what is null. */
function given(files: TlsFiles): TlsOptions {
  return Object.fromEntries(Object.entries(files).filter(([, file]) => file));
}

/** Whether it is worth trying again. */
function mayPass(error: Error): boolean {
  if (error instanceof errors.AuthorizationError || error instanceof errors.InvalidArgumentError) return false;
  const code = codeOf(error) ?? codeOf(error.cause) ?? '';
  return !/TLS|SSL|CERT|SIGNED|UNABLE_TO/.test(code) && !/'tls'|doesn't exist|certificate/i.test(error.message);
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
