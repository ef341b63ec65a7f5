import { Liveness } from '../dist/members/liveness.js';

test('a worker that was silent for longer than it may is dead, once', () => {
  const liveness = new Liveness(2_000);
  liveness.heard('trainer-1', 100);
  liveness.heard('trainer-2', 1_000);
  expect(liveness.takeSilent(2_100)).toEqual([]);
  expect(liveness.takeSilent(2_101)).toEqual(['trainer-1']);
  expect(liveness.takeSilent(2_101)).toEqual([]);
  expect(liveness.takeSilent(9_000)).toEqual(['trainer-2']);
});

test('a worker that is heard again lives on', () => {
  const liveness = new Liveness(2_000);
  liveness.heard('trainer-1', 0);
  liveness.heard('trainer-1', 1_900);
  expect(liveness.takeSilent(3_900)).toEqual([]);
  expect(liveness.takeSilent(3_901)).toEqual(['trainer-1']);
});

test('one that has left is not missed', () => {
  const liveness = new Liveness(2_000);
  liveness.heard('trainer-1', 0);
  liveness.forget('trainer-1');
  expect(liveness.takeSilent(9_000)).toEqual([]);
});

test('a silence in which nobody could be heard is held against nobody', () => {
  const liveness = new Liveness(2_000);
  liveness.heard('trainer-1', 0);
  liveness.heard('trainer-2', 1_000);
  liveness.excuse(5_000);
  expect(liveness.takeSilent(7_000)).toEqual([]);
  expect(liveness.takeSilent(7_001)).toEqual(['trainer-1', 'trainer-2']);
});
