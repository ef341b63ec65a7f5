import type { Contestant } from './contestant.js';
import { type Measurement, medianOf } from './measurement.js';

/** Odd, so that there is one in the middle. */
const numTurns = 3;

/**
 * Measures contestants in turns, each for so many seconds in all, so that whatever else the machine does meets them alike. The median
 * turn of each, in the order given.
 */
export async function takeTurns(
  contestants: readonly Pick<Contestant, 'turn'>[],
  seconds: number,
  onTurn: (turn: number, numTurns: number) => void,
): Promise<Measurement[]> {
  for (const contestant of contestants) await contestant.turn(0);
  const measurements = contestants.map((): Measurement[] => []);
  for (let turn = 1; turn <= numTurns; turn++) {
    onTurn(turn, numTurns);
    for (const [i, contestant] of contestants.entries()) {
      measurements[i]!.push(await contestant.turn((seconds * 1_000) / numTurns));
    }
  }
  return measurements.map(medianOf);
}
