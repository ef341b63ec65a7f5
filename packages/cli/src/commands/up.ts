import { type Command, Option } from 'commander';
import type { UpOptions } from '../up/run-cluster.js';
import { wholeNumber } from './number-options.js';
import { collect, numberIfAny } from './option-values.js';
import { withPage } from './page-options.js';

export function addUp(program: Command): void {
  withPage(program.command('up'))
    .summary('start a whole cluster on this machine')
    .description(
      'Starts a NATS server, a coordinator, trainers and attackers as processes, and starts anew whichever dies. With a recipe the cluster trains it and is taken down; without one it stays up until Ctrl-C.',
    )
    .argument('[recipe]', 'what to train, as for train')
    .addOption(new Option('--trainers <n>', 'trainer processes').argParser(wholeNumber(0)).default(2))
    .addOption(new Option('--attackers <n>', 'attacker processes').argParser(wholeNumber(0)).default(0))
    .option('--set <key=value>', 'change an option of the recipe; may be given several times', collect)
    .addOption(new Option('--seed <n>', 'seed of everything random').argParser(numberIfAny))
    .option(
      '--models <folder>',
      "load models of JavaScript files from this folder, beside the working directory and the recipe's own; may be given several times",
      collect,
    )
    .option('--state <folder>', 'where credentials, store and log are kept', '.sparring')
    .option('--out <folder>', "where the run's folder is put", 'runs')
    .option('--json', 'print summary.json as the last line of stdout, and all else on stderr')
    .addHelpText(
      'after',
      `
Examples:
  sparring up --trainers 2 --attackers 2 demo
  sparring up --trainers 8
  sparring up maxout-240 --trainers 2 --set localSteps=64 --set replicas=2

Kill what you like, or the whole machine: the same command goes on from the last checkpoint, to the same bits.`,
    )
    .action(
      async (recipe: string | undefined, options: UpOptions & { set?: readonly string[]; seed?: number | string }) => {
        const { resolveConfig } = await import('@sparring/runtime');
        const { set = [], seed } = options;
        const resolved =
          recipe === undefined ? null : resolveConfig({ recipeOrFile: recipe, set, overrides: { seed } });
        const { runCluster } = await import('../up/run-cluster.js');
        await runCluster(resolved?.config ?? null, options);
      },
    );
}
