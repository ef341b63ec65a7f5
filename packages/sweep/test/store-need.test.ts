import { resolveConfig } from '@sparring/runtime';
import { expand, newRecord, roomForCheckpoints, shortage, storeNeed } from '../dist/index.js';

const { config } = resolveConfig({ recipeOrFile: 'softmax' });
const bytes = { checkpoint: 1e6, checkpoints: 2e6, files: 1e4 };

function sweepOf(runs: number, changes: object = {}) {
  const record = newRecord({
    ...{ name: 'many', source: 'softmax', grid: [], seeds: Array.from({ length: runs }, (_, seed) => seed) },
    configurations: [{ label: 'many', config, dataChecksum: 'data', bytes, ...changes }],
    ...{ code: 'code', engine: 'onnx:cpu', baseline: null, failFast: false, maxAttempts: 2, prune: null },
    published: null,
  });
  return { record, states: expand(record).map((run) => ({ run, status: 'waiting' as const })) };
}

it('a sweep needs room for what all its runs come to, and for the checkpoints of those that are computed at once, twice', () => {
  const need = storeNeed([sweepOf(100)], 8);
  expect(need).toEqual({ runs: 100, results: 100 * (1e4 + 4_096), atWork: 8, checkpoints: 2 * 8 * (2e6 + 1e4) });
  expect(storeNeed([sweepOf(3)], 8).atWork).toBe(3);
});

it('runs that are done, failed or given up need nothing more', () => {
  const sweep = sweepOf(10);
  const statuses = ['done', 'failed', 'pruned', 'claimed', 'waiting'] as const;
  const states = sweep.states.map(({ run }, number) => ({ run, status: statuses[Math.min(number, 4)]! }));
  expect(storeNeed([{ ...sweep, states }], 8)).toMatchObject({ runs: 7, atWork: 7 });
});

it('sweeps side by side share the trainers, which may all be at the largest', () => {
  const large = sweepOf(50, { bytes: { ...bytes, checkpoints: 5e6 } });
  expect(storeNeed([sweepOf(50), large], 8)).toMatchObject({ runs: 100, checkpoints: 2 * 8 * (5e6 + 1e4) });
});

it('of records from before anything was estimated, entries alone are known', () => {
  expect(storeNeed([sweepOf(10, { bytes: undefined })], 8)).toMatchObject({ results: 40_960, checkpoints: 0 });
});

it('a sixteenth of the store is not for checkpoints', () => {
  expect(roomForCheckpoints({ used: 5e6, most: 16e6 })).toBe(10e6);
  expect(roomForCheckpoints({ used: 15.5e6, most: 16e6 })).toBe(0);
});

it('where there is no room, it is said what is needed, what is there, and what to do', () => {
  const need = storeNeed([sweepOf(100)], 8);
  const enough = ((need.results + need.checkpoints) * 16) / 15 + 1;
  expect(shortage(need, { used: 0, most: enough })).toBeNull();
  expect(shortage(need, { used: 1e6, most: enough })).toBe(
    'the broker\'s store is too small: with all sweeps that are to run it may take 33.6 MB more (1.4 MB for what 100 runs come to, 32.2 MB for the checkpoints of 8 trainers), and 32.6 MB of 35.8 MB are free: sweep over fewer seeds, forget sweeps that are done ("sweep rm"), take fewer trainers, or give the broker a larger store (--store-size, or "max_file" in its configuration)',
  );
});
