import { NatsBus, NatsStore } from '@sparring/runtime';
// @boundaries-ignore tests of several packages start the same server
import { describeWithNats, NatsServer } from '../../../test/nats/nats-server.ts';
import { Records, RunQueue, takeTerm } from '../dist/index.js';

const config = 'name: again\nmodel: { kind: softmax }\n';

describeWithNats('the queue of runs', () => {
  let server: NatsServer;
  const stops: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    server = await NatsServer.start();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  async function open() {
    const bus = await NatsBus.connect({ servers: server.url, name: 'test' });
    const store = await NatsStore.open(bus);
    const signal = new AbortController().signal;
    const term = await takeTerm({ bus, store, coordinatorId: 'coordinator-1', signal, onStandby: () => {} });
    stops.push(
      () => term.release(),
      () => bus.close(),
    );
    const records = await Records.open(store, term);
    return { records, queue: new RunQueue(records), store, term };
  }

  test('holds a thousand runs, each under an id of its own though all came at once, and refuses more in words', async () => {
    const { records, queue, store, term } = await open();
    const replies = await Promise.all(
      Array.from({ length: 1_001 }, (_, number) => queue.submit({ submission: `s${number}`, config })),
    );
    const accepted = replies.filter(({ kind }) => kind === 'accepted');
    expect(accepted).toHaveLength(1_000);
    expect(replies.at(-1)).toEqual({ kind: 'refused', reason: expect.stringMatching(/^1000 runs are queued already/) });
    expect(new Set(records.all().map(({ run }) => run)).size).toBe(1_000);
    expect((await Records.open(store, term)).all()).toHaveLength(1_000);
    expect(term.lost.aborted).toBe(false);
    expect(await queue.submit({ submission: 's7', config })).toEqual(replies[7]);
    await queue.cancel(records.all()[0]!.run);
    expect(await queue.submit({ submission: 'one more', config })).toMatchObject({ kind: 'accepted', ahead: 999 });
  });

  test('says why it does not take a configuration, however absurd it is', async () => {
    const { records, queue } = await open();
    const refusal = async (text: string) => {
      const reply = await queue.submit({ submission: `${text.length}`, config: text });
      return reply.kind === 'refused' ? reply.reason : reply;
    };
    expect(await refusal('model: 7')).toMatch(/model: got 7/);
    expect(await refusal(`# ${'x'.repeat(40_000)}`)).toMatch(/^the configuration has 40002 characters; takes 32768/);
    expect(await refusal('['.repeat(30_000))).toMatch(/valid YAML/);
    expect(await refusal('a: &a [1]\nb: &b [*a, *a]\nc: [*b, *b]\n__proto__: { polluted: 1 }')).toMatch(/model: got/);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(records.all()).toEqual([]);
  });

  test('takes a configuration without a name under an id that subjects and keys may bear', async () => {
    const { queue } = await open();
    const reply = await queue.submit({ submission: 's', config: 'model: { kind: softmax }' });
    expect(reply).toEqual({ kind: 'accepted', run: expect.stringMatching(/^submitted-s0-[\w-]+$/), ahead: 0 });
  });

  test('lets a run be cancelled while its record is changed', async () => {
    const { records, queue, store, term } = await open();
    const reply = await queue.submit({ submission: 's', config });
    if (reply.kind !== 'accepted') throw new Error(reply.reason);
    const { run } = reply;
    await Promise.all([records.change(run, { step: 1 }), queue.cancel(run), records.change(run, { step: 2 })]);
    expect(term.lost.aborted).toBe(false);
    expect((await Records.open(store, term)).get(run)).toMatchObject({ status: 'cancelled', step: 2 });
  });
});
