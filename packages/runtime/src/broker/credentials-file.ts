import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError, type ConfigFault, showValue } from '../config/config-error.js';

/** How a process reaches the broker, as it is written into a file or the environment. */
export interface WrittenConnection {
  /** One address or several, with commas between: `nats://host:port`, or `tls://` where the connection must be encrypted. */
  readonly SPARRING_NATS_URL?: string;
  readonly SPARRING_NATS_USER?: string;
  readonly SPARRING_NATS_PASSWORD?: string;
  /** The file with the certificate of who signed the broker's. In a credentials file, relative to that file. */
  readonly SPARRING_NATS_CA?: string;
}

export const connectionVariables = [
  'SPARRING_NATS_URL',
  'SPARRING_NATS_USER',
  'SPARRING_NATS_PASSWORD',
  'SPARRING_NATS_CA',
] as const satisfies readonly (keyof WrittenConnection)[];

/** A credentials file's text: lines of KEY=value, as shells and `docker run --env-file` read them. */
export function credentialsText(written: WrittenConnection): string {
  const lines = connectionVariables.flatMap((name) =>
    written[name] === undefined ? [] : [`${name}=${written[name]}`],
  );
  return `${lines.join('\n')}\n`;
}

/**
 * Reads a credentials file. Lines that set anything else are left alone, so that it may be a larger env file.
 * @throws ConfigError when it cannot be read, or lacks the user, the password or, where it is needed, the address
 */
export function readCredentials(file: string, { needsUrl = true } = {}): WrittenConnection {
  const written = Object.fromEntries(assignments(read(file))) as WrittenConnection;
  const faults = connectionVariables
    .filter((name) => !written[name] && name !== 'SPARRING_NATS_CA' && (needsUrl || name !== 'SPARRING_NATS_URL'))
    .map((name): ConfigFault => ({ path: name, got: 'nothing', takes: takenBy[name], hint: null }));
  if (faults.length > 0) throw new ConfigError(file, faults);
  const ca = written.SPARRING_NATS_CA;
  return ca ? { ...written, SPARRING_NATS_CA: resolve(dirname(file), ca) } : written;
}

const takenBy: Record<keyof WrittenConnection, string> = {
  SPARRING_NATS_URL: "the broker's address, as nats://host:4222",
  SPARRING_NATS_USER: 'the name of a user of the broker, as trainer',
  SPARRING_NATS_PASSWORD: "that user's password",
  SPARRING_NATS_CA: 'the path of a certificate',
};

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const hint = 'sparring credentials writes one for each role';
    throw new ConfigError('credentials', [
      { path: 'credentials', got: showValue(file), takes: `a file that can be read (${code})`, hint },
    ]);
  }
}

function assignments(text: string): [string, string][] {
  return text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const [, name, value = ''] = /^\s*(?:export\s+)?(\w+)\s*=(.*)$/.exec(line) ?? [];
    if (name === undefined || !(connectionVariables as readonly string[]).includes(name)) return [];
    return [[name, value.trim().replace(/^(["'])(.*)\1$/, '$2')]];
  });
}
