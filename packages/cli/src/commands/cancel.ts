import type { Command } from 'commander';
import type { ConnectionOptions } from '../cluster/connection.js';
import { withBroker } from './cluster-options.js';

export function addCancel(program: Command): void {
  withBroker(program.command('cancel'))
    .summary("end a cluster's run")
    .description('Ends a run of a cluster, or takes it out of the queue. What it has stored so far is kept.')
    .argument('<run>', "the run's id, or the beginning of it")
    .addHelpText('after', '\nExamples:\n  sparring cancel demo-s0 --credentials credentials/client.env')
    .action(async (run: string, options: ConnectionOptions) => {
      const { cancelRun } = await import('../cluster/cancel-run.js');
      await cancelRun(run, options);
    });
}
