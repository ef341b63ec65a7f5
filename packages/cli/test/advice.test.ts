import type { SweepRecord } from '@sparring/sweep';
import { NoCoordinator } from '../dist/cluster/client.js';
import { invocation } from '../dist/presentation/invocation.js';
import { submitRecord } from '../dist/sweep/cluster/submit-sweep.js';
import { SweepRefused } from '../dist/sweep/cluster/sweep-client.js';
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

it('of a sweep that a cluster has cancelled can be typed as it stands, where it was submitted', async () => {
  const record = { id: 'demo-1a2b3c4d' } as SweepRecord;
  const submitted = (wish: 'cancel' | 'run') => {
    const listed = { sweep: record.id, wish, runs: 1, counts: {} as never, running: 0 };
    const submit = () => Promise.reject(new SweepRefused('the cluster refuses: its reason'));
    return submitRecord({ submit, list: async () => [listed] }, record, { nats: 'nats://host:4222' });
  };
  const words = (verb: string) => `"${invocation()} sweep ${verb} demo-1a2b3c4d --nats nats://host:4222"`;
  await expect(submitted('cancel')).rejects.toThrow(
    `demo-1a2b3c4d was cancelled. ${words('resume')} goes on with it all the same, ${words('rm')} forgets it`,
  );
  await expect(submitted('run')).rejects.toThrow('the cluster refuses: its reason');
});

it('where there are no runs to show names the program as it was called', async () => {
  const place = await Workplace.open();
  try {
    const { code, stderr } = await place.run('dashboard');
    expect(code).toBe(1);
    expect(stderr).toMatch(/runs: no such folder; to begin a run: node \S+sparring\.js train demo/);
  } finally {
    await place.close();
  }
});
