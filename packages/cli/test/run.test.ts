import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSummary } from '../dist/train/summary.js';
import { type Finished, Workplace } from './command.ts';

let place: Workplace;
let out: Finished;
let run: string;
let summary: RunSummary;

beforeAll(async () => {
  place = await Workplace.open();
  out = await place.run('train', 'tiny.yaml', '--seed', '3', '--json', '--out', 'kept');
  [run] = (await place.runs('kept')) as [string];
  summary = JSON.parse(await place.read(`${run}/summary.json`));
});
afterAll(() => place.close());

describe('train', () => {
  it('ends stdout with summary.json on one line, and says all else on stderr', () => {
    expect(out.code).toBe(0);
    expect(out.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(out.stdout)).toEqual(summary);
    expect(out.stderr).toContain('Training the net against FGSM');
  });

  it('sums up the run as promised', () => {
    const measured = { error: expect.any(Number), confidence: expect.any(Number), loss: expect.any(Number) };
    const test = { clean: { error: expect.any(Number) }, fgsm: measured, pgd: measured };
    expect(summary).toMatchObject({
      runId: run.slice('kept/'.length),
      engine: 'onnx:cpu',
      steps: 120,
      seed: 3,
      status: 'finished',
      trainers: 1,
      attackers: 0,
      parametersDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      optimizerDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      test,
      twin: { steps: 40, test },
    });
    for (const figure of ['seconds', 'trainingSeconds', 'examplesPerSecond'] as const)
      expect(summary[figure]).toBeGreaterThan(0);
    const { clean, fgsm, pgd } = summary.test;
    for (const { error } of [clean, fgsm, pgd]) expect(error).toBeLessThanOrEqual(1);
    expect(pgd.error).toBeGreaterThanOrEqual(clean.error);
  });

  it('prints one line per epoch where nobody watches, with the digest that metrics.jsonl has', async () => {
    const digests = [...out.stderr.matchAll(/^ {2}epoch \d\/6 .* ([0-9a-f]{16})$/gm)].map(([, digest]) => digest);
    const records = (await place.read(`${run}/metrics.jsonl`))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ epoch, step }) => [epoch, step])).toEqual([1, 2, 3, 4, 5, 6].map((n) => [n, 20 * n]));
    expect(digests).toEqual(records.map(({ parametersDigest }) => parametersDigest.slice(0, 16)));
    expect(records.at(-1).parametersDigest).toBe(summary.parametersDigest);
    expect(out.stderr).not.toContain('\u001b');
  });

  it('closes with a table of both nets that states epsilon, clipping and the number of examples', () => {
    expect(out.stderr).toContain('On the 300 test examples, ε = 0.1, clipped to [0, 1]:');
    expect(out.stderr).toMatch(/clean +FGSM +PGD-20\n/);
    expect(out.stderr).toMatch(/the adversarially trained net( +\d+\.\d\d % \((\d+ %|–)\)){3}\n/);
    expect(out.stderr).toMatch(/its twin, trained without( +\d+\.\d\d % \((\d+ %|–)\)){3}\n/);
    for (const line of out.stderr.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  it('writes the resolved engine into config.yaml, and a model.onnx that it has checked', async () => {
    expect(await place.read(`${run}/config.yaml`)).toMatch(/^engine: onnx:cpu$/m);
    expect(out.stderr).toContain('model.onnx agrees with onnx:cpu on batches of 1, 7, 1000.');
    expect((await place.read(`${run}/model.onnx`)).length).toBeGreaterThan(0);
  });
});

describe('evaluate', () => {
  it('finds what the run reported', async () => {
    const { code, stdout } = await place.run('evaluate', run, '--json');
    expect(code).toBe(0);
    const { test, twin, step } = JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
    expect({ test, twin: twin.test, step }).toEqual({ test: summary.test, twin: summary.twin!.test, step: 120 });
  });

  it('takes another attack, and finds a run by the beginning of its id', async () => {
    const args = ['--out', 'kept', '--attack', 'fgsm', '--epsilon', '0', '--no-clip', '--json'];
    const { stdout } = await place.run('evaluate', 'tiny-s3', ...args);
    const { test, evaluation } = JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
    expect(evaluation).toMatchObject({ epsilon: 0, clip: false });
    expect(test).toEqual({ fgsm: summary.test.clean });
  });
});

describe('verify', () => {
  it('finds equal bits with other workers at every epoch', async () => {
    const { code, stdout } = await place.run('verify', run);
    expect(stdout).toContain('by 1 trainer and 1 attacker');
    expect(stdout.match(/^ {2}epoch \d .* equal$/gm)).toHaveLength(6);
    expect(code).toBe(0);
  });

  it('begins at a checkpoint, and looks at no step outside of the range', async () => {
    const { code, stdout } = await place.run('verify', run, '--from', '40', '--to', '80', '--trainers', '2');
    expect(stdout).toContain('by 2 trainers');
    expect([...stdout.matchAll(/^ {2}epoch (\d)/gm)].map(([, epoch]) => epoch)).toEqual(['3', '4']);
    expect(code).toBe(0);
  });

  it('verifies the twin', async () => {
    const { code, stdout, stderr } = await place.run('verify', run, '--twin', '--json');
    expect(stderr.match(/^ {2}epoch \d .* equal$/gm)).toHaveLength(2);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      twin: true,
      equal: true,
      steps: [expect.any(Number), expect.any(Number)],
    });
  });

  it('refuses a twin that is not trained yet, and makes no folder for it', async () => {
    await rename(join(place.path, run, 'twin'), join(place.path, 'twin'));
    const { code, stdout, stderr } = await place.run('verify', run, '--twin');
    const made = existsSync(join(place.path, run, 'twin'));
    await rename(join(place.path, 'twin'), join(place.path, run, 'twin'));
    expect({ code, stdout, made }).toEqual({ code: 2, stdout: '', made: false });
    expect(stderr).toMatch(/^sparring: --twin: the twin of tiny-s3-.* has not been trained yet\n$/);
  });

  it('exits with 1 at the first difference and names both digests', async () => {
    const file = `${run}/metrics.jsonl`;
    const written = await place.read(file);
    const third = JSON.parse(written.split('\n')[2]!).parametersDigest;
    const wrong = `0${third.slice(1)}`;
    await place.write(file, written.replace(third, wrong));
    const { code, stdout, stderr } = await place.run('verify', run, '--json');
    await place.write(file, written);
    expect(code).toBe(1);
    expect(stderr.match(/equal$/gm)).toHaveLength(2);
    const difference = { step: 60, what: 'parameters', recorded: wrong, recomputed: third };
    expect(JSON.parse(stdout)).toMatchObject({ equal: false, from: 0, difference });
    expect(stderr).toContain('step 60');
    expect(stderr).toContain(third);
    expect(stderr).toContain(wrong);
    expect(stderr).toContain('another CPU model');
    expect(stderr).toContain(`the run had  ${summary.machine.cpu}`);
  });

  it('computes every step itself where a run may stop early', async () => {
    const early = ['--set', 'earlyStop={ patience: 9 }', '--set', 'epochs=3', '--set', 'twin=false'];
    expect((await place.run('train', 'tiny.yaml', '--out', 'early', ...early)).code).toBe(0);
    const { code, stdout } = await place.run('verify', 'tiny', '--out', 'early');
    expect(stdout.match(/^ {2}epoch \d .* equal$/gm)).toHaveLength(3);
    expect(code).toBe(0);
  });

  it('says where there is something to compare', async () => {
    const { code, stderr } = await place.run('verify', run, '--to', '10');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('20, 40, 60') });
  });
});

describe('resume', () => {
  it('has nothing to do for a run that is finished', async () => {
    const { code, stdout, stderr } = await place.run('resume', run, '--json');
    expect(code).toBe(0);
    expect(stderr).toContain('finished');
    expect(JSON.parse(stdout)).toEqual(summary);
  });
});
