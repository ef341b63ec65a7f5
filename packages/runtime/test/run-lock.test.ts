import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { claimRun, livingHolder, RunFolderError, RunInUse } from '../dist/index.js';
import { scratchFolder } from './scratch-folder.ts';

const runtime = new URL('../dist/index.js', import.meta.url).href;
const holder = (changes: object) =>
  JSON.stringify({ pid: process.pid, host: hostname(), processStart: null, claimedAt: 'then', token: 't', ...changes });

function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('claimRun', () => {
  it('refuses a second claim, saying who holds the first, until it is released', async () => {
    const folder = scratchFolder();
    const lock = await claimRun(folder);
    await expect(claimRun(folder)).rejects.toThrow(RunFolderError);
    await expect(claimRun(folder)).rejects.toThrow(RunInUse);
    expect(await livingHolder(folder)).toMatchObject({ pid: process.pid, host: hostname() });
    await expect(claimRun(folder)).rejects.toThrow(
      `the run is in use by process ${process.pid} on ${hostname()} since`,
    );
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
    expect(await livingHolder(folder)).toBeNull();
    await (await claimRun(folder)).release();
  });

  it('takes over from a process that was killed', async () => {
    const folder = scratchFolder();
    const script = `import { claimRun } from '${runtime}';
      await claimRun('${folder}'); console.log('claimed'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await expect(claimRun(folder)).rejects.toThrow(`in use by process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await claimRun(folder);
    expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    expect(readdirSync(folder)).toEqual(['lock']);
    await lock.release();
  });

  (existsSync('/proc/self/stat') ? it : it.skip)('knows a pid that has been used again', async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'lock'), holder({ processStart: '1' }));
    await (await claimRun(folder)).release();
  });

  it("leaves another host's lock alone, and says what to do", async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'lock'), holder({ host: 'elsewhere', pid: deadPid() }));
    await expect(claimRun(folder)).rejects.toThrow(/on elsewhere since then; delete .*lock if that process is gone/);
    writeFileSync(join(folder, 'lock'), '{"pi');
    await expect(claimRun(folder)).rejects.toThrow(/not a lock of this program/);
  });

  it('gives a dead lock to exactly one of many', async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'lock'), holder({ pid: deadPid() }));
    const claims = await Promise.allSettled(Array.from({ length: 16 }, () => claimRun(folder)));
    expect(claims.filter((claim) => claim.status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it('releases only its own lock', async () => {
    const folder = scratchFolder();
    const lock = await claimRun(folder);
    writeFileSync(join(folder, 'lock'), holder({ token: 'another' }));
    await lock.release();
    expect(readdirSync(folder)).toEqual(['lock']);
  });
});
