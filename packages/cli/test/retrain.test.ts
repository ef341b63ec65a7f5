import type { RunSummary } from '../dist/train/summary.js';
import { Workplace } from './command.ts';

const options = [
  '--set',
  'earlyStop={ on: adversarialError, patience: 6 }',
  '--set',
  'retrain=true',
  '--set',
  'epochs=40',
];
const train = ['train', 'tiny.yaml', ...options, '--set', 'twin=false', '--set', 'checkpointEverySeconds=.02'];

let place: Workplace;
let run: string;
let summary: RunSummary;
beforeAll(async () => {
  place = await Workplace.open();
  const { code, stdout } = await place.run(...train, '--json');
  expect(code).toBe(0);
  summary = JSON.parse(stdout);
  [run] = (await place.runs()) as [string];
});
afterAll(() => place.close());

async function records(folder: string) {
  const lines = (await place.read(`${folder}/metrics.jsonl`)).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

describe('a run that trains anew', () => {
  it('does so for as many epochs as its first training was best after, on the examples of both splits', async () => {
    const first = await records(`${run}/selection`);
    const errors = first.map(({ validation }) => validation.fgsm.error);
    const best = errors.indexOf(Math.min(...errors)) + 1;
    // 1,000 examples in batches of 50 make 20 steps an epoch; all 1,200 make 24.
    expect(summary.selection).toMatchObject({ testedStep: 20 * best, steps: 20 * first.length });
    expect(summary).toMatchObject({ status: 'finished', steps: 24 * best, testedStep: 24 * best });
    const second = await records(run);
    expect(second.map(({ step }) => step)).toEqual(Array.from({ length: best }, (_, n) => 24 * (n + 1)));
    expect(second.at(-1)).toMatchObject({ validation: null, parametersDigest: summary.parametersDigest });
  });

  it('is the same when either training is stopped, or killed, and resumed', async () => {
    for (const [out, words, signal, exitCode] of [
      ['stopped', 'epoch  2/40', 'SIGINT', 130],
      ['first', 'epoch  2/40', 'SIGKILL', null],
      ['second', 'Training the net anew', 'SIGKILL', null],
    ] as const) {
      const { child, finished } = place.start(...train, '--out', out);
      let text = '';
      await new Promise<void>((resolve) => {
        child.on('close', () => resolve());
        child.stdout!.on('data', (chunk: string) => {
          text += chunk;
          if (text.includes(words)) resolve();
        });
      });
      child.kill(signal);
      expect((await finished).code).toBe(exitCode);
      const resumed = await place.run('resume', 'tiny', '--out', out, '--json');
      expect(resumed.code).toBe(0);
      const { parametersDigest, selection }: RunSummary = JSON.parse(resumed.stdout);
      expect(parametersDigest).toBe(summary.parametersDigest);
      expect(selection!.parametersDigest).toBe(summary.selection!.parametersDigest);
    }
  });

  it('is verified by other workers', async () => {
    const { code, stdout } = await place.run('verify', run);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Equal to the bit') });
  });
});
