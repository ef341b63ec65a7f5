import { existsSync } from 'node:fs';
import { ConfigError, type ConfigFault } from '../config/config-error.js';
import { readCredentials, type WrittenConnection } from './credentials-file.js';
import { type BrokerRole, isRole } from './roles.js';

/** What a command line says of the broker. */
export interface ConnectionRequest {
  /** `--nats`: one address or several, with commas between. */
  readonly nats?: string | undefined;
  /** `--credentials`: a file as `sparring credentials` writes it. */
  readonly credentials?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** How to reach the broker. */
export interface BrokerConnection {
  readonly servers: readonly string[];
  /** null at a broker that asks for none. */
  readonly credentials: { readonly user: string; readonly password: string } | null;
  /** null where the connection need not be encrypted. */
  readonly tls: { readonly caFile: string | null } | null;
  /** The role whose permissions and inboxes the broker gives to this user; null where it is none of them. */
  readonly role: BrokerRole | null;
}

/**
 * Merges what names the broker. The address comes from `--nats`, else the credentials file, else the environment; user, password and
 * CA come from the file where there is one, else from the environment, never partly from either. Returns null where none of them
 * names a broker.
 * @throws ConfigError with all faults
 */
export function resolveConnection({ nats, credentials, environment = {} }: ConnectionRequest): BrokerConnection | null {
  const elsewhere = nats ?? environment.SPARRING_NATS_URL;
  const written: WrittenConnection =
    credentials === undefined ? environment : readCredentials(credentials, { needsUrl: !elsewhere });
  const url = nats ?? (written.SPARRING_NATS_URL || elsewhere);
  if (!url) return null;
  const { SPARRING_NATS_USER: user, SPARRING_NATS_PASSWORD: password, SPARRING_NATS_CA: caFile } = written;
  const servers = url.split(',').map((server) => server.trim());
  const faults = [
    ...servers.flatMap((server, index) => {
      // The message must not repeat a password, which may hold a comma.
      const mayBeSecret = servers.slice(index).some((other) => other.includes('@'));
      return serverFault(nats === undefined ? 'SPARRING_NATS_URL' : 'nats', server, mayBeSecret);
    }),
    ...pairFault(user, password),
    ...caFault(caFile),
  ];
  if (faults.length > 0) throw new ConfigError('connection to the broker', faults);
  const mustEncrypt = caFile || servers.some((server) => server.startsWith('tls://'));
  return {
    servers,
    credentials: user && password ? { user, password } : null,
    tls: mustEncrypt ? { caFile: caFile || null } : null,
    role: user && isRole(user) ? user : null,
  };
}

/** Whether a text is one broker's address, as `nats://host:4222`; scheme and port may be left out. */
export function isBrokerAddress(text: string): boolean {
  return /^(?:(?:nats|tls):\/\/)?(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.test(text);
}

function serverFault(path: string, server: string, mayBeSecret: boolean): ConfigFault[] {
  const takes = 'addresses as nats://host:4222 or tls://host:4222, with commas between';
  if (isBrokerAddress(server)) return [];
  if (mayBeSecret) {
    const hint = 'or in SPARRING_NATS_USER and SPARRING_NATS_PASSWORD: command lines can be seen by others';
    return [{ path, got: 'a user in the address', takes: 'addresses alone; users go into a credentials file', hint }];
  }
  return [{ path, got: JSON.stringify(server), takes, hint: null }];
}

function pairFault(user: string | undefined, password: string | undefined): ConfigFault[] {
  if (Boolean(user) === Boolean(password)) return [];
  const [given, absent] = user ? ['USER', 'PASSWORD'] : ['PASSWORD', 'USER'];
  return [
    { path: `SPARRING_NATS_${absent}`, got: 'nothing', takes: `a value beside SPARRING_NATS_${given}`, hint: null },
  ];
}

function caFault(caFile: string | undefined): ConfigFault[] {
  if (!caFile || existsSync(caFile)) return [];
  return [
    {
      path: 'SPARRING_NATS_CA',
      got: JSON.stringify(caFile),
      takes: 'the path of a certificate that is there',
      hint: null,
    },
  ];
}
