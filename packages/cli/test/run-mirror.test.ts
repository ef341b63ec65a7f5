import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HeldRun, SweepStore } from '@sparring/sweep';
import { RunMirror } from '../dist/sweep/cluster/run-mirror.js';

test('of what another has stored only a run’s own files are laid into its folder', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'sparring-mirror-'));
  const folder = join(parent, 'run');
  const files = {
    'metrics.jsonl': 'object-1',
    '../stranger': 'object-2',
    __proto__: 'object-3',
    'twin/other': 'object-4',
  };
  const store = { durable: { getObject: async (name: string) => new TextEncoder().encode(name) } };
  await new RunMirror(store as unknown as SweepStore, 'identity', { files } as unknown as HeldRun, folder).fetch();
  expect(readFileSync(join(folder, 'metrics.jsonl'), 'utf8')).toBe('object-1');
  expect([readdirSync(folder), existsSync(join(parent, 'stranger'))]).toEqual([['metrics.jsonl'], false]);
  rmSync(parent, { recursive: true });
});
