import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Workplace } from './command.ts';

let place: Workplace;
let run: string;
beforeAll(async () => {
  place = await Workplace.open();
  await place.run('train', 'tiny.yaml', '--set', 'epochs=1', '--set', 'twin=false');
  [run] = (await place.runs()) as [string];
  await place.write('runs/report.html', '<!doctype html>');
});
afterAll(() => place.close());

describe('compare', () => {
  it('leaves out with one remark what is no run among several, as a glob of the shell names it', async () => {
    const { code, stdout, stderr } = await place.run('compare', 'runs/report.html', run);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Left out, being no run: runs/report.html\n');
    expect(stdout).toContain('tiny, seed 0');
  });

  it.each([
    ['nothing but what is no run', ['runs/report.html'], 'runs/report.html: no such run'],
    ['a run that is not there, among others', ['tiny', 'runs/none'], 'runs/none: no such run'],
  ])('refuses %s', async (_, runs, words) => {
    const { code, stdout, stderr } = await place.run('compare', ...runs);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining(words) });
  });

  it('explains an asterisk only where one stands', async () => {
    const begun = `${run}-begun`;
    await cp(join(place.path, run), join(place.path, begun), { recursive: true });
    await rm(join(place.path, begun, 'summary.json'));
    const footnote = '* on the validation examples';
    const measured = await place.run('compare', begun);
    expect(measured.stdout).toMatch(/%\*.*\* on the validation examples/s);
    await place.write(`${begun}/metrics.jsonl`, '');
    const unmeasured = await place.run('compare', begun, run);
    await rm(join(place.path, begun), { recursive: true });
    expect(unmeasured.stdout).toContain('%');
    expect(unmeasured.stdout).not.toContain(footnote);
  });
});
