import { LiveNet } from '../dist/live/live-net.js';
import { collapseWords } from '../dist/view/collapses.js';
import type { ProbeView } from '../dist/view/run-view.js';

function probe(step: number, action: ProbeView['action'] = 'none'): ProbeView {
  const collapsed = action !== 'none';
  return { step, errors: { clean: 0.1, fgsm: 0.2, pgd: 0.9 }, gradientCosine: 0.1, collapsed, action };
}

describe('what probes have found', () => {
  it('is nothing to speak of where no net has collapsed', () => {
    expect(collapseWords([])).toBeNull();
    expect(collapseWords([probe(50), probe(100)])).toBeNull();
  });

  it('is said with what came of it', () => {
    expect(collapseWords([probe(50), probe(1_100, 'rollback')])).toBe(
      'Robustness collapsed at step 1,100. Training went back to the last good probe, at half the learning rate.',
    );
    expect(collapseWords([probe(50, 'warn'), probe(100, 'warn')])).toBe(
      'Robustness collapsed 2 times, last at step 100. Training goes on: only a warning is configured.',
    );
    expect(collapseWords([probe(50, 'rollback'), probe(100, 'rollback'), probe(150, 'stop')])).toBe(
      'Robustness collapsed 3 times, last at step 150. Each time training went back to the last good probe, at half the learning rate. Then it stopped, with the parameters of the last good probe.',
    );
  });

  it('is there once, where it was measured again after a takeover', () => {
    const net = new LiveNet('net', 4);
    net.restore([], [probe(4), probe(8), probe(12)]);
    const before = net.generation;
    net.probe(probe(8));
    expect(net.probes.map(({ step }) => step)).toEqual([4, 8]);
    expect(net.generation).toBeGreaterThan(before);
    net.probe(probe(12));
    expect(net.probes.map(({ step }) => step)).toEqual([4, 8, 12]);
  });
});
