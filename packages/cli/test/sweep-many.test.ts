import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConfig } from '@sparring/runtime';
import { expand, Ledger, type LedgerEvent, newRecord, RunLine, tableText, tabulate } from '@sparring/sweep';
import { Book } from '../dist/sweep/book.js';
import { sweepJson } from '../dist/sweep/sweep-json.js';

const config = resolveConfig({ recipeOrFile: 'softmax' }).config;
const record = newRecord({
  ...{ name: 'many', source: 'softmax', grid: [], seeds: Array.from({ length: 200 }, (_, seed) => seed) },
  configurations: Array.from({ length: 50 }, (_, n) => ({
    label: `epochs=${n + 1}`,
    config: { ...config, epochs: n + 1 },
    dataChecksum: 'data',
  })),
  ...{ code: 'code', engine: 'onnx:cpu', baseline: 'epochs=1', failFast: false, maxAttempts: 3, prune: null },
  published: null,
});

let out: string;
beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'sparring-many-'));
  const at = new Date().toISOString();
  const digests = { parametersDigest: 'p'.repeat(64), optimizerDigest: 'o'.repeat(64) };
  const events = expand(record).flatMap(({ identity, folder, seed }): LedgerEvent[] => {
    mkdirSync(join(out, folder));
    const common = { sweep: record.id, identity, at, folder };
    const result = { clean: seed / 1_000, fgsm: 0.5, pgd: 1, seconds: seed, steps: 10, ...digests };
    return [
      { ...common, kind: 'claimed', step: 0 },
      { ...common, kind: 'done', result },
    ];
  });
  await new Ledger(out).append(...events);
});
afterAll(() => rmSync(out, { recursive: true }));

describe('ten thousand runs', () => {
  it('are read, tabulated and told', async () => {
    const book = await Book.open(out, record);
    expect(book.count('done')).toBe(10_000);
    expect(tableText(tabulate(record, book.states.values()))).toContain(
      'epochs=50: 200 of 200 runs, best seed 0 by clean error',
    );
    expect(JSON.parse(JSON.stringify(sweepJson(book)))).toMatchObject({ counts: { done: 10_000 } });
  });

  it('are laid out, and each is handed out once', async () => {
    const book = await Book.open(join(out, 'none'), record);
    const line = new RunLine(book.states.values());
    let handed = 0;
    while (line.take() !== 'later') handed++;
    expect(handed).toBe(10_000);
  });
});
