import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunFolderError, writeAtomically } from '../dist/index.js';
import { scratchFolder } from './scratch-folder.ts';

const posix = process.platform === 'win32' ? it.skip : it;
const runtime = new URL('../dist/index.js', import.meta.url).href;

describe('writeAtomically', () => {
  it('replaces a file and leaves nothing beside it', async () => {
    const folder = scratchFolder();
    const file = join(folder, 'summary.json');
    await writeAtomically(file, 'old');
    await writeAtomically(file, Uint8Array.of(0x6e, 0x65, 0x77));
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['summary.json']);
  });

  it('leaves nothing behind where the last move fails', async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'taken'));
    await expect(writeAtomically(join(folder, 'taken'), 'x')).rejects.toThrow(RunFolderError);
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('names the file and the reason', async () => {
    const file = join(scratchFolder(), 'missing', 'x');
    await expect(writeAtomically(file, '')).rejects.toThrow(`cannot write ${file}: no such file or folder (ENOENT)`);
  });

  // A limit on the size of files stops a write in its middle, as a full disk does, for root too.
  posix('keeps the old file, and nothing half-written, where the new one does not fit', () => {
    const folder = scratchFolder();
    const file = join(folder, 'last.safetensors');
    writeFileSync(file, 'old');
    const script = `import { writeAtomically } from '${runtime}';
      await writeAtomically('${file}', new Uint8Array(1 << 20)).catch((error) => console.log(error.name + ': ' + error.message));`;
    const shell = `trap '' XFSZ; ulimit -f 8; exec "$0" --input-type=module -e "$1"`;
    const { stdout } = spawnSync('sh', ['-c', shell, process.execPath, script], { encoding: 'utf8' });
    expect(stdout).toBe(`RunFolderError: cannot write ${file}: the file would be larger than allowed (EFBIG)\n`);
    expect(readdirSync(folder)).toEqual(['last.safetensors']);
    expect(readFileSync(file, 'utf8')).toBe('old');
  });
});
