import type { Command } from 'commander';
import type { CoordinatorOptions } from '../cluster/coordinator-process.js';
import { withBroker, withModels } from './cluster-options.js';
import { withPage } from './page-options.js';

export function addCoordinator(program: Command): void {
  withPage(withModels(withBroker(program.command('coordinator'))))
    .summary('train what a cluster is asked to')
    .description(
      'Trains the runs that are submitted to a cluster, one after the other, by whatever trainers and attackers there are. Beside one that is at work, another waits, and takes over three seconds after it has fallen silent.',
    )
    .addHelpText(
      'after',
      `
Examples:
  sparring coordinator --credentials credentials/coordinator.env
  sparring coordinator --nats nats://broker.example:4222
  sparring coordinator --credentials credentials/coordinator.env --models /srv/models

Its state is in the broker's store (JetStream): a new coordinator goes on from the last checkpoint, to the same bits.`,
    )
    .action(async (options: CoordinatorOptions) => {
      const { runCoordinator } = await import('../cluster/coordinator-process.js');
      await runCoordinator(options);
    });
}
