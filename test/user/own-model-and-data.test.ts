import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeIdxFolder } from './idx-folder.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const sparring = fileURLToPath(new URL('../../packages/cli/bin/sparring.js', import.meta.url));

describe('a model and data of the user', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sparring-user-'));
    for (const file of ['my-model.js', 'my-run.yaml']) copyFileSync(join(here, file), join(folder, file));
    writeIdxFolder(join(folder, 'my-data'), { train: 500, test: 200 });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const train = (...options: string[]) => {
    const args = [sparring, 'train', 'my-run.yaml', '--json', ...options];
    return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  };

  it('trains outside the repository, and leaves a whole run behind', () => {
    const { status, stdout, stderr } = train();
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });

    const summary = JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
    expect(summary).toMatchObject({ name: 'my-run', steps: 4 * 8, evaluation: { examples: 200, epsilon: 0.1 } });
    // Four classes told by brightness: a net that learnt anything at all tells them apart.
    expect(summary.test.clean.error).toBeLessThan(0.1);
    expect(summary.twin.test.clean.error).toBeLessThan(0.1);

    const run = join(folder, 'runs', summary.runId);
    const files = ['config.yaml', 'metrics.jsonl', 'summary.json', 'model.onnx', 'checkpoints/last.safetensors'];
    expect(files.filter((file) => !existsSync(join(run, file)))).toEqual([]);
    expect(readFileSync(join(run, 'config.yaml'), 'utf8')).toContain(join(folder, 'my-model.js'));
    expect(readFileSync(join(run, 'metrics.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(4);

    // It can be shown when its model is another and its data are gone; measured again it cannot be.
    writeFileSync(join(folder, 'my-model.js'), '// written anew');
    rmSync(join(folder, 'my-data'), { recursive: true });
    const ask = (...args: string[]) =>
      spawnSync(process.execPath, [sparring, ...args], { cwd: folder, encoding: 'utf8' });
    const report = ask('report', summary.runId, '--out', '-');
    expect({ status: report.status, stderr: report.stderr }).toEqual({ status: 0, stderr: '' });
    expect(report.stdout).toContain(summary.parametersDigest);
    expect(ask('compare', summary.runId).stdout).toContain(summary.parametersDigest.slice(0, 16));
    expect(ask('evaluate', summary.runId).stderr).toContain('the file has changed since');
  });

  it('trains the model that the README prints', () => {
    const readme = readFileSync(join(here, '../../README.md'), 'utf8');
    const printed = /```js\n(\/\/ my-model\.js\n[^`]+)```/.exec(readme)![1]!;
    writeFileSync(join(folder, 'my-model.js'), printed);
    const { status, stdout } = train('--set', 'twin=false');
    expect(status).toBe(0);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!).test.clean.error).toBeLessThan(0.1);
  });

  it('says which file is at fault, and begins no run', () => {
    rmSync(join(folder, 'my-data', 't10k-labels-idx1-ubyte'));
    const { status, stdout, stderr } = train();
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('my-data: no file of test labels');
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });
});
