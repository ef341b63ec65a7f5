import { batchOrder, readBatch } from '@sparring/data';
import { allocate } from '../dist/arrays.js';
import { ShardFeeder } from '../dist/feeder.js';
import { advanceProgram, type TrainingSession } from '../dist/index.js';
import { attacks, dataOf, openSession, small } from './small-run.ts';

const given = { attack: attacks['PGD from a random start on the predicted label']! };
const replicated = small({ ...given, batch: 12, shards: 2, replicas: 3, localSteps: 2 });
const single = small({ ...given, batch: 36, shards: 6 });

/** What each shard of the global batch of a step is fed, one after the other. */
async function fed(session: TrainingSession, step: number) {
  const { model, definition, recipe } = session;
  const shards = definition.shards * definition.replicas;
  const feeder = new ShardFeeder(model, definition, (await dataOf(10)).train);
  const ofOne = Object.entries(advanceProgram(recipe).inputs).filter(([name]) => /^[^/]+\/0(\/|$)/.test(name));
  return Array.from({ length: shards }, (_, shard) => {
    const arrays = allocate(Object.fromEntries(ofOne));
    feeder.fill(arrays, step, shard, 0, 0);
    return arrays;
  });
}

test('replicas have the slices of one global batch, whoever counts them as shards of one or of several', async () => {
  const [several, one] = [await openSession('tfjs:cpu', replicated), await openSession('tfjs:cpu', single)];
  for (const step of [0, 2, 5]) {
    const feeds = await fed(several, step);
    expect(feeds).toEqual(await fed(one, step));
    expect(Object.keys(feeds[0]!)).toEqual(expect.arrayContaining(['x/0', 'labels/0', 'start/0', 'cleanMask/0/input']));
  }
});

test('together the replicas read each example of the epoch once, in its order', async () => {
  const session = await openSession('tfjs:cpu', replicated);
  const { train } = await dataOf(10);
  const { stepsPerEpoch } = session.timeline;
  expect(stepsPerEpoch).toBe(3); // of 125 examples, 36 at a time
  const order = batchOrder({ seed: replicated.seed, epoch: 1, size: train.size });
  const expected = new Float32Array(108 * 49);
  readBatch(train, order, 0, 108, expected, new Int32Array(108), 0);
  const read = [];
  for (let step = stepsPerEpoch; step < 2 * stepsPerEpoch; step++) {
    for (const { 'x/0': x } of await fed(session, step)) read.push(...(x as Float32Array));
  }
  expect(Float32Array.from(read)).toEqual(expected);
});

test('no two replicas draw the same masks or starts', async () => {
  const feeds = await fed(await openSession('tfjs:cpu', replicated), 1);
  for (const input of ['cleanMask/0/input', 'adversarialMask/0/input', 'start/0']) {
    expect(new Set(feeds.map((arrays) => String(arrays[input]))).size).toBe(6);
  }
});
