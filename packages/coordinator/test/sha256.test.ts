import { createHash } from 'node:crypto';
import { sha256 } from '../dist/cluster/sha256.js';

test('is that of all the bytes, and others have their turns while it is computed', async () => {
  const bytes = new Uint8Array(200 * 1024 * 1024).fill(7);
  let turns = 0;
  const turn = () => {
    turns += 1;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  const digest = await sha256(bytes);
  clearImmediate(next);
  expect(turns).toBeGreaterThan(40);
  expect(digest).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('of no bytes is that of no bytes', async () => {
  expect(await sha256(new Uint8Array())).toBe(createHash('sha256').digest('hex'));
});
