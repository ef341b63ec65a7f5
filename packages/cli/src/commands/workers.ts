import { type Command, Option } from 'commander';
import type { WorkerProcessOptions } from '../cluster/worker-process.js';
import { withBroker, withModels } from './cluster-options.js';
import { withEndpoint } from './endpoint-options.js';
import { wholeNumber } from './number-options.js';

/** `sparring trainer` and `sparring attacker`. */
export function addWorkers(program: Command): void {
  add(
    program,
    'trainer',
    'compute gradients for a cluster',
    'Turns leased batches into gradients, or takes whole steps when it is alone.',
  );
  add(
    program,
    'attacker',
    'make adversarial examples for a cluster',
    'Turns leased batches into adversarial ones, against the current parameters, while trainers compute clean passes.',
  );
}

function add(program: Command, role: 'trainer' | 'attacker', summary: string, description: string): void {
  withEndpoint(withModels(withBroker(program.command(role))))
    .summary(summary)
    .description(`${description}\nIt may be started and stopped at any time: the result does not depend on it.`)
    .addOption(
      new Option('--threads <n>', `${role}s in this process, each with a compute thread`)
        .argParser(wholeNumber(1))
        .default(1),
    )
    .addHelpText(
      'after',
      `
Examples:
  sparring ${role} --credentials credentials/${role}.env
  sparring ${role} --nats nats://broker.example:4222 --threads 4`,
    )
    .action(async (options: WorkerProcessOptions) => {
      const { runWorkers } = await import('../cluster/worker-process.js');
      await runWorkers(role, options);
    });
}
