import type { Command } from 'commander';
import type { ConnectionOptions } from '../cluster/connection.js';
import { withBroker } from './cluster-options.js';

export function addFollow(program: Command): void {
  withBroker(program.command('follow'))
    .summary("watch a cluster's run, and fetch it at its end")
    .description('Shows a run of a cluster until it ends, then fetches its folder. Ctrl-C detaches: the run goes on.')
    .argument('<run>', "the run's id, or the beginning of it")
    .option('--out <folder>', "where the run's folder is put", 'runs')
    .option('--json', 'print summary.json as the last line of stdout, and all else on stderr')
    .addHelpText('after', '\nExamples:\n  sparring follow demo-s0 --credentials credentials/client.env')
    .action(async (run: string, options: ConnectionOptions & { out: string; json?: boolean }) => {
      const { Client } = await import('../cluster/client.js');
      const { followRun } = await import('../cluster/follow-run.js');
      const { openScreen } = await import('../presentation/screen.js');
      const client = await Client.connect(options);
      try {
        await followRun(client, (await client.find(run)).run, { ...options, screen: openScreen(options) });
      } finally {
        await client.close();
      }
    });
}
