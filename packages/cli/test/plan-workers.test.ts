import { resolveConfig } from '@sparring/runtime';
import { limitedTo, planMeasurement, planWorkers } from '../dist/host/plan-workers.js';

const config = (...set: string[]) => resolveConfig({ recipeOrFile: 'demo', set }).config;
const open = ['trainers=null', 'attackers=null'];
const pgd = [...open, 'attack={ kind: pgd, epsilon: .25, iterations: 6 }', 'shards=4', 'batch=100'];

describe('planned workers', () => {
  it('are trainers, one a shard, that make the attacks of their own shards', () => {
    const plan = planWorkers(config(...pgd), 4, 'onnx:cpu');
    expect(plan).toMatchObject({ trainers: 4, attackers: 0, reason: expect.stringContaining('its own shards') });
  });

  it('divide the cores by the cost of the attack where it is to be split off', () => {
    const plan = planWorkers(config(...pgd, 'attack.placement=split'), 4, 'onnx:cpu');
    expect(plan).toMatchObject({ trainers: 1, attackers: 3, reason: expect.stringContaining('3 of 4 cores attack') });
    expect(planWorkers(config(...pgd, 'attack.placement=split'), 1, 'onnx:cpu')).toMatchObject({
      trainers: 1,
      attackers: 0,
    });
  });

  it('are attackers on the cores that no shard is left for, where attacks may run ahead', () => {
    const ahead = planWorkers(config(...pgd, 'staleness=1'), 6, 'onnx:cpu');
    expect(ahead).toMatchObject({ trainers: 4, attackers: 2, reason: expect.stringContaining('make them ahead') });
    expect(planWorkers(config(...pgd), 6, 'onnx:cpu')).toMatchObject({ trainers: 4, attackers: 0 });
  });

  it('are attackers on the cores left where trainers are configured and the attack is expensive', () => {
    const dear = config(...pgd, 'attack.iterations=20', 'trainers=1');
    expect(planWorkers(dear, 4, 'onnx:cpu')).toMatchObject({ trainers: 1, attackers: 3 });
    expect(planWorkers(config(...pgd, 'trainers=1'), 4, 'onnx:cpu')).toMatchObject({ trainers: 1, attackers: 0 });
  });

  it('are trainers, one a replica, that attack for themselves', () => {
    const replicated = config(...pgd, 'attack.iterations=20', 'replicas=3', 'localSteps=8');
    expect(planWorkers(replicated, 2, 'onnx:cpu')).toMatchObject({ trainers: 2, attackers: 0 });
    expect(planWorkers(replicated, 8, 'onnx:cpu')).toEqual({
      ...{ trainers: 3, attackers: 0 },
      reason: 'each advances a replica on its own; 3 replicas feed 3 trainers',
    });
    expect(planWorkers({ ...replicated, trainers: 1 }, 8, 'onnx:cpu')).toMatchObject({ trainers: 1, attackers: 0 });
    expect(planWorkers({ ...replicated, attackers: 1 }, 8, 'onnx:cpu')).toMatchObject({ trainers: 3, attackers: 1 });
    const split = config(...pgd, 'attack.placement=split', 'replicas=2', 'localSteps=8');
    expect(planWorkers(split, 8, 'onnx:cpu')).toMatchObject({ trainers: 2, attackers: 0 });
  });

  it('are trainers alone where the attack is to be fused', () => {
    const plan = planWorkers(config(...pgd, 'attack.placement=fused'), 4, 'onnx:cpu');
    expect(plan).toMatchObject({ trainers: 4, attackers: 0, reason: expect.stringContaining('as configured') });
  });

  it('are as configured where both numbers are', () => {
    const both = config('trainers=3', 'attackers=2');
    for (const engine of ['onnx:cpu', 'onnx:cuda'] as const) {
      expect(planWorkers(both, 2, engine)).toEqual({ trainers: 3, attackers: 2, reason: 'as configured' });
    }
  });

  it.each(['onnx:cuda', 'onnx:webgpu'] as const)('are one trainer on %s, unless configured', (engine) => {
    expect(planWorkers(config(...pgd), 16, engine)).toMatchObject({ trainers: 1, attackers: 0 });
    expect(planWorkers(config(...pgd, 'trainers=2'), 16, engine)).toMatchObject({ trainers: 2, attackers: 0 });
  });

  it('are one trainer where the engine loads in one thread only, whatever is asked for', () => {
    const one = { trainers: 1, attackers: 0, reason: expect.stringContaining('one thread of a process only') };
    expect(planWorkers(config('trainers=3', 'attackers=2'), 16, 'tfjs:tensorflow')).toEqual(one);
    expect(limitedTo('tfjs:tensorflow', { trainers: 2, attackers: 1, reason: 'as asked for' })).toEqual(one);
    expect(planMeasurement('tfjs:tensorflow', 16, 60)).toEqual(one);
  });
});

describe('workers that measure', () => {
  it('are no more than there are cores or probes', () => {
    expect(planMeasurement('onnx:cpu', 4, 60).trainers).toBe(4);
    expect(planMeasurement('onnx:cpu', 128, 3).trainers).toBe(3);
    expect(planMeasurement('onnx:cuda', 128, 60).trainers).toBe(1);
  });
});
