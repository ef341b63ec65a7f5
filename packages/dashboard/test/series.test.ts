import { Looks } from '../dist/live/looks.js';
import { Series } from '../dist/live/series.js';
import { activities } from '../dist/view/run-view.js';

describe('the points of a training', () => {
  it('stay within bounds, from the first step to the last', () => {
    const series = new Series(100);
    for (let step = 1; step <= 10_000; step++) series.add({ step, loss: 1 / step, examplesPerSecond: 1_000 });
    expect(series.points.length).toBeGreaterThanOrEqual(50);
    expect(series.points.length).toBeLessThanOrEqual(100);
    expect(series.points[0]!.step).toBeLessThan(300);
    expect(series.points.at(-1)!.step).toBeGreaterThan(9_700);
    expect(series.points.every(({ examplesPerSecond }) => examplesPerSecond === 1_000)).toBe(true);
  });

  it('say when what was there before has changed', () => {
    const series = new Series(4);
    for (const step of [1, 2, 3]) series.add({ step, loss: 1, examplesPerSecond: 1 });
    expect(series.generation).toBe(0);
    series.add({ step: 4, loss: 1, examplesPerSecond: 1 });
    expect(series.generation).toBe(1);
    series.truncate(2);
    expect([series.generation, series.points.map(({ step }) => step)]).toEqual([2, [2]]);
  });
});

describe('the lanes', () => {
  const trainer = { workerId: 'trainer-1', role: 'trainer', place: '' } as const;

  it('say what a worker does, and what it did', () => {
    const looks = new Looks();
    looks.take([{ ...trainer, task: { kind: 'pass', part: 'clean', step: 4, shard: 0 } }]);
    looks.take([{ ...trainer, task: null }]);
    const [lane] = looks.lanes();
    expect(lane).toMatchObject({ doing: '', lately: [activities.indexOf('clean pass'), 0], isPresent: true });
    expect(looks.lanes(1)[0]!.lately).toEqual([0]);
    expect(looks.lanes(0)[0]!.lately).toEqual([]);
  });

  it('forget a worker a minute after it has left', () => {
    const looks = new Looks();
    looks.take([{ ...trainer, task: { kind: 'advance', step: 0, numSteps: 8, replica: 0 } }]);
    looks.take([]);
    expect(looks.lanes()[0]!.isPresent).toBe(false);
    for (let look = 0; look < 301; look++) looks.take([]);
    expect(looks.lanes()).toEqual([]);
  });
});
