import type { RunFolder } from '@sparring/runtime';
import { closingTable, robustnessRemark } from '../presentation/closing-table.js';
import { duration } from '../presentation/figures.js';
import type { Screen } from '../presentation/screen.js';
import { tableRows } from '../presentation/table-rows.js';
import type { RunSummary } from '../train/summary.js';

/** The closing words of a run that was trained elsewhere. */
export async function concludeFetched(folder: RunFolder, screen: Screen): Promise<void> {
  const config = folder.readShownConfig();
  const summary = (await folder.readSummary()) as RunSummary;
  const rows = tableRows(config, summary);
  const { bounds } = config.attack;
  const { examples } = summary.evaluation;
  screen.say();
  screen.say(closingTable(rows, config.evaluation, { examples, bounds, colors: screen.colors }));
  screen.say();
  const remark = robustnessRemark(rows, config.evaluation);
  if (remark) screen.say(`${screen.colors.yellow(remark)}\n`);
  if (!summary.reproducible) {
    screen.say(
      screen.colors.yellow('Workers of unlike arithmetic were allowed: another team may come to other bits.\n'),
    );
  }
  const digests = `parameters ${summary.parametersDigest.slice(0, 16)}, optimizer ${summary.optimizerDigest.slice(0, 16)}`;
  screen.say(`Training took ${duration(summary.trainingSeconds)}. Digests: ${digests}.`);
  screen.result(summary);
}
