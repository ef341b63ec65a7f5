import type { RunState } from '@sparring/sweep';
import { SlotBoard } from '../dist/sweep/slot-board.js';

const state = (status: RunState['status']) => ({ status, run: { seed: 0 } }) as RunState;

test('slots tell what they are at, and when the rest will be done', () => {
  let left = 4;
  const board = new SlotBoard(2, () => left);
  const [first, second] = [state('claimed'), state('claimed')];
  board.begun(0, first);
  board.begun(1, second);
  expect(board.pace()).toEqual({ slots: 2, busySlots: 2, etaSeconds: null });
  board.progress(0, first, 5, 10);
  expect(board.slots.map((at) => at?.part)).toEqual([0.5, 0]);
  expect([board.isRunning(first), board.isRunning(state('claimed'))]).toEqual([true, false]);
  first.status = 'done';
  left = 3;
  board.ended(0, first);
  // One that failed does not say how long runs take.
  second.status = 'failed';
  left = 2;
  board.ended(1, second);
  const { busySlots, etaSeconds } = board.pace();
  expect(busySlots).toBe(0);
  expect(etaSeconds).toBeGreaterThan(0);
  left = 0;
  expect(board.pace().etaSeconds).toBeNull();
});
