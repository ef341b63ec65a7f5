import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
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
