import { type Command, Option } from 'commander';
import type { PageOptions } from '../page/page-options.js';
import { collect, numberIfAny } from './option-values.js';
import { withPage } from './page-options.js';
import { UsageError } from './usage-error.js';

export function addTrain(program: Command): void {
  withPage(program.command('train'))
    .summary('train a net, and its twin for comparison')
    .description('Trains what a recipe or a YAML file describes, measures it, and keeps it all in a folder of its own.')
    .argument('[recipe]', 'a recipe (see: sparring recipes), or the path of a YAML file')
    .option('--set <key=value>', 'change an option of the recipe; may be given several times', collect)
    .addOption(new Option('--seed <n>', 'seed of everything random').argParser(numberIfAny))
    .addOption(new Option('--trainers <n>', 'trainers; planned where left out').argParser(numberIfAny))
    .addOption(new Option('--attackers <n>', 'attackers; planned where left out').argParser(numberIfAny))
    .option(
      '--engine <engine>',
      'what computes: auto, onnx:cpu, onnx:webgpu, onnx:cuda, tfjs:tensorflow, tfjs:wasm, tfjs:cpu',
    )
    .option('--cluster', 'have it trained by the cluster that the environment names (SPARRING_NATS_URL)')
    .option('--nats <url>', 'have it trained by the cluster at this NATS server')
    .option('--credentials <file>', 'the same, with what "sparring credentials" wrote for clients')
    .option('--out <folder>', "where the run's folder is made", 'runs')
    .option('--json', 'print summary.json as the last line of stdout, and all else on stderr')
    .addHelpText(
      'after',
      `
Examples:
  sparring train demo
  sparring train demo --seed 3 --out /tmp/runs
  sparring train maxout-240 --set batch=512 --set epochs=20 --trainers 2
  sparring train pgd --set attack.iterations=10 --attackers 1
  sparring train ./my-recipe.yaml --json | tail -n 1
  sparring train maxout-240 --credentials credentials/client.env

Ctrl-C ends the current step and writes a checkpoint; "sparring resume" goes on from there, to the same bits.
How many trainers and attackers there are changes how fast the result comes, never the result.`,
    )
    .action(async (recipe: string | undefined, options: TrainOptions) => {
      if (recipe === undefined) throw new UsageError(await whatToGive());
      // Faults are told before anything that computes is loaded.
      const { resolveConfig } = await import('@sparring/runtime');
      const { set = [], seed, trainers, attackers, engine } = options;
      const overrides = { seed, trainers, attackers, engine };
      const { config } = resolveConfig({ recipeOrFile: recipe, set, overrides });
      if (options.cluster || options.nats !== undefined || options.credentials !== undefined) {
        if (trainers !== undefined || attackers !== undefined) {
          throw new UsageError(
            '--trainers and --attackers are for runs in this process; a cluster has workers of its own',
          );
        }
        const { submitRun } = await import('../cluster/submit-run.js');
        return submitRun(config, options);
      }
      const { startRun } = await import('../train/start-run.js');
      await startRun(config, options);
    });
}

/** The options of `train`, as commander hands them over. */
export interface TrainOptions extends PageOptions {
  readonly set?: readonly string[];
  readonly seed?: number | string;
  readonly trainers?: number | string;
  readonly attackers?: number | string;
  readonly engine?: string;
  readonly cluster?: boolean;
  readonly nats?: string;
  readonly credentials?: string;
  readonly out: string;
  readonly json?: boolean;
}

async function whatToGive(): Promise<string> {
  const { listRecipes } = await import('@sparring/runtime');
  const names = listRecipes().map(({ name }) => name);
  return `say what to train: a recipe (${names.join(', ')}) or the path of a YAML file, as in: sparring train demo`;
}
