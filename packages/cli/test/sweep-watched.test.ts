import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Workplace } from './command.ts';

const sweep = ['sweep', 'tiny.yaml', '--seeds', '0..1', '--set', 'twin=false', '--slots', '1'];

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

describe('a sweep that is computed', () => {
  it('says where its metrics and its page are, and at the end how to see the page again', async () => {
    const { code, stdout } = await place.run(...sweep, '--metrics-port', '0');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Metrics: http:\/\/127\.0\.0\.1:\d+\/metrics\nWatch it: http:\/\/127\.0\.0\.1:\d+\n$/m);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/ dashboard runs\/\.sweeps\/tiny-[0-9a-f]{8}$/);
  });

  it('opens no port where that is switched off, and no page where that is', async () => {
    const off = await place.run(...sweep, '--metrics-port', 'off');
    expect(off.stdout).not.toMatch(/Metrics:|Watch it:/);
    const without = await place.run(...sweep, '--no-page', '--metrics-port', '0', '--json');
    expect(without.stderr).toContain('Metrics:');
    expect(without.stderr).not.toContain('Watch it:');
    // The last line is for programs.
    expect(JSON.parse(without.stdout.trimEnd().split('\n').at(-1)!)).toMatchObject({ counts: { done: 2 } });
  });
});

describe('the report of a sweep', () => {
  it('is written beside its runs, as HTML or CSV', async () => {
    const { code, stdout } = await place.run('report', 'tiny-');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^runs\/tiny-[0-9a-f]{8}\.html is written, \d+ kB\.\n$/),
    });
    const html = await place.read(stdout.split(' ', 1)[0]!);
    expect(html).toContain('2 of 2 runs');
    expect(html.match(/<svg /g)).toHaveLength(2);
    const csv = await place.run('report', 'tiny-', '--csv', '--out', '-');
    const kinds = csv.stdout
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(',')[4]);
    expect(kinds.filter((kind) => kind === 'run')).toHaveLength(2);
    expect(kinds.filter((kind) => kind === 'epoch')).toHaveLength(2 * 6);
  });

  it('takes the beginning of an id for a run where it is one', async () => {
    const { stdout } = await place.run('report', 'tiny-s1');
    expect(stdout).toMatch(/^runs\/tiny-s1-[0-9a-f]{16}\/report\.html is written/);
    const unknown = await place.run('report', 'tony');
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('tony: no such run; did you mean tiny-');
    expect(existsSync(join(place.path, 'runs', 'tony.html'))).toBe(false);
  });
});
