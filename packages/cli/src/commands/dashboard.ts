import { type Command, InvalidArgumentError, Option } from 'commander';
import type { DashboardOptions } from '../page/serve-dashboard.js';

const usual = { host: '127.0.0.1', port: 9464 } as const;

export function addDashboard(program: Command): void {
  program
    .command('dashboard')
    .summary('show runs and sweeps on a page, finished or not')
    .description(
      'Serves the page of the runs and sweeps of a folder: those that are finished, and those that some process is at. Ctrl-C ends it.',
    )
    .argument(
      '[folder]',
      'a folder of runs; or a run or a sweep: its folder, its id, or the beginning of its id',
      'runs',
    )
    .addOption(
      new Option('--listen <host:port>', 'where the page is; the next free port where that one is taken')
        .argParser(parseListen)
        .default(usual, `${usual.host}:${usual.port}`),
    )
    .addHelpText(
      'after',
      `
Examples:
  sparring dashboard
  sparring dashboard demo-s0
  sparring dashboard demo-1a2b3c4d
  sparring dashboard /data/runs --listen 0.0.0.0:9464

It shows what the folders hold, and changes nothing but a run's pictures.json, which it makes anew from the last checkpoint.
/metrics, /healthz and /readyz are answered at the same port.
"sparring train" has a page of its own while it trains, with more to see.`,
    )
    .action(async (folder: string, options: DashboardOptions) => {
      const { serveDashboard } = await import('../page/serve-dashboard.js');
      await serveDashboard(folder, options);
    });
}

function parseListen(value: string): { readonly host: string; readonly port: number } {
  const [, host, port] = /^(?:(.+):)?(\d+)$/.exec(value) ?? [];
  if (port === undefined || Number(port) > 65_535) {
    throw new InvalidArgumentError('It takes host:port, such as 0.0.0.0:9464, or a port.');
  }
  return { host: host?.replace(/^\[(.*)\]$/, '$1') ?? usual.host, port: Number(port) };
}
