import type { Command } from 'commander';
import type { ConnectionOptions } from '../cluster/connection.js';
import { withBroker } from './cluster-options.js';

export function addStatus(program: Command): void {
  withBroker(program.command('status'))
    .summary("show a cluster's workers and runs")
    .description('Shows who coordinates a cluster, which workers are alive, and what became of its runs.')
    .option('--json', 'print all of it as one line of JSON on stdout, and the rest on stderr')
    .addHelpText('after', '\nExamples:\n  sparring status --credentials credentials/client.env')
    .action(async (options: ConnectionOptions & { json?: boolean }) => {
      const { showStatus } = await import('../cluster/show-status.js');
      await showStatus(options);
    });
}
