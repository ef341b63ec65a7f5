import type { ChildProcess } from 'node:child_process';
// @boundaries-ignore tests of several packages start the same server
import { describeWithNats } from '../../../test/nats/nats-server.ts';
import { Workplace } from './command.ts';

let place: Workplace;
beforeEach(async () => {
  place = await Workplace.open();
  place.environment.SPARRING_METRICS_PORT = 'off';
});
afterEach(() => place.close());

function said(child: ChildProcess, words: string): Promise<void> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes(words)) resolve();
    });
    child.on('close', () => reject(new Error(`it ended before it said ${words}: ${text}`)));
  });
}

describeWithNats('up, stopped by Ctrl-C,', () => {
  it('before there is a run speaks of none', async () => {
    const { child, finished } = place.start('up', 'tiny.yaml', '--trainers', '0');
    await said(child, 'A cluster on this machine');
    child.kill('SIGINT');
    expect(await finished).toMatchObject({
      code: 130,
      stderr: 'Stopped before a run was under way: all processes are down.\n',
    });
  });

  it('tells what its store holds of the run, and of no process that it ended badly', async () => {
    const { child, finished } = place.start('up', 'tiny.yaml', '--trainers', '0');
    await said(child, 'begins.');
    child.kill('SIGINT');
    const { code, stdout, stderr } = await finished;
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: expect.stringMatching(/the store in \.sparring holds tiny-s0-\S+ as far as it came/),
    });
    expect(stdout).not.toMatch(/ended|exit code/);
  });
});
