import { resolveConfig } from '@sparring/runtime';
import {
  apply,
  expand,
  freshStates,
  type LedgerEvent,
  newRecord,
  tableCsv,
  tableText,
  tabulate,
} from '../dist/index.js';

const config = (...set: string[]) => resolveConfig({ recipeOrFile: 'demo', set }).config;
const record = newRecord({
  ...{ name: 'demo', source: 'demo', grid: [{ key: 'alpha', values: ['.5', '1'] }], seeds: [0, 1, 2, 3, 4, 5, 6] },
  configurations: [
    { label: 'alpha=.5', config: config(), dataChecksum: 'd' },
    { label: 'alpha=1', config: config('alpha=1'), dataChecksum: 'd' },
  ],
  ...{ code: 'code', engine: 'onnx:cpu', baseline: 'alpha=1', failFast: false, maxAttempts: 1, prune: null },
  published: { clean: 0.00782, source: 'arXiv 1412.6572, section 6' },
});

/** Six seeds of each done; of the seventh one failed and the other is given up. */
function states() {
  const all = freshStates(expand(record));
  const events = [...all.values()].map(({ run: { identity, configuration, seed, folder } }): LedgerEvent => {
    const common = { sweep: record.id, identity, at: '2026-11-23T12:00:00.000Z' };
    if (seed === 6 && configuration === 0) return { ...common, kind: 'threw', error: 'the loss is NaN', final: true };
    if (seed === 6) return { ...common, kind: 'pruned', epoch: 5, error: 0.9, median: 0.5 };
    const fgsm = configuration === 0 ? 0.05 + 0.01 * ((seed + 3) % 6) : 1;
    const digests = { parametersDigest: 'p', optimizerDigest: 'o' };
    return {
      ...common,
      kind: 'done',
      folder,
      result: { clean: 0.02, fgsm, pgd: null, seconds: 10, steps: 1, ...digests },
    };
  });
  apply(all, events, { id: record.id, maxAttempts: 1 });
  return all;
}

describe('the table', () => {
  const table = tabulate(record, states().values());

  it('counts what is done, failed and given up, and describes the rest', () => {
    const [trained, plain] = table.rows;
    expect(trained).toMatchObject({
      label: 'alpha=.5',
      planned: 7,
      done: 6,
      failed: 1,
      pruned: 0,
      bestSeed: 3,
      bestBy: 'fgsm',
    });
    expect(plain).toMatchObject({ label: 'alpha=1', done: 6, failed: 0, pruned: 1, bestSeed: 0, against: null });
    // .05, .06, … .10
    expect(trained!.figures.fgsm).toMatchObject({ n: 6, min: 0.05, max: expect.closeTo(0.1, 12) });
    expect(trained!.figures.fgsm!.mean).toBeCloseTo(0.075, 12);
    expect(trained!.figures.fgsm!.std).toBeCloseTo(Math.sqrt(0.00175 / 5), 12);
    expect(trained!.figures.pgd).toBeNull();
    expect(trained!.against!.fgsm).toMatchObject({ n: 6, test: { pValue: 1 / 32 } });
    expect(trained!.against!.clean).toMatchObject({ meanDifference: 0, test: { pValue: 1 } });
  });

  it('is text with the paper beside it', () => {
    expect(tableText(table)).toEqual([
      'Errors on the test examples, ε = 0.25, clipped; ± one standard deviation of the sample.',
      '',
      'alpha=.5: 6 of 7 runs, 1 failed, best seed 3 by error under FGSM',
      '              mean ± std     min      max   paper  more than alpha=1 [95 % interval]  p (Wilcoxon)',
      '  clean    2.00 ± 0.00 %  2.00 %   2.00 %  0.78 %        +0.00 [+0.00, +0.00] points        1.0000',
      '  FGSM     7.50 ± 1.87 %  5.00 %  10.00 %       –     −92.50 [−94.46, −90.54] points         .0313',
      '  seconds     10.0 ± 0.0    10.0     10.0                          +0.0 [+0.0, +0.0]        1.0000',
      '',
      'alpha=1 (baseline): 6 of 7 runs, 1 given up and left out, which flatters the figures, best seed 0 by clean error',
      '                mean ± std       min       max   paper',
      '  clean      2.00 ± 0.00 %    2.00 %    2.00 %  0.78 %',
      '  FGSM     100.00 ± 0.00 %  100.00 %  100.00 %       –',
      '  seconds       10.0 ± 0.0      10.0      10.0',
      '',
      'Paper: arXiv 1412.6572, section 6.',
    ]);
  });

  it('does not claim one ε for configurations that are measured with several', () => {
    const [one, other] = record.configurations;
    const wider = { ...other!.config, evaluation: { ...other!.config.evaluation, epsilon: 0.1, pgdIterations: 7 } };
    const mixed = { ...record, configurations: [one!, { ...other!, config: wider }] };
    const text = tableText(tabulate(mixed, states().values()));
    expect(text[0]).toBe(
      "Errors on the test examples, each configuration's own ε, clipped; ± one standard deviation of the sample.",
    );
  });

  it('is CSV with a line for each configuration and figure', () => {
    const lines = tableCsv(table).trimEnd().split('\n');
    expect(lines).toHaveLength(1 + 2 * 4);
    const cells = (line: string) => line.split(',');
    const [head, clean, fgsm] = lines.map(cells);
    const row = Object.fromEntries(head!.map((name, n) => [name, fgsm![n]]));
    expect(new Set(lines.map((line) => cells(line).length)).size).toBe(1);
    expect(row).toMatchObject({ configuration: 'alpha=.5', figure: 'fgsm', n: '6', pairs: '6', method: 'exact' });
    expect(clean![head!.indexOf('published')]).toBe('0.00782');
  });
});

describe('a record', () => {
  it('has the same id for what computes the same, and another otherwise', () => {
    const { format: _, id, order: __, createdAt: ___, ...asked } = record;
    expect(newRecord({ ...asked, baseline: null, maxAttempts: 9, failFast: true }).id).toBe(id);
    expect(newRecord({ ...asked, seeds: [0] }).id).not.toBe(id);
    expect(newRecord({ ...asked, code: 'other' }).id).not.toBe(id);
  });
});
