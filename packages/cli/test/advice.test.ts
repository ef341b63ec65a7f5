import { NoCoordinator } from '../dist/cluster/client.js';
import { Workplace } from './command.ts';

it('of a sweep that was cancelled can be typed as it stands, with the folder that it lies in', async () => {
  const place = await Workplace.open();
  try {
    const sweep = ['sweep', 'tiny.yaml', '--seeds', '0', '--set', 'twin=false', '--set', 'epochs=1', '--out', 'mine'];
    await place.run(...sweep);
    await place.run('sweep', 'cancel', 'tiny', '--out', 'mine');
    const { code, stderr } = await place.run(...sweep);
    expect(code).toBe(2);
    expect(stderr).toMatch(/"node \S+sparring\.js sweep resume tiny-\w+ --out mine" goes on .* --out mine" forgets it/);
  } finally {
    await place.close();
  }
}, 60_000);

it('where nobody coordinates names the program as it was called', () => {
  const [, script] = process.argv;
  process.argv[1] = '/elsewhere/bin/sparring.js';
  try {
    expect(new NoCoordinator().message).toMatch(/node \S+sparring\.js coordinator, or node \S+sparring\.js up$/);
  } finally {
    process.argv[1] = script!;
  }
});
