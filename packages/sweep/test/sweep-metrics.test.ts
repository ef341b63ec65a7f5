import { resolveConfig } from '@sparring/runtime';
import { ProcessMetrics } from '@sparring/runtime/metrics';
import { expand, freshStates, newRecord, SweepMetrics } from '../dist/index.js';

const { config } = resolveConfig({ recipeOrFile: 'softmax' });
const recordOf = (numSeeds: number) =>
  newRecord({
    ...{ name: 'many', source: 'softmax', grid: [], seeds: Array.from({ length: numSeeds }, (_, seed) => seed) },
    configurations: [{ label: 'many', config, dataChecksum: 'data' }],
    ...{
      code: 'code',
      engine: 'onnx:cpu',
      baseline: null,
      failFast: false,
      maxAttempts: 3,
      prune: null,
      published: null,
    },
  });

async function told(numSeeds: number): Promise<{ text: string; after: string; id: string }> {
  const record = recordOf(numSeeds);
  const states = freshStates(expand(record));
  const digests = { parametersDigest: 'p', optimizerDigest: 'o' };
  for (const state of states.values()) {
    const { seed } = state.run;
    if (seed < 4)
      Object.assign(state, {
        ...{
          status: 'done',
          result: { clean: 0.1 * (seed + 1), fgsm: 0.5, pgd: null, seconds: 10, steps: 1, ...digests },
        },
      });
    else if (seed === 4) state.status = 'failed';
    else if (seed < 8) state.status = 'claimed';
  }
  const metrics = new ProcessMetrics('sweep', '1');
  const sweep = new SweepMetrics(
    metrics,
    record,
    () => states.values(),
    () => ({ slots: 3, busySlots: 2, etaSeconds: 12 }),
  );
  const text = await metrics.text();
  sweep.end();
  return { text, after: await metrics.text(), id: record.id };
}

const series = (text: string) => text.split('\n').filter((line) => line.startsWith('sparring_sweep_'));

describe("a sweep's metrics", () => {
  it('say where its runs stand, what slots do, when it is done, and what was come to', async () => {
    const { text, id } = await told(10);
    const runs = (state: string) =>
      new RegExp(`sparring_sweep_runs\\{sweep="${id}",state="${state}"\\} (\\d+)`).exec(text)?.[1];
    expect(['waiting', 'running', 'done', 'failed', 'pruned'].map(runs)).toEqual(['3', '2', '4', '1', '0']);
    expect(text).toContain(`sparring_sweep_slots{sweep="${id}"} 3`);
    expect(text).toContain(`sparring_sweep_busy_slots{sweep="${id}"} 2`);
    expect(text).toContain(`sparring_sweep_eta_seconds{sweep="${id}"} 12`);
    expect(text).toContain(`sparring_sweep_error_ratio{sweep="${id}",attack="clean",statistic="mean"} 0.25`);
    expect(text).not.toContain('attack="pgd"');
  });

  it('are as many for ten thousand runs as for ten, and go when it ends', async () => {
    const [few, many] = [await told(10), await told(10_000)];
    expect(series(many.text)).toHaveLength(series(few.text).length);
    expect(series(many.after)).toEqual([]);
  });
});
