import { type Checkpoint, type DurableStore, NatsBus, NatsStore } from '@sparring/runtime';
// @boundaries-ignore tests of several packages start the same server
import { describeWithNats, NatsServer } from '../../../test/nats/nats-server.ts';
import { ObjectCheckpoints, Records, RunQueue, takeTerm } from '../dist/index.js';

const checkpoint: Checkpoint = {
  ...{ step: 5, epoch: 1, parameters: { bias: { shape: [1], data: Float32Array.of(1) } }, velocity: {}, history: [] },
  ...{ epochLoss: { sum: 0.5, steps: 3 }, earlyStop: null, trainingSeconds: 12.25 },
  ...{ rollbacks: 0, probes: null, kept: {} },
  ...{ digests: { parameters: 'ab', optimizer: 'cd' }, configDigest: 'ef', dataChecksum: '01', engine: 'onnx:cpu 1' },
};
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

  test('forgets what a superseded coordinator wrote of a submission that its successor has taken', async () => {
    const { records, queue, store, term } = await open();
    await queue.submit({ submission: 'once', config });
    const [record] = records.all();
    for (const [run, written] of [
      ['late', 0],
      ['later', 9],
    ] as const)
      await store.create(`run.${run}`, JSON.stringify({ ...record, run, term: written }));
    expect((await Records.open(store, term)).all().map(({ run }) => run)).toEqual(['later']);
    expect((await store.list('run')).map(({ key }) => key)).toEqual(['run.later']);
  });

  test('says why it does not take a configuration, however absurd it is', async () => {
    const { records, queue } = await open();
    const refusal = async (text: string) => {
      const reply = await queue.submit({ submission: `${text.length}`, config: text });
      return reply.kind === 'refused' ? reply.reason : reply;
    };
    expect(await refusal('model: 7')).toMatch(/model: got 7/);
    expect(await refusal('model: ./any.js')).toMatch(/none is allowed .*--models FOLDER or SPARRING_MODELS/);
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

  async function begun() {
    const opened = await open();
    await opened.queue.submit({ submission: 's', config });
    const { record, cancelled } = await opened.queue.next(new AbortController().signal);
    return { ...opened, run: record.run, cancelled };
  }

  test('counts no attempt of a coordinator that ends in order, nor one at a run that is trained', async () => {
    const { records, queue, run } = await begun();
    const { signal } = new AbortController();
    expect(records.get(run)!.attempts).toBe(1);
    await queue.giveBack(run);
    expect(records.get(run)!.attempts).toBe(0);
    expect((await queue.next(signal)).record.attempts).toBe(1);
    await records.change(run, { trained: true });
    expect((await queue.next(signal)).record.attempts).toBe(1);
  });

  test('does not finish a run that is cancelled, nor cancel one that is finished', async () => {
    const { records, queue, run, cancelled } = await begun();
    const cancelling = queue.cancel(run);
    expect(cancelled.aborted).toBe(true);
    expect(await records.end(run, { status: 'finished' })).toBe('cancelled');
    expect(await cancelling).toBe('cancelled');
    expect(records.get(run)!.status).toBe('cancelled');

    await queue.submit({ submission: 'another', config });
    const { record } = await queue.next(new AbortController().signal);
    const finishing = records.end(record.run, { status: 'finished' });
    expect(await queue.cancel(record.run)).toBe('finished');
    expect(await finishing).toBe('finished');
  });

  test('writes over what a coordinator of an earlier term wrote late, and gives way to a later one', async () => {
    const { records, store, term, run } = await begun();
    const key = `run.${run}`;
    await store.put(key, JSON.stringify({ run, step: 1, term: term.number - 1 }));
    await records.change(run, { step: 7 });
    expect(JSON.parse((await store.get(key))!.value)).toMatchObject({ step: 7, term: term.number });
    await store.put(key, JSON.stringify({ run, step: 9, term: term.number + 1 }));
    await expect(records.change(run, { step: 8 })).rejects.toThrow('was written in term 2');
    expect(JSON.parse((await store.get(key))!.value)).toMatchObject({ step: 9 });
  });

  test("makes its checkpoint a run's in place of one that a coordinator of an earlier term pointed to late", async () => {
    const { store, term } = await open();
    const checkpoints = await ObjectCheckpoints.open(store, term, 'demo', 'net');
    const late = { object: 'demo.net/last/3/0', step: 3, term: term.number - 1 };
    await store.create('checkpoint.demo.net.last', JSON.stringify(late));
    await checkpoints.save('last', checkpoint);
    expect(term.lost.aborted).toBe(false);
    expect((await checkpoints.load('last')).step).toBe(checkpoint.step);
  });

  test('reads the epochs of a run again that could not be read, and keeps those of the runs that are looked at', async () => {
    const { store, term } = await open();
    let reads = 0;
    const failing: Pick<DurableStore, 'list'> = {
      list: async (words) => {
        if (words.startsWith('epoch.') && ++reads === 1) throw new Error('not now');
        return store.list(words);
      },
    };
    const records = await Records.open(failing as DurableStore, term);
    await expect(records.epochs('one', 'net')).rejects.toThrow('not now');
    expect(await records.epochs('one', 'net')).toEqual([]);
    await records.epochs('one', 'net');
    expect(reads).toBe(2);
    await records.epochs('two', 'net');
    await records.epochs('one', 'net');
    expect(reads).toBe(4);
  });
});
