import type { Command } from 'commander';

/** The options by which every command of a cluster finds its broker. */
export function withBroker(command: Command): Command {
  return command
    .option('--nats <url>', 'the NATS server, as nats://host:4222; default: SPARRING_NATS_URL')
    .option(
      '--credentials <file>',
      'a file that "sparring credentials" wrote; default: SPARRING_NATS_USER and _PASSWORD',
    );
}
