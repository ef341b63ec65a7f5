import { quantile } from '../dist/bench/watch/pair.js';
import { Workplace } from './command.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

interface Figures {
  readonly ratio: number;
  readonly goal: number;
  readonly seen: { readonly scrapes: number; readonly messages: number };
}

describe('bench watch', () => {
  it('measures training that is watched beside training that is not', async () => {
    const { code, stdout, stderr } = await place.run('bench', 'watch', './tiny.yaml', '--seconds', '1', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('examples/s') });
    const { metrics, page } = JSON.parse(stdout) as { metrics: Figures; page: Figures };
    for (const { ratio } of [metrics, page]) expect(ratio).toBeGreaterThan(0);
    expect([metrics.goal, page.goal]).toEqual([0.98, 0.97]);
    // They did look.
    expect(metrics.seen).toEqual({ scrapes: expect.any(Number), messages: 0 });
    expect(metrics.seen.scrapes).toBeGreaterThan(0);
    expect(page.seen.messages).toBeGreaterThan(5);
  });

  it('tells what half of the pairs lie between', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile([5, 1, 3, 2, 4], share))).toEqual([1, 2, 3, 4, 5]);
    expect(quantile([1, 2], 0.25)).toBe(1.25);
  });
});
