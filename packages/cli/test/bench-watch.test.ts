import { estimate } from '../dist/bench/watch/estimate.js';
import { findingsOf } from '../dist/bench/watch/findings.js';
import { verdictOn } from '../dist/bench/watch/show-findings.js';
import { type Pair, type Turn, takeTurns } from '../dist/bench/watch/turns.js';
import { Workplace } from './command.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

interface Estimated {
  readonly median: number;
  readonly interval: readonly [number, number];
}

interface Figures {
  readonly goal: number;
  readonly numProcesses: number;
  readonly numPairs: number;
  readonly speed: Estimated;
  readonly cpu: Estimated;
  readonly cpuOfAll: Estimated;
  readonly busyCores: readonly number[];
  readonly restingCores: readonly number[];
  readonly seen: { readonly scrapes: number; readonly messages: number };
}

describe('bench watch', () => {
  it('measures training that is watched beside training that is not', async () => {
    const brief = ['--seconds', '1', '--processes', '2', '--every', '.2'];
    const { code, stdout, stderr } = await place.run('bench', 'watch', './tiny.yaml', ...brief, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('examples/s') });
    const { metrics, page } = JSON.parse(stdout) as { metrics: Figures; page: Figures };
    expect([metrics.goal, page.goal]).toEqual([0.98, 0.97]);
    for (const { numProcesses, numPairs, speed, cpu, cpuOfAll, busyCores, restingCores } of [metrics, page]) {
      expect([numProcesses, numPairs]).toEqual([2, 4]);
      for (const { median, interval } of [speed, cpu, cpuOfAll]) {
        expect(interval[0]).toBeGreaterThan(0);
        expect(median).toBeGreaterThanOrEqual(interval[0]);
        expect(median).toBeLessThanOrEqual(interval[1]);
      }
      // Those who looked took something too.
      expect(cpuOfAll.median).toBeGreaterThan(cpu.median);
      for (const [i, busy] of busyCores.entries()) expect(restingCores[i]).toBeLessThan(busy);
    }
    // They did look.
    expect(metrics.seen).toEqual({ scrapes: expect.any(Number), messages: 0 });
    expect(metrics.seen.scrapes).toBeGreaterThan(1);
    expect(page.seen.messages).toBeGreaterThan(5);
  });

  it('says where a median lies with 95 %, by the order of what was measured', () => {
    const upTo = (n: number) => Array.from({ length: n }, (_, i) => ((7 * i) % n) + 1);
    // The ranks that tables of the sign test give.
    expect(estimate([1.5, 1, 3, 2, 5, 4])).toEqual({ median: 2.5, interval: [1, 5] });
    expect(estimate(upTo(9))).toEqual({ median: 5, interval: [2, 8] });
    expect(estimate(upTo(20))).toEqual({ median: 10.5, interval: [6, 15] });
    expect(estimate(upTo(100))).toEqual({ median: 50.5, interval: [40, 61] });
    expect(estimate(upTo(3_601)).interval).toEqual([1_742, 1_860]);
  });

  it('holds a median in 95 of 100 such intervals or more', () => {
    // A linear congruential generator (Numerical Recipes): the same numbers in each run.
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    let held = 0;
    for (let i = 0; i < 2_000; i++) {
      const [low, high] = estimate(Array.from({ length: 25 }, () => random() ** 3)).interval;
      if (low <= 0.125 && 0.125 <= high) held++;
    }
    expect(held).toBeGreaterThan(0.95 * 2_000);
    expect(held).toBeLessThan(0.975 * 2_000);
  });

  it('takes a goal for reached only where the whole interval reaches it', () => {
    expect(verdictOn({ median: 0.99, interval: [0.98, 1] }, 0.98)).toBe('reached');
    expect(verdictOn({ median: 0.99, interval: [0.97, 1] }, 0.98)).toBe('open');
    expect(verdictOn({ median: 0.96, interval: [0.95, 0.97] }, 0.98)).toBe('missed');
  });

  it('compares turns by what an example takes, and counts those who look apart', () => {
    const rest = { ms: 2_000, cpuMs: 4 };
    const plain: Turn = { examples: 1_000, ms: 1_000, cpuMs: 1_800, rest, onlookers: { ms: 0, cpuMs: 0 } };
    const watched: Turn = { examples: 1_980, ms: 2_000, cpuMs: 3_600, rest, onlookers: { ms: 2_500, cpuMs: 45 } };
    const { speed, cpu, cpuOfAll, cpuMicros, restingCores } = findingsOf([[[plain, watched]]]);
    expect(speed.median).toBeCloseTo(0.99);
    expect(cpu.median).toBeCloseTo(1 / 0.99);
    expect(cpuOfAll.median).toBeCloseTo(1.01 / 0.99);
    expect(cpuMicros[0]).toBeCloseTo(1_800);
    expect(restingCores).toEqual([0.002, 0.002]);
  });

  it('gives every two processes one say, however their turns went', () => {
    const spent = { ms: 1_000, cpuMs: 1_000 };
    const turn = (examples: number): Turn => ({ examples, ...spent, rest: spent, onlookers: spent });
    const round = (watched: number): Pair[] => [1, watched, watched].map((each) => [turn(1), turn(each)]);
    const { speed, numProcesses, numPairs } = findingsOf([2, 3, 4, 5, 6, 7].map(round));
    expect({ numProcesses, numPairs }).toEqual({ numProcesses: 6, numPairs: 18 });
    expect(speed).toEqual({ median: 4.5, interval: [2, 7] });
  });

  it('has each of two be first in every other pair', async () => {
    const order: string[] = [];
    const turn = (who: string) => async () => {
      order.push(who);
      const spent = { ms: 1, cpuMs: 1 };
      return { examples: who === 'plain' ? 1 : 2, ...spent, rest: spent, onlookers: spent };
    };
    const pairs = await takeTurns([turn('plain'), turn('watched')], 6, () => {});
    expect(pairs.map((pair) => pair.map(({ examples }) => examples))).toEqual(Array(6).fill([1, 2]));
    const firsts = order.slice(-12).filter((_, i) => i % 2 === 0);
    expect(firsts).toEqual(['plain', 'watched', 'plain', 'watched', 'plain', 'watched']);
  });
});
