import type { Group } from './definition.js';
import { busMetrics, refusalMetrics } from './definitions/bus-metrics.js';
import { clusterMetrics } from './definitions/cluster-metrics.js';
import { probeMetrics } from './definitions/probe-metrics.js';
import { processMetrics } from './definitions/process-metrics.js';
import { runMetrics } from './definitions/run-metrics.js';
import { stepMetrics } from './definitions/step-metrics.js';
import { sweepMetrics } from './definitions/sweep-metrics.js';
import { workMetrics } from './definitions/work-metrics.js';
import { servingMetrics, workerMetrics } from './definitions/worker-metrics.js';

/** Every metric of sparring's own, in the order of docs/METRICS.md. */
export const catalogue: readonly Group[] = [
  ...[runMetrics, probeMetrics, stepMetrics, workMetrics, clusterMetrics, sweepMetrics],
  ...[workerMetrics, servingMetrics, busMetrics, refusalMetrics, processMetrics],
];

/** The catalogue as tables in Markdown: what docs/METRICS.md holds between its two marks. */
export function catalogueTables(): string {
  return catalogue.map((group) => `### ${group.title}\n\nOf ${list(group.places)}.\n\n${tableOf(group)}`).join('\n\n');
}

function tableOf({ metrics }: Group): string {
  const rows = Object.values(metrics).map(({ name, kind, labels, help }) => {
    const shown = Object.keys(labels).map((label) => `\`${label}\``);
    return `| \`${name}\` | ${kind} | ${shown.join(', ')} | ${help} |`;
  });
  const values = new Map(Object.values(metrics).flatMap(({ labels }) => Object.entries(labels)));
  const notes = [...values].map(([label, taken]) => {
    const known = typeof taken === 'string' ? taken : list(taken.map((value) => (value ? `\`${value}\`` : 'nothing')));
    return `* \`${label}\`: ${known}`;
  });
  const table = ['| name | type | labels | meaning |', '|---|---|---|---|', ...rows].join('\n');
  return notes.length > 0 ? `${table}\n\n${notes.join('\n')}` : table;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
