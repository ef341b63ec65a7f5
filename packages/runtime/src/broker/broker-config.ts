import { randomBytes } from 'node:crypto';
import { permissionsOf } from './permissions.js';
import { type BrokerRole, roles } from './roles.js';

/** What a broker's configuration is made of. Paths are as the broker's process sees them. */
export interface BrokerSettings {
  readonly listen: Address;
  /** Where JetStream keeps what must last. */
  readonly storeFolder: string;
  /**
   * Bytes that it stores at most, which it tells to whoever asks for the room that is left; -1, or left out: as many as nats-server takes
   * by itself, three quarters of what the disk has free when it starts, and those it tells to nobody.
   */
  readonly mostStored?: number | { readonly variable: string };
  readonly passwords: Readonly<Record<BrokerRole, Secret>>;
  /** Without it, passwords and tensors travel unencrypted. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** Where it answers over HTTP how it is (`/healthz`); nowhere where it is left out. */
  readonly monitor?: Address;
}

/** That all roles are users of. An account of its own has bounds that its users are told, which the server's do not. */
export const brokerAccount = 'sparring';

/** A password, or the environment variable that the broker's process finds it in. */
export type Secret = string | { readonly variable: string };

export interface Address {
  readonly host: string;
  /** -1 takes any that is free. */
  readonly port: number;
}

/** A new password: 192 random bits, in letters that need no quoting anywhere. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

/** The text of a configuration for nats-server 2.9 or newer: a user per role, JetStream, and no more than it needs. */
export function brokerConfig({
  listen,
  storeFolder,
  mostStored = -1,
  passwords,
  tls,
  monitor,
}: BrokerSettings): string {
  const most = typeof mostStored === 'number' ? String(mostStored) : `$${mostStored.variable}`;
  const holdsSecrets = Object.values(passwords).some((password) => typeof password === 'string');
  const lines = [
    `# The broker of a sparring cluster.${holdsSecrets ? ' Holds secrets: readable by its owner alone.' : ''}`,
    `listen: ${quoted(showAddress(listen))}`,
    ...(monitor ? [`http: ${quoted(showAddress(monitor))}`] : []),
    'server_name: "sparring"',
    '',
    // The account may not be promised more than the server has.
    `jetstream { store_dir: ${quoted(storeFolder)}, max_file_store: ${most} }`,
    '',
    "# A client's unsent bytes: several times the largest parameters (76 MB), which are sent to it at once.",
    'max_pending: 512MB',
    '# How long one write to a client may take: 76 MB through 20 Mbit/s.',
    'write_deadline: "30s"',
    '# Notices within half a minute that a client is gone whose machine lost its power.',
    'ping_interval: "10s"',
    'ping_max: 2',
    'max_connections: 1024',
    '',
    ...(tls ? [`tls { cert_file: ${quoted(tls.certFile)}, key_file: ${quoted(tls.keyFile)} }`, ''] : []),
    'authorization { timeout: 5 }',
    'accounts {',
    `  ${brokerAccount} {`,
    `    jetstream { max_file: ${most} }`,
    '    users: [',
    ...roles.flatMap((role) => userLines(role, passwords[role])),
    '    ]',
    '  }',
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** `host:port`, with an IPv6 address in brackets. */
export function showAddress({ host, port }: Address): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function userLines(role: BrokerRole, password: Secret): string[] {
  const { publish, subscribe } = permissionsOf(role);
  return [
    '      {',
    `        user: ${quoted(role)}, password: ${typeof password === 'string' ? quoted(password) : `$${password.variable}`}`,
    '        permissions: {',
    ...subjectLines('publish', publish),
    ...subjectLines('subscribe', subscribe),
    '        }',
    '      }',
  ];
}

function subjectLines(verb: string, subjects: readonly string[]): string[] {
  return [
    `          ${verb}: { allow: [`,
    ...subjects.map((subject) => `            ${quoted(subject)}`),
    '          ] }',
  ];
}

function quoted(text: string): string {
  // The configuration's language knows fewer escapes than JSON.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\x00-\x1f]/.test(text))
    throw new Error(`${JSON.stringify(text)}: got a control character; takes printable text`);
  return JSON.stringify(text);
}
