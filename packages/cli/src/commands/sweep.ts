import { type Command, Option } from 'commander';
import type { ClusterOptions } from '../sweep/cluster/cluster-view.js';
import type { ControlOptions } from '../sweep/control-sweep.js';
import type { SweepOptions } from '../sweep/sweep-options.js';
import { withBroker } from './cluster-options.js';
import { wholeNumber } from './number-options.js';
import { collect } from './option-values.js';
import { withPage } from './page-options.js';
import { UsageError } from './usage-error.js';

export function addSweep(program: Command): void {
  const sweep = withPage(program.command('sweep'))
    .summary('train one configuration, or a grid of them, with many seeds')
    .description(
      'Trains every configuration of a grid with every seed, several runs at a time, and closes with a table. Given again after whatever ended it, the same command goes on where it was.',
    )
    // Its subcommands have options of the same names.
    .enablePositionalOptions()
    .argument('[recipe]', 'a recipe (see: sparring recipes), or the path of a YAML file')
    .option('--seeds <seeds>', 'such as 0..99, or 0..4,10,20')
    .option('--grid <key=v1,v2>', 'an option to vary; may be given several times', collect)
    .option('--set <key=value>', 'change an option of the recipe; may be given several times', collect)
    .option('--engine <engine>', 'what computes, as for train')
    .addOption(slots())
    .option('--baseline <values>', 'the configuration to compare with, such as "alpha=1 batch=50"')
    .addOption(
      new Option('--max-attempts <n>', 'how often a run may throw before it has failed')
        .default(3)
        .argParser(wholeNumber(1)),
    )
    .option('--fail-fast', 'stop when a run has failed')
    .option('--prune [epochs]', 'give up runs that are worse than the median of those before them at these epochs')
    .option('--cluster', 'have it computed by the cluster that the environment names (SPARRING_NATS_URL)')
    .option('--nats <url>', 'have it computed by the cluster at this NATS server')
    .option('--credentials <file>', 'the same, with what "sparring credentials" wrote for clients')
    .option('--out <folder>', "where the runs' folders are made", 'runs')
    .option('--json', 'print the table and all runs as the last line of stdout, and all else on stderr')
    .addHelpText(
      'after',
      `
Examples:
  sparring sweep demo --seeds 0..19
  sparring sweep maxout-240 --seeds 0..9 --grid alpha=.5,1 --baseline alpha=1
  sparring sweep ./my-recipe.yaml --seeds 0..99 --grid batch=50,100 --grid attack.epsilon=.1,.25 --slots 4
  sparring sweep status demo
  sparring sweep resume demo --slots 8
  sparring sweep demo --seeds 0..99 --credentials credentials/client.env

A run that is finished in the output folder is not computed again, whichever sweep or "sparring train" made it.`,
    )
    .action(async (recipe: string | undefined, options: Partial<SweepOptions> & ClusterOptions) => {
      if (recipe === undefined) throw new UsageError('say what to sweep over, as in: sparring sweep demo --seeds 0..9');
      if (options.seeds === undefined) throw new UsageError('say over which seeds, as in: --seeds 0..9');
      if (isOfCluster(options)) {
        const { submitSweep } = await import('../sweep/cluster/submit-sweep.js');
        return submitSweep(recipe, options as SweepOptions & ClusterOptions);
      }
      const { startSweep } = await import('../sweep/start-sweep.js');
      await startSweep(recipe, options as SweepOptions);
    });
  addControls(sweep);
}

export function addSweeps(program: Command): void {
  withCluster(program.command('sweeps'))
    .summary('list sweeps and how far they are')
    .description('Lists the sweeps of an output folder, or of a cluster, with how many of their runs are done.')
    .addOption(out())
    .option('--json', 'print the list as JSON on one line')
    .addHelpText('after', '\nExamples:\n  sparring sweeps\n  sparring sweeps --out /data/runs --json')
    .action(async (options: { out: string; json?: boolean } & ClusterOptions) => {
      if (isOfCluster(options)) {
        const { listClusterSweeps } = await import('../sweep/cluster/cluster-sweeps.js');
        return listClusterSweeps(options);
      }
      const { showSweeps } = await import('../sweep/show-sweeps.js');
      await showSweeps(options);
    });
}

