import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSpec } from '@sparring/data';
import { Recent } from '../dist/sweep/recent.js';
import { SharedData } from '../dist/sweep/shared-data.js';

test('data that was not there is looked for again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sparring-data-'));
  const shared = new SharedData();
  const spec = { kind: 'idx', path: join(folder, 'later') } as unknown as DataSpec;
  const first = shared.load(spec);
  await expect(first).rejects.toThrow();
  expect(shared.load(spec)).not.toBe(first);
  rmSync(folder, { recursive: true });
});

test('of what was used, the last few are kept', () => {
  const recent = new Recent<number>(2);
  recent.set('a', 1);
  recent.set('b', 2);
  expect(recent.get('a')).toBe(1);
  recent.set('c', 3);
  expect(['a', 'b', 'c'].map((key) => recent.get(key))).toEqual([1, undefined, 3]);
});
