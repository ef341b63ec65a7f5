import type { Command } from 'commander';
import { collect } from './option-values.js';

/** The options by which every command of a cluster finds its broker. */
export function withBroker(command: Command): Command {
  return command
    .option('--nats <url>', 'the NATS server, as nats://host:4222; default: SPARRING_NATS_URL')
    .option(
      '--credentials <file>',
      'a file that "sparring credentials" wrote; default: SPARRING_NATS_USER and _PASSWORD',
    );
}

/** A model's file is a program, named by whoever submits a run: it is run only where whoever starts the process has allowed it. */
export function withModels(command: Command): Command {
  return command.option(
    '--models <folder>',
    'load models of JavaScript files from this folder, beside those that SPARRING_MODELS names; may be given several times; without either, none is loaded',
    collect,
  );
}
