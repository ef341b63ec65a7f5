import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Workplace } from './command.ts';

/** So many epochs that none of the nets is finished by the time that whoever has read of the first has sent a signal. */
const options = [
  ...['epochs=40', 'earlyStop={ patience: 40 }', 'twin.epochs=40', 'checkpointEverySeconds=.02'],
].flatMap((assignment) => ['--set', assignment]);

let place: Workplace;
let undisturbed: string;
beforeAll(async () => {
  place = await Workplace.open();
  await place.run('train', 'tiny.yaml', '--out', 'undisturbed', ...options);
  [undisturbed] = (await place.runs('undisturbed')) as [string];
});
afterAll(() => place.close());

/** What must not depend on whether a net's training was disturbed: all but times, names and workers. */
async function essence(folder: string): Promise<{ summary: object; records: object[] }> {
  const lines = (await place.read(`${folder}/metrics.jsonl`)).trimEnd().split('\n');
  const {
    runId: _,
    trainers: __,
    attackers: ___,
    twin: ____,
    // Counts whether there is a twin, which some of these runs have not.
    identity: _____,
    ...summary
  } = JSON.parse(await place.read(`${folder}/summary.json`));
  return { summary: timeless(summary), records: lines.map((line) => timeless(JSON.parse(line))) };
}

function timeless({ seconds: _, trainingSeconds: __, examplesPerSecond: ___, ...rest }: Record<string, unknown>) {
  return rest;
}

/** Starts a run and waits for its output to hold `words`. */
async function startedUntil(words: string, out: string, ...more: string[]) {
  const started = place.start('train', 'tiny.yaml', '--out', out, ...options, ...more);
  let text = '';
  await new Promise<void>((resolve, reject) => {
    started.child.stdout!.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes(words)) resolve();
    });
    started.child.on('close', () => reject(new Error(`ended before it said ${words}: ${text}`)));
  });
  return started;
}

describe('Ctrl-C', () => {
  it('writes a checkpoint, says how to resume, and exits with 130; the resumed run equals the undisturbed', async () => {
    const { child, finished } = await startedUntil('epoch  2/40', 'stopped', '--attackers', '1', '--set', 'twin=false');
    child.kill('SIGINT');
    const { code, stderr } = await finished;
    expect(code).toBe(130);
    const [run] = (await place.runs('stopped')) as [string];
    expect(stderr).toMatch(new RegExp(`after step \\d+, which is saved. To go on:\n.* resume ${run}\n$`));
    expect(existsSync(join(place.path, run, 'lock'))).toBe(false);
    const resumed = await place.run('resume', run, '--trainers', '2');
    expect({ code: resumed.code, stderr: resumed.stderr }).toEqual({ code: 0, stderr: '' });
    expect(resumed.stdout).toMatch(/from step \d+ on/);
    expect(await essence(run)).toEqual(await essence(undisturbed));
  });

  it('in the twin’s training is resumed there', async () => {
    const { child, finished } = await startedUntil('epoch  1/40', 'twin');
    child.kill('SIGINT');
    expect((await finished).code).toBe(130);
    const [run] = (await place.runs('twin')) as [string];
    expect((await place.run('resume', run)).code).toBe(0);
    expect(await essence(run)).toEqual(await essence(undisturbed));
    expect(await essence(`${run}/twin`)).toEqual(await essence(`${undisturbed}/twin`));
  });
});

describe('kill -9', () => {
  it('costs no more than the steps since the last checkpoint', async () => {
    const { child, finished } = await startedUntil('epoch  4/40', 'killed', '--set', 'twin=false');
    child.kill('SIGKILL');
    await finished;
    const [run] = (await place.runs('killed')) as [string];
    const resumed = await place.run('resume', 'tiny', '--out', 'killed', '--json');
    expect(resumed.code).toBe(0);
    expect(JSON.parse(resumed.stdout).runId).toBe(run.slice('killed/'.length));
    expect(await essence(run)).toEqual(await essence(undisturbed));
  });
});

describe('a resume', () => {
  it.each([
    [
      'a corrupt checkpoint',
      'checkpoints/last.safetensors',
      (bytes: Buffer) => bytes.fill(7, bytes.length - 40),
      'corrupt checkpoint',
    ],
    ['a checkpoint cut short', 'checkpoints/last.safetensors', (bytes: Buffer) => bytes.subarray(0, 500), 'truncated'],
    [
      'a changed configuration',
      'config.yaml',
      (bytes: Buffer) => Buffer.from(bytes.toString().replace('alpha: 0.3', 'alpha: 0.4')),
      'config.yaml has changed',
    ],
  ])('refuses %s in one message', async (_, name, damage, words) => {
    const run = undisturbed;
    const file = join(place.path, run, name);
    const [bytes, summary] = [await readFile(file), join(place.path, run, 'summary.json')];
    const finished = await readFile(summary);
    await writeFile(file, damage(Buffer.from(bytes)));
    await rm(summary);
    const { code, stderr } = await place.run('resume', run);
    await Promise.all([writeFile(file, bytes), writeFile(summary, finished)]);
    expect(code).toBe(1);
    expect(stderr).toContain(words);
    expect(stderr).toContain(name === 'config.yaml' ? run : file);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
