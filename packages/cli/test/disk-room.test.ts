import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConfig } from '@sparring/runtime';
import { expand, newRecord, type RunBytes } from '@sparring/sweep';
import { checkRoomToFetch } from '../dist/sweep/cluster/fetch-room.js';
import { Scratch } from '../dist/sweep/cluster/scratch.js';
import { bytesOfRun } from '../dist/sweep/disk-need.js';
import { SharedData } from '../dist/sweep/shared-data.js';

const data = ['data={ set: synthetic, synthetic: { train: 300, test: 100, side: 8, classes: 4 }, validation: 100 }'];
const configOf = (...set: string[]) => resolveConfig({ recipeOrFile: 'softmax', set: [...data, ...set] }).config;
const petabyte = 1e15;

async function bytesWith(...set: string[]): Promise<RunBytes> {
  const config = configOf(...set);
  return bytesOfRun(config, await new SharedData().load(config.data));
}

function recordOf(bytes: RunBytes) {
  return newRecord({
    ...{ name: 'many', source: 'softmax', grid: [], seeds: [0, 1] },
    configurations: [{ label: 'many', config: configOf(), dataChecksum: 'data', bytes }],
    ...{ code: 'code', engine: 'onnx:cpu', baseline: null, failFast: false, maxAttempts: 2, prune: null },
    published: null,
  });
}

it('a run has its last checkpoint, with early stopping the best too, and of a twin as many', async () => {
  const plain = await bytesWith();
  // 64 inputs, 4 classes: parameters, and a velocity where there is momentum.
  expect(plain.checkpoint).toBeGreaterThan(65 * 4 * 4);
  expect(plain.checkpoints).toBe(plain.checkpoint);
  expect((await bytesWith('earlyStop={ patience: 3 }')).checkpoints).toBe(2 * plain.checkpoint);
  expect((await bytesWith('twin=true')).checkpoints).toBe(2 * plain.checkpoint);
  expect((await bytesWith('epochs=1000')).files).toBeGreaterThan(1_000 * 500);
});

it('a run gets a folder while the disk has room for it and for those that are under way', async () => {
  const scratch = new Scratch();
  const [small, large] = [
    { checkpoint: 1_000, checkpoints: 2_000, files: 1_000 },
    { checkpoint: 1, checkpoints: petabyte, files: 1 },
  ];
  expect(await scratch.fault(small)).toBeNull();
  expect(await scratch.fault(large)).toMatch(/^the disk of .* is too small: runs may take 1\.0 PB there, .* are free/);
  const { path, leave } = await scratch.place(large);
  expect(await scratch.fault(small)).toMatch(/those that are under way here included/);
  mkdirSync(path);
  await leave();
  expect(existsSync(path)).toBe(false);
  expect(await scratch.fault(small)).toBeNull();
  await scratch.remove();
});

it('a sweep is refused whose results the disk has no room for, but for those that are there', async () => {
  const out = mkdtempSync(join(tmpdir(), 'sparring-fetch-'));
  const record = recordOf({ checkpoint: 1, checkpoints: 1, files: petabyte });
  try {
    await expect(checkRoomToFetch(join(out, 'not', 'there', 'yet'), record)).rejects.toThrow(
      /the disk is too small: what 2 runs come to may take 2\.0 PB, .* are free; .*--out/,
    );
    expect(existsSync(join(out, 'not'))).toBe(false);
    for (const { folder } of expand(record)) {
      mkdirSync(join(out, folder));
      writeFileSync(join(out, folder, 'summary.json'), '{}');
    }
    await checkRoomToFetch(out, record);
  } finally {
    rmSync(out, { recursive: true });
  }
});
