import { type RunState, tabulate } from '@sparring/sweep';
import type { SweepView } from './sweep-view.js';

/** A sweep for programs: its table, and each run with what it came to. */
export function sweepJson(book: SweepView) {
  const { record, states } = book;
  const { id, name, source, createdAt, seeds, grid, baseline, prune, code, engine } = record;
  return {
    ...{ sweep: id, name, source, createdAt, seeds, grid, baseline, prune, code, engine },
    counts: countsOf(book),
    table: tabulate(record, states.values()),
    runs: Array.from(states.values(), ({ run, status, folder, attempts, error, pruned, result }) => ({
      ...{ number: run.number, configuration: record.configurations[run.configuration]!.label, seed: run.seed },
      ...{ identity: run.identity, status, attempts, error, pruned, result },
      // Nobody has claimed it: there is no folder.
      folder: status === 'waiting' ? null : folder,
    })),
  };
}

export function countsOf(book: SweepView) {
  const of = (status: RunState['status']) => book.count(status);
  return {
    runs: book.states.size,
    ...{ done: of('done'), failed: of('failed'), pruned: of('pruned'), begun: of('claimed'), waiting: of('waiting') },
  };
}
