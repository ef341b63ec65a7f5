import { describeWithNats } from '../nats/nats-server.ts';
import { Helped } from './helped.ts';

describeWithNats('a lone trainer with two attackers that help it', () => {
  let helped: Helped;
  beforeAll(async () => {
    helped = await Helped.start();
  });
  afterAll(() => helped.cluster.close());

  it('comes to the same bits when the trainer is killed', async () => {
    expect(await helped.resultWithout('trainer-1')).toEqual(helped.expected);
  });

  it('does not wait for an attacker that is stopped', async () => {
    const run = await helped.underWay();
    const { pid } = await helped.cluster.workerOf('attacker-2');
    process.kill(pid, 'SIGSTOP');
    expect(await run.result()).toEqual(helped.expected);
    process.kill(pid, 'SIGCONT');
  });
});
