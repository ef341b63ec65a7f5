import type { DataSet } from '@sparring/data';
import type { RunConfig } from '@sparring/runtime';
import { closingTable, robustnessRemark } from '../presentation/closing-table.js';
import { plural } from '../presentation/figures.js';
import { fusedLines } from '../presentation/fused-lines.js';
import type { Screen } from '../presentation/screen.js';
import { tableRows } from '../presentation/table-rows.js';
import { whereTimeWent } from '../presentation/where-time-went.js';
import type { RunSummary } from './summary.js';
import type { PhaseResult } from './train-phase.js';

interface Conclusion {
  readonly config: RunConfig;
  readonly dataSet: DataSet;
  readonly screen: Screen;
  readonly summary: RunSummary;
  readonly net: PhaseResult;
  /** Examples a second of one trainer with the attack fused; null where that was not measured. */
  readonly fusedRate: number | null;
}

/** What a run has to say at its end, line by line. */
export function closingWords({ config, dataSet, screen, summary, net, fusedRate }: Conclusion): string[] {
  const { colors } = screen;
  const rows = tableRows(config, summary);
  const remark = robustnessRemark(rows, config.evaluation);
  const { bounds } = config.attack;
  return [
    '',
    closingTable(rows, config.evaluation, { examples: dataSet.test.size, bounds, colors }),
    '',
    ...(remark ? [colors.yellow(remark), ''] : []),
    ...rollbackLines(summary),
    ...timeLines(config, net, fusedRate),
  ];
}

function rollbackLines({ rollbacks, status }: RunSummary): string[] {
  if (rollbacks === 0 || status === 'collapsed') return [];
  return [`Its collapse was met ${plural(rollbacks, 'time')} by going back to the last good probe.`, ''];
}

function timeLines({ batch, replicas }: RunConfig, net: PhaseResult, fusedRate: number | null): string[] {
  const { plan, ledger, stepsHere, secondsHere, updateSeconds } = net;
  if (stepsHere === 0) return [];
  const { trainers, attackers } = plan;
  const trainerSeconds = ledger.stepsMs('trainer') / 1_000;
  const attackerSeconds = ledger.stepsMs('attacker') / 1_000;
  const lines = whereTimeWent({
    ...{ replicas, trainers, attackers, trainingSeconds: secondsHere, trainerSeconds, attackerSeconds, updateSeconds },
  });
  if (fusedRate === null) return lines;
  const fusedSeconds = (stepsHere * batch) / fusedRate;
  return [...lines, ...fusedLines({ trainers, attackers, steps: stepsHere, seconds: secondsHere, fusedSeconds })];
}
