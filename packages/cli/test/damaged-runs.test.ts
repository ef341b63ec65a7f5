import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SweepsFolder } from '../dist/page/sweeps-folder.js';
import { Workplace } from './command.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

it('a summary that cannot be read stops no sweep that is not concerned', async () => {
  await mkdir(join(place.path, 'runs', 'other-s0'), { recursive: true });
  await place.write('runs/other-s0/summary.json', '{"a":');
  const { code, stdout, stderr } = await place.run('sweeps');
  expect({ code, stderr, stdout }).toEqual({ code: 0, stderr: '', stdout: 'There are no sweeps in runs.\n' });
});

it('a sweep that cannot be read is listed on the page, with what is wrong with it', async () => {
  await mkdir(join(place.path, 'runs', '.sweeps', 'torn-1a2b3c4d'), { recursive: true });
  await place.write('runs/.sweeps/torn-1a2b3c4d/sweep.json', '{"format":');
  const fault = '.sweeps/torn-1a2b3c4d/sweep.json: not a sweep of this version of sparring';
  expect(await new SweepsFolder(join(place.path, 'runs')).list()).toEqual([{ id: 'torn-1a2b3c4d', fault }]);
});
