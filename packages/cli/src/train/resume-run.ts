import { join } from 'node:path';
import { loadDataSet } from '@sparring/data';
import { checkAgainstData, findRun, RunFolder, resolveConfig } from '@sparring/runtime';
import { chooseEngine } from '../host/index.js';
import type { PageOptions } from '../page/page-options.js';
import { closingTable, robustnessRemark } from '../presentation/closing-table.js';
import { shortPath } from '../presentation/invocation.js';
import { openScreen } from '../presentation/screen.js';
import { tableRows } from '../presentation/table-rows.js';
import { finishRun } from './finish-run.js';
import { listenForInterruption } from './interruption.js';
import type { RunSummary } from './summary.js';

/** The options of `resume`, as commander hands them over. */
export interface ResumeOptions extends PageOptions {
  readonly trainers?: number | string;
  readonly attackers?: number | string;
  readonly out: string;
  readonly json?: boolean;
}

/** `sparring resume`: whichever net was being trained goes on from its last checkpoint. */
export async function resumeRun(options: ResumeOptions & { readonly run: string }): Promise<void> {
  const startedAt = performance.now();
  const screen = openScreen(options);
  // Whoever ends it must give the folder back.
  const interruption = listenForInterruption();
  const folder = await RunFolder.open(findRun(options.run, options.out)).catch((error) => {
    interruption.release();
    throw error;
  });
  try {
    // As written there, but for the workers: whoever computes, the bits are the same.
    const { trainers, attackers } = options;
    const { config } = resolveConfig({
      recipeOrFile: join(folder.path, 'config.yaml'),
      overrides: { trainers, attackers },
    });
    const summary = (await folder.readSummary()) as RunSummary | null;
    if (summary) {
      screen.say(`${shortPath(folder.path)} is finished: there is nothing to resume.`);
      const rows = tableRows(config, summary);
      const { bounds } = config.attack;
      const { examples } = summary.evaluation;
      screen.say();
      screen.say(closingTable(rows, config.evaluation, { examples, bounds, colors: screen.colors }));
      const remark = robustnessRemark(rows, config.evaluation);
      if (remark) screen.say(`\n${remark}`);
      screen.result(summary);
      return;
    }
    const dataSet = await loadDataSet(config.data);
    checkAgainstData(config, dataSet);
    const { engine } = await chooseEngine(config, dataSet);
    screen.say(
      `${screen.colors.bold(config.name)}, seed ${config.seed}, resumed in ${shortPath(folder.path)}, on ${engine}`,
    );
    await finishRun({ folder, config, engine, dataSet, screen, interruption, startedAt }, options);
  } finally {
    await folder.release();
    interruption.release();
  }
}
