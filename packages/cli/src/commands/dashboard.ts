import type { Command } from 'commander';
import type { DashboardOptions } from '../page/serve-dashboard.js';
import { withListen } from './page-options.js';

export function addDashboard(program: Command): void {
  withListen(program.command('dashboard'))
    .summary('show runs on a page, finished or not')
    .description(
      'Serves the page of the runs of a folder: those that are finished, and those that some process trains at this moment. Ctrl-C ends it.',
    )
    .argument('[folder]', 'a folder of runs, or a run: its folder, its id, or the beginning of its id', 'runs')
    .addHelpText(
      'after',
      `
Examples:
  sparring dashboard
  sparring dashboard demo-s0
  sparring dashboard /data/runs --listen 0.0.0.0:9464

It shows what the folders hold, and changes nothing but a run's pictures.json, which it makes anew from the last checkpoint.
"sparring train" has a page of its own while it trains, with more to see.`,
    )
    .action(async (folder: string, options: DashboardOptions) => {
      const { serveDashboard } = await import('../page/serve-dashboard.js');
      await serveDashboard(folder, options);
    });
}
