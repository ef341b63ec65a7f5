import type { DataSet } from '@sparring/data';
import type { RunConfig } from '@sparring/runtime';
import type { RunSummary } from '../train/summary.js';
import type { PhaseResult } from '../train/train-phase.js';
import { closingTable, robustnessRemark, type TableRow } from './closing-table.js';
import { count, duration, plural } from './figures.js';
import type { Screen } from './screen.js';
import { whereTimeWent } from './where-time-went.js';

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
    ...timeLines(config, net, fusedRate),
  ];
}

/** The net, and its twin where there is one, as the tables name them. */
export function tableRows(
  { alpha }: Pick<RunConfig, 'alpha'>,
  { test, twin }: Pick<RunSummary, 'test'> & { readonly twin: Pick<RunSummary, 'test'> | null },
): TableRow[] {
  const name = alpha === 1 ? 'the net, trained without an adversary' : 'the adversarially trained net';
  return [{ name, test }, ...(twin ? [{ name: 'its twin, trained without', test: twin.test }] : [])];
}

function timeLines({ batch }: RunConfig, net: PhaseResult, fusedRate: number | null): string[] {
  const { plan, ledger, stepsHere, secondsHere, updateSeconds } = net;
  if (stepsHere === 0) return [];
  const spent = {
    ...{ trainers: plan.trainers, attackers: plan.attackers, trainingSeconds: secondsHere, updateSeconds },
    trainerSeconds: ledger.busyMs('advance', 'whole pass', 'clean pass', 'adversarial pass') / 1_000,
    attackSeconds: ledger.busyMs('attack') / 1_000,
  };
  const lines = whereTimeWent(spent);
  if (fusedRate !== null) {
    const fusedSeconds = (stepsHere * batch) / fusedRate;
    const workers = `${plural(plan.trainers, 'trainer')} and ${plural(plan.attackers, 'attacker')}`;
    lines.push(
      `${count(stepsHere)} steps took ${workers} ${duration(secondsHere)}; one trainer with the attack fused into its passes`,
      `would have taken about ${duration(fusedSeconds)}, to the same bits (a sample of further steps says so).`,
    );
  }
  return lines;
}