function addControls(sweep: Command): void {
  control(
    sweep,
    'status',
    'where a sweep stands, and its table so far',
    'Shows where a sweep stands, its table so far, and what failed.',
  )
    .option('--json', 'print it as JSON on one line, each run included')
    .option('--csv', 'print the table as CSV')
    .action(async (id: string, options: { out: string; json?: boolean; csv?: boolean } & ClusterOptions) => {
      if (isOfCluster(options)) {
        const { showClusterSweep } = await import('../sweep/cluster/cluster-sweeps.js');
        return showClusterSweep(id, options);
      }
      const { showSweep } = await import('../sweep/show-sweeps.js');
      await showSweep(id, options);
    });
  for (const [wish, what] of [
    ['pause', 'stop a sweep for the time being'],
    ['cancel', 'stop a sweep for good'],
  ] as const) {
    control(
      sweep,
      wish,
      what,
      `Has whoever computes a sweep write checkpoints and stop. "sparring sweep resume" goes on.`,
    ).action(async (id: string, options: ControlOptions & ClusterOptions) => {
      if (isOfCluster(options)) {
        const { changeClusterSweep } = await import('../sweep/cluster/cluster-sweeps.js');
        return changeClusterSweep(id, wish, options);
      }
      const { stopSweep } = await import('../sweep/control-sweep.js');
      await stopSweep(id, wish, options);
    });
  }
  for (const [verb, what, description] of [
    ['resume', 'go on with a sweep', 'Goes on with a sweep from its last checkpoints, whatever ended it.'],
    ['retry', 'try failed runs again', 'Gives failed runs new attempts, and goes on with the sweep.'],
  ] as const) {
    withPage(control(sweep, verb, what, description))
      .addOption(slots())
      .option('--json', 'print the table and all runs as the last line of stdout, and all else on stderr')
      .action(async (id: string, options: ControlOptions & ClusterOptions) => {
        if (isOfCluster(options)) {
          const { goOnInCluster } = await import('../sweep/cluster/cluster-sweeps.js');
          return goOnInCluster(id, verb, options);
        }
        const { resumeSweep, retrySweep } = await import('../sweep/control-sweep.js');
        await (verb === 'resume' ? resumeSweep : retrySweep)(id, options);
      });
  }
  control(
    sweep,
    'rm',
    'forget a sweep',
    'Removes a sweep and the folders of its runs, but for those that another sweep has too.',
  )
    .option('--keep-runs', "leave the runs' folders")
    .action(async (id: string, options: { out: string; keepRuns?: boolean } & ClusterOptions) => {
      if (isOfCluster(options)) {
        if (options.keepRuns) throw new UsageError('--keep-runs is for the folders of sweeps in this process');
        const { changeClusterSweep } = await import('../sweep/cluster/cluster-sweeps.js');
        return changeClusterSweep(id, 'remove', options);
      }
      const { removeSweep } = await import('../sweep/control-sweep.js');
      await removeSweep(id, options);
    });
}

function control(sweep: Command, verb: string, summary: string, description: string): Command {
  return withCluster(sweep.command(verb))
    .summary(summary)
    .description(description)
    .argument('<id>', "the sweep's id, or the beginning of it (see: sparring sweeps)")
    .addOption(out())
    .addHelpText('after', `\nExamples:\n  sparring sweep ${verb} demo-1a2b3c4d`);
}

function withCluster(command: Command): Command {
  return withBroker(command).option('--cluster', 'of the cluster that the environment names (SPARRING_NATS_URL)');
}

function isOfCluster(options: ClusterOptions): boolean {
  return options.cluster === true || options.nats !== undefined || options.credentials !== undefined;
}

function slots(): Option {
  return new Option('--slots <n>', 'runs at a time, each with a compute thread; default: one a core').argParser(
    wholeNumber(1),
  );
}

function out(): Option {
  return new Option('--out <folder>', 'where the runs are').default('runs');
}
