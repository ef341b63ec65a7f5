import { afterEpoch, type EarlyStopState, noBestYet, shouldStop } from '../dist/training/early-stop.js';

const after = (...errors: number[]): EarlyStopState =>
  errors.reduce((state, error, epoch) => afterEpoch(state, (epoch + 1) * 10, error), noBestYet);

test('the first measurement is the best so far', () => {
  expect(after(0.9)).toEqual({ bestError: 0.9, bestStep: 10, epochsWithoutBetter: 0 });
});

test('an equal error is not a better one', () => {
  expect(after(0.5, 0.5, 0.5)).toEqual({ bestError: 0.5, bestStep: 10, epochsWithoutBetter: 2 });
});

test('a better error begins the count anew', () => {
  expect(after(0.5, 0.6, 0.7, 0.4)).toEqual({ bestError: 0.4, bestStep: 40, epochsWithoutBetter: 0 });
});

test('training stops once the patience is used up, not before', () => {
  expect(shouldStop(after(0.5, 0.6), 2)).toBe(false);
  expect(shouldStop(after(0.5, 0.6, 0.6), 2)).toBe(true);
  expect(shouldStop(noBestYet, 1)).toBe(false);
});

test('an error of 0 counts as one', () => {
  expect(after(0, 0)).toEqual({ bestError: 0, bestStep: 10, epochsWithoutBetter: 1 });
});
