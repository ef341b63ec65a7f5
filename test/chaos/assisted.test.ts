import { Helped } from '../cluster/helped.ts';
import { describeWithNats } from '../nats/nats-server.ts';

describeWithNats('a lone trainer with two attackers that help it', () => {
  let helped: Helped;
  beforeAll(async () => {
    helped = await Helped.start();
  });
  afterAll(() => helped.cluster.close());

  it.each(['attacker-1', 'broker', 'coordinator'])('comes to the same bits when %s is killed', async (name) => {
    expect(await helped.resultWithout(name)).toEqual(helped.expected);
  });
});
