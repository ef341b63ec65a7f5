import type { Command } from 'commander';

export function addCredentials(program: Command): void {
  program
    .command('credentials')
    .summary("write a broker's configuration and credentials for each role")
    .description(
      'Writes what a cluster needs to know of its broker: a configuration for nats-server, and for each role (coordinator, trainer, attacker, client) a file with its own random password. "sparring up" does this by itself.',
    )
    .argument('[folder]', 'where the files are written; default: credentials')
    .option(
      '--listen <host:port>',
      'where the broker listens; 0.0.0.0:4222 for other machines; default: 127.0.0.1:4222',
    )
    .option('--url <url>', 'what processes are told to connect to; where left out, where the broker listens')
    .option(
      '--store <folder>',
      'where the broker keeps checkpoints and runs; where left out, jetstream beside the files',
    )
    .option(
      '--store-size <size>',
      'how much it may keep there, such as 200GB, so that a sweep that needs more is refused',
    )
    .option('--tls-cert <file>', "the broker's certificate, so that connections are encrypted")
    .option('--tls-key <file>', "the certificate's private key")
    .option('--tls-ca <file>', "who signed the certificate, where the machines' own lists do not have it")
    .option(
      '--compose <folder>',
      'write what the cluster of a compose.yaml needs, into its folder: all passwords into .env, and files for other machines into credentials',
    )
    .option('--force', 'replace files that are there, and with them the passwords')
    .option('--json', 'print what was written as JSON on one line')
    .addHelpText(
      'after',
      `
Examples:
  sparring credentials
  sparring credentials /etc/sparring --listen 0.0.0.0:4222 --url nats://broker.example:4222
  sparring credentials --listen 0.0.0.0:4222 --tls-cert cert.pem --tls-key key.pem --tls-ca ca.pem
  sparring credentials --compose deploy

The files hold secrets: they are readable by you alone. A process needs its own role's file, or its lines as environment
variables (SPARRING_NATS_URL, SPARRING_NATS_USER, SPARRING_NATS_PASSWORD, SPARRING_NATS_CA), and no other.`,
    )
    .action(async (folder: string | undefined, options: Omit<CredentialsOptions, 'folder'>) => {
      const { writeCredentials } = await import('../credentials/write-credentials.js');
      await writeCredentials({ ...options, ...(folder !== undefined && { folder }) });
    });
}

/** The options of `credentials`, as commander hands them over. */
export interface CredentialsOptions {
  readonly folder?: string;
  readonly listen?: string;
  readonly url?: string;
  readonly store?: string;
  readonly storeSize?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsCa?: string;
  readonly compose?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}
