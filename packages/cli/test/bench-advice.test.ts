import {
  type ExchangeCosts,
  exchangeAdvice,
  exchangeCosts,
  predictStepMs,
  usefulTrainers,
} from '../dist/bench/cluster/advice.js';
import { type Mark, type Measurement, measure, medianOf } from '../dist/bench/cluster/measurement.js';

const nothing: Measurement = {
  ...{ examplesPerSecond: 0, stepMs: 0, bytesPerStep: null, computeMsPerStep: 0, updateMsPerStep: 0 },
  ...{ compute: 0, wire: 0, wait: 0 },
};

/** Of four shards, 25 ms each; a gradient or a set of parameters takes a millisecond. */
const costs: ExchangeCosts = { shards: 4, aloneMs: 100, shardMs: 25, wireMs: 5, updateMs: 3 };

describe('what a run with exchange costs', () => {
  it('is what is left of a step beside the trainer with most shards, and the update', () => {
    const alone = { ...nothing, stepMs: 90 };
    const exchanging = { ...nothing, stepMs: 70, computeMsPerStep: 75, updateMsPerStep: 4 };
    expect(exchangeCosts(alone, exchanging, { shards: 3, trainers: 2 })).toEqual({
      ...{ shards: 3, aloneMs: 90, shardMs: 25, wireMs: 16, updateMs: 4 },
    });
  });

  it('is the measured step again where it is predicted for the same trainers', () => {
    const exchanging = { ...nothing, stepMs: 70, computeMsPerStep: 75, updateMsPerStep: 4 };
    const found = exchangeCosts({ ...nothing, stepMs: 90 }, exchanging, { shards: 3, trainers: 2 });
    expect(predictStepMs(found, 1, 3)).toBe(90);
    expect(predictStepMs(found, 2, 3)).toBe(70);
  });

  it('waits for the trainer with most shards', () => {
    expect([1, 2, 3, 4, 5].map((trainers) => predictStepMs(costs, trainers, 4))).toEqual([100, 58, 58, 33, 33]);
  });

  it('sends the gradients of each shard, and the parameters once', () => {
    expect(predictStepMs(costs, 10, 10)).toBe(10 + 11 + 3);
  });
});

describe('advice', () => {
  it('counts trainers that save a twentieth of a step, past those that save nothing', () => {
    expect(usefulTrainers(costs).asItIs).toBe(4);
    // 100/N + (N + 1) + 3 ms: 26.7 for 6, 25.3 for 7, 24.5 for 8.
    expect(usefulTrainers(costs).withMoreShards).toBe(7);
  });

  it('says that the shards are what limits a run', () => {
    expect(exchangeAdvice(costs)).toBe(
      'this run gains from at most 4 trainers, one a shard, and with more shards from at most 7; for more, set localSteps',
    );
  });

  it('says that the exchange is what limits a run', () => {
    const slow = { ...costs, wireMs: 50 };
    // 4 trainers: 25 + 50 + 3, after 2: 50 + 50 + 3, which is more than one needs.
    expect(exchangeAdvice(slow)).toBe('this run gains from at most 4 trainers; for more, set localSteps');
    const slower = { ...costs, wireMs: 80 };
    expect(exchangeAdvice(slower)).toBe(
      'this run gains from at most 1 trainer, since exchanging a step takes as long as computing it; for more, set localSteps',
    );
  });

  it('counts twenty where nothing but computing costs: each saves an equal share, the twentieth a twentieth', () => {
    const free = { ...costs, wireMs: 0, updateMs: 0 };
    expect(usefulTrainers(free).withMoreShards).toBe(20);
  });
});

describe('a measurement', () => {
  const first: Mark = { at: 1_000, step: 10, bytes: 500, computeMs: 100, wireMs: 10, updateMs: 5 };
  const last: Mark = { at: 3_000, step: 30, bytes: 2_500, computeMs: 3_100, wireMs: 210, updateMs: 45 };

  it('is what lies between two marks, of all workers', () => {
    expect(measure(first, last, { numWorkers: 2, examplesPerStep: 50 })).toEqual({
      ...{ examplesPerSecond: 500, stepMs: 100, bytesPerStep: 100, computeMsPerStep: 150, updateMsPerStep: 2 },
      ...{ compute: 0.75, wire: 0.05, wait: expect.closeTo(0.2) },
    });
  });

  it('counts as wire no more than is left beside computing: the rest travels meanwhile', () => {
    const overlapping = measure(first, { ...last, wireMs: 3_000 }, { numWorkers: 2, examplesPerStep: 50 });
    expect(overlapping).toMatchObject({ compute: 0.75, wire: 0.25, wait: 0 });
  });

  it('has no bytes where there is no wire', () => {
    const unwired = measure(
      { ...first, bytes: null },
      { ...last, bytes: null },
      { numWorkers: 2, examplesPerStep: 50 },
    );
    expect(unwired.bytesPerStep).toBeNull();
  });

  it('of several is the one in the middle, whole', () => {
    const [slow, middle, fast] = [1, 2, 3].map((examplesPerSecond) => ({ ...nothing, examplesPerSecond }));
    expect(medianOf([fast!, slow!, middle!])).toBe(middle);
  });
});
