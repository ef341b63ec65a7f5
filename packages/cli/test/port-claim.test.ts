import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimPort, noClaim } from '../dist/up/port-claim.js';

// Nobody's broker listens there.
const port = 1;
const folder = join(tmpdir(), `sparring-broker-${port}`);
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a port is one claim’s at a time, and leaves nothing', async () => {
  const claim = await claimPort(port);
  expect(await claimPort(port)).toBeNull();
  await claim!.release();
  expect(existsSync(folder)).toBe(false);
  const again = await claimPort(port);
  expect(again).not.toBe(noClaim);
  await again!.release();
});

test('where others may write into the claim’s folder, nothing there is trusted', async () => {
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  symlinkSync('/nowhere', join(folder, 'lock'));
  expect(await claimPort(port)).toBe(noClaim);
  rmSync(folder, { recursive: true });
  symlinkSync(tmpdir(), folder);
  expect(await claimPort(port)).toBe(noClaim);
});
