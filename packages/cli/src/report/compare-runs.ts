import { existsSync } from 'node:fs';
import {
  attackTitles,
  compareHtml,
  configDifferences,
  type Difference,
  errorOf,
  FolderRun,
  netOf,
  type RunView,
  shortName,
} from '@sparring/dashboard';
import { findRun, type RunConfig, shortDigest, writeAtomically } from '@sparring/runtime';
import { count, duration, percent } from '../presentation/figures.js';
import { invocation, shortPath } from '../presentation/invocation.js';
import { plainTable } from '../presentation/plain-table.js';
import { openScreen } from '../presentation/screen.js';

/** The options of `compare`, as commander hands them over. */
export interface CompareOptions {
  readonly html?: string;
  readonly runs: string;
  readonly json?: boolean;
}

/** Marks an error of a run that is not finished. */
const notTested = '*';
const attacks = ['clean', 'fgsm', 'pgd'] as const;

/** `sparring compare`: runs side by side. @throws RunFolderError where one of them is not there, or none of what there is is a run */
export async function compareRuns(asked: readonly string[], options: CompareOptions): Promise<void> {
  const screen = openScreen(options);
  const { paths, others } = sortOut(asked, options.runs);
  const runs: FolderRun[] = [];
  for (const path of new Set(paths)) runs.push(await FolderRun.open(path, invocation()));
  const views = runs.map((run) => run.view());
  const differences = configDifferences(runs.map(({ config }) => optionsOf(config)));
  const { bold, dim } = screen.colors;
  if (others.length > 0) screen.say(dim(`Left out, being no run: ${others.map((path) => shortPath(path)).join(', ')}`));
  const lines = views.map(line);
  screen.say(plainTable([head(views).map((name) => bold(name)), ...lines]));
  if (lines.flat().some((cell) => cell.endsWith(notTested))) {
    screen.say(dim(`  ${notTested} on the validation examples: the run is not finished`));
  }
  screen.say();
  screen.say(differencesText(views, differences, bold));
  if (options.html !== undefined) {
    await writeAtomically(options.html, compareHtml(views, differences));
    screen.say();
    screen.say(`${shortPath(options.html)} is written.`);
  }
  screen.result({ runs: views.map(resultOf), differences });
}

/**
 * What was asked for, without what is there and is no run: `runs/*` names the reports and the sweeps of a folder too.
 * @throws RunFolderError where something is not there, or nothing is left
 */
function sortOut(asked: readonly string[], root: string): { paths: string[]; others: string[] } {
  const paths: string[] = [];
  const others: string[] = [];
  let refusal: unknown;
  for (const run of asked) {
    try {
      paths.push(findRun(run, root));
    } catch (error) {
      if (!existsSync(run)) throw error;
      others.push(run);
      refusal ??= error;
    }
  }
  if (paths.length === 0) throw refusal;
  return { paths, others };
}

function head(views: readonly RunView[]): string[] {
  return ['run', ...attackTitles(views), 'steps', 'time', 'examples/s', 'parameters'];
}

function line(view: RunView): string[] {
  const record = netOf(view).records.at(-1);
  const errors = attacks.map((attack) => {
    const found = errorOf(view, attack);
    return found ? `${percent(found.error)}${found.isTested ? '' : notTested}` : '–';
  });
  const { step, trainingSeconds, examplesPerSecond, parametersDigest } = record ?? {};
  return [
    shortName(view),
    ...errors,
    step === undefined ? '–' : count(step),
    trainingSeconds === undefined ? '–' : duration(trainingSeconds),
    examplesPerSecond === undefined ? '–' : count(examplesPerSecond),
    parametersDigest === undefined ? '–' : shortDigest(parametersDigest),
  ];
}

/** By the names that one writes. */
function optionsOf({ name: _, checkpointEveryMs, ...config }: RunConfig): object {
  return { ...config, checkpointEverySeconds: checkpointEveryMs / 1_000 };
}

function differencesText(
  views: readonly RunView[],
  differences: readonly Difference[],
  bold: (text: string) => string,
): string {
  if (views.length < 2) return '';
  if (differences.length === 0) return 'Their configurations are the same.';
  const rows = differences.map(({ option, values }) => [option, ...values]);
  return `${bold('Where their configurations differ:')}\n\n${plainTable([['', ...views.map(shortName)], ...rows])}`;
}

function resultOf(view: RunView) {
  const record = netOf(view).records.at(-1);
  return {
    ...{ runId: view.id, name: view.name, seed: view.seed, status: view.status },
    errors: Object.fromEntries(attacks.map((attack) => [attack, errorOf(view, attack)])),
    steps: record?.step ?? null,
    trainingSeconds: record?.trainingSeconds ?? null,
    examplesPerSecond: record?.examplesPerSecond ?? null,
    parametersDigest: record?.parametersDigest ?? null,
  };
}
