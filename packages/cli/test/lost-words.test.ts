import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Workplace } from './command.ts';

const script = fileURLToPath(new URL('../bin/sparring.js', import.meta.url));
/** Takes nothing, as a disk that is full. */
const full = '/dev/full';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

async function runWithoutWords(...args: string[]): Promise<{ code: number | null; stderr: string }> {
  const stdout = openSync(full, 'w');
  const child = spawn(process.execPath, [script, ...args], { cwd: place.path, stdio: ['ignore', stdout, 'pipe'] });
  closeSync(stdout);
  let stderr = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

(existsSync(full) ? describe : describe.skip)('where stdout cannot be written', () => {
  it.each([[['recipes']], [['recipes', '--json']], [['--help']]])('%j says so in one line and fails', async (args) => {
    const { code, stderr } = await runWithoutWords(...args);
    expect(stderr).toMatch(/^sparring: stdout cannot be written, .*ENOSPC.*\n$/);
    expect(code).toBe(1);
  });

  it('a training goes on to its end', async () => {
    const { code, stderr } = await runWithoutWords('train', 'tiny.yaml', '--set', 'epochs=1', '--set', 'twin=false');
    expect(stderr).toMatch(/^sparring: stdout cannot be written, .*\n$/);
    expect(code).toBe(1);
    const [run] = (await place.runs()) as [string];
    expect(existsSync(join(place.path, run, 'summary.json'))).toBe(true);
    expect(existsSync(join(place.path, run, 'lock'))).toBe(false);
  });
});
