import { writeConfigYaml } from '@sparring/runtime';
import { type RunState, type SweepRecord, showSeeds, tableWords, tabulate } from '@sparring/sweep';
import { subjectOf } from '../view/facts.js';
import { mostConfigurations, type SweepTableView } from '../view/sweep-view.js';

/** What of a sweep never changes: it is told once. */
export function factsOfSweep(record: SweepRecord) {
  const { id, name, source, engine, configurations, seeds, code, createdAt, grid, prune } = record;
  const [first] = configurations;
  const checksums = [...new Set(configurations.map(({ dataChecksum }) => dataChecksum))];
  return {
    ...{ id, name, source, engine, subject: subjectOf(first!.config), seeds: showSeeds(seeds) },
    configurations: configurations.slice(0, mostConfigurations).map(({ label }) => label),
    numConfigurations: configurations.length,
    facts: {
      sweep: id,
      source,
      begun: createdAt,
      seeds: showSeeds(seeds),
      ...(grid.length > 0 ? { grid: grid.map(({ key, values }) => `${key}=${values.join(',')}`).join('  ') } : {}),
      ...(prune ? { 'median rule': `on the ${prune.on}, at the epochs ${prune.epochs.join(', ')}` } : {}),
      engine,
      'hash of the code': code,
      [checksums.length === 1 ? 'data checksum' : 'data checksums']: checksums.slice(0, 10).join(' '),
    },
    config: writeConfigYaml(first!.config),
  };
}

export type SweepFacts = ReturnType<typeof factsOfSweep>;

/** The table of its first configurations. */
export function tableView(record: SweepRecord, states: readonly RunState[]): SweepTableView {
  const table = tabulate(record, states);
  return tableWords({ ...table, rows: table.rows.slice(0, mostConfigurations) });
}
