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

/** Seconds of processor time, which a busy machine does not stretch as it does time. */
async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe('ten thousand runs', () => {
  it('are read, tabulated and told in less than two seconds', async () => {
    let book: Book | undefined;
    const seconds = await secondsOf(async () => {
      book = await Book.open(out, record);
      tableText(tabulate(record, book.states.values()));
      JSON.stringify(sweepJson(book));
    });
    expect(book!.count('done')).toBe(10_000);
    expect(seconds).toBeLessThan(2);
  });

  it('are laid out in less than two seconds, and each is handed out at once', async () => {
    let handed = 0;
    const seconds = await secondsOf(async () => {
      const book = await Book.open(join(out, 'none'), record);
      const line = new RunLine(book.states.values());
      while (line.take() !== 'later') handed++;
    });
    expect(handed).toBe(10_000);
    expect(seconds).toBeLessThan(2);
  });
});
