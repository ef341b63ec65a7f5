import type { Task } from '@sparring/protocol';
import { LeaseDurations } from '../dist/work/lease-durations.js';

const advance = (numSteps: number): Task => ({ kind: 'advance', step: 0, numSteps, replica: 0 });
const pass: Task = { kind: 'pass', part: 'clean', step: 0, shard: 0 };
const worker = 'trainer-1';

test('the first lease of a kind on a worker lasts half a minute at least, compilation included, and later ones five seconds', () => {
  const durations = new LeaseDurations();
  expect(durations.of(pass, worker)).toBe(30_000);
  expect(durations.of({ ...pass, shard: 1 }, worker)).toBe(5_000);
  expect(durations.of({ ...pass, part: 'adversarial' }, worker)).toBe(30_000);
  expect(durations.of(pass, 'trainer-2')).toBe(30_000);
  durations.forget(worker);
  expect(durations.of(pass, worker)).toBe(30_000);
});

test('a lease lasts twenty times what the longest task of its kind took on any worker, where that is more', () => {
  const durations = new LeaseDurations(10);
  durations.observe(pass, 30);
  durations.observe(pass, 7);
  expect(durations.of(pass, worker)).toBe(600);
  expect(durations.of({ ...pass, shard: 3, step: 9 }, worker)).toBe(600);
  expect(durations.of(pass, 'trainer-2')).toBe(600);
  expect(durations.of({ ...pass, part: 'adversarial' }, worker)).toBe(10);
  const usual = new LeaseDurations();
  usual.observe(pass, 400);
  expect([usual.of(pass, worker), usual.of(pass, worker)]).toEqual([30_000, 8_000]);
});

test('a lease lasts four times what one was held with its transfers, where that is more', () => {
  const durations = new LeaseDurations(10);
  durations.observe(pass, 30, 1_000);
  expect(durations.of(pass, worker)).toBe(4_000);
  durations.observe(pass, 300, 900);
  expect(durations.of(pass, worker)).toBe(6_000);
  durations.observe(advance(8), 80, 8_000);
  expect(durations.of(advance(1), worker)).toBe(4_000);
});

test('a lease that was too short is followed by one that is twice as long', () => {
  const durations = new LeaseDurations();
  durations.outlasted(pass, 30_000);
  expect(durations.of(pass, worker)).toBe(60_000);
  durations.outlasted(pass, 60_000);
  expect(durations.of(pass, worker)).toBe(120_000);
});

test('a span of many steps is given as many times the time of one', () => {
  const durations = new LeaseDurations(10);
  durations.observe(advance(8), 80);
  expect(durations.of(advance(1), worker)).toBe(200);
  expect(durations.of(advance(100), worker)).toBe(20_000);
});

test('a first round of many steps, of which nothing is known yet, is given as many times longer than a span of eight', () => {
  const durations = new LeaseDurations();
  expect(durations.of(advance(8), worker)).toBe(30_000);
  expect(durations.of(advance(64), 'trainer-2')).toBe(240_000);
  durations.observe(advance(64), 640);
  expect(durations.of(advance(64), 'trainer-2')).toBe(12_800);
});

test('probes under another attack are another kind of task', () => {
  const durations = new LeaseDurations(10);
  const probe = (attack: string): Task => ({
    kind: 'probe',
    split: 'test',
    attack,
    from: 0,
    to: 500,
    parametersStep: 9,
  });
  durations.observe(probe('{"kind":"pgd"}'), 1_000);
  expect(durations.of(probe('{"kind":"pgd"}'), worker)).toBe(20_000);
  expect(durations.of(probe('clean'), worker)).toBe(10);
});
