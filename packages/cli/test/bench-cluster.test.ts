import { execFileSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
// @boundaries-ignore tests of several packages start the same server
import { describeWithNats } from '../../../test/nats/nats-server.ts';
import { Workplace } from './command.ts';

let place: Workplace;
let scratch: string;
beforeAll(async () => {
  place = await Workplace.open();
  scratch = join(place.path, 'scratch');
  await mkdir(scratch);
  place.environment.TMPDIR = scratch;
});
afterAll(() => place.close());

const short = ['--set', 'batch=50', '--seconds', '.1'];

/** What a bench has left: files in the folder for temporary ones, and processes that were started with one of them. */
async function leftBehind() {
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  return {
    // Libraries put files of their own there.
    files: (await readdir(scratch)).filter((name) => name.startsWith('sparring')),
    processes: processes.split('\n').filter((line) => line.includes(scratch)),
  };
}

const nothing = { files: [], processes: [] };

describeWithNats('bench cluster', () => {
  it('measures processes beside one another, says where the time goes, and advises', async () => {
    const { code, stdout, stderr } = await place.run(
      ...['bench', 'cluster', './tiny.yaml', '--modes', 'exchange,advance', '--json', ...short],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('examples/s') });
    const { modes } = JSON.parse(stdout) as { modes: Record<string, Record<string, Figures>> };
    expect(Object.keys(modes)).toEqual(['advance', 'exchange']);

    const { 'in one process': local, 'one trainer': remote } = modes.advance!;
    expect(modes.advance).toMatchObject({ ratio: remote!.examplesPerSecond / local!.examplesPerSecond, goal: 0.8 });
    expect(local!.bytesPerStep).toBeNull();
    expect(remote!.bytesPerStep).toBeGreaterThan(0);

    const { 'two trainers': two } = modes.exchange!;
    // Of two shards, the gradients come; the parameters go.
    expect(two!.bytesPerStep).toBeGreaterThan(3 * 4 * parameters);
    expect(two!.compute + two!.wire + two!.wait).toBeCloseTo(1);
    expect(two!.updateMsPerStep).toBeGreaterThan(0);
    expect(modes.exchange!.advice).toMatch(/^this run gains from .*for more, set localSteps$/);
    expect(await leftBehind()).toEqual(nothing);
  });

  it('leaves nothing behind at Ctrl-C', async () => {
    const { child, finished } = place.start(
      'bench',
      'cluster',
      './tiny.yaml',
      '--modes',
      'rounds',
      '--set',
      'batch=50',
    );
    child.stdout!.on('data', (text: string) => {
      if (text.includes('starting')) child.kill('SIGINT');
    });
    const { code, stderr } = await finished;
    expect({ code, stderr }).toEqual({ code: 130, stderr: expect.stringContaining('nothing of it is left') });
    expect(await leftBehind()).toEqual(nothing);
  });

  it('says of a run without an adversary that attackers have nothing to do', async () => {
    const { code, stdout } = await place.run(
      ...['bench', 'cluster', './tiny.yaml', '--modes', 'fgsm', '--set', 'alpha=1', ...short],
    );
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('Not measured: the run has no adversary'),
    });
  });

  it('refuses a mode that it does not know', async () => {
    const { code, stderr } = await place.run('bench', 'cluster', '--modes', 'rounds,sprints');
    expect(code).toBe(2);
    expect(stderr).toContain('It takes advance, rounds, exchange, fgsm, pgd');
  });
});

interface Figures {
  readonly examplesPerSecond: number;
  readonly bytesPerStep: number | null;
  readonly updateMsPerStep: number;
  readonly compute: number;
  readonly wire: number;
  readonly wait: number;
}

/** Of tiny.yaml's net: 64 inputs, 12 units of 2 pieces, 4 classes. */
const parameters = 64 * 24 + 24 + 12 * 4 + 4;
